//! Callers who leave in the middle.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Goes on with something until it has waited so many times, and leaves it at the next wait, as a client who hangs up does,
/// or a process that dies. What it came to where it ended before.
pub async fn leave_after<T>(waits: usize, something: impl Future<Output = T>) -> Option<T> {
    let mut something = pin!(something);
    let mut waited = 0;
    poll_fn(|cx| match something.as_mut().poll(cx) {
        Poll::Ready(end) => Poll::Ready(Some(end)),
        Poll::Pending if waited == waits => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}
