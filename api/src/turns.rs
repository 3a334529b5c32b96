//! Heavy work off the async threads, only so much of it at a time.

use crate::http::{ApiError, ApiResult};
use contract::problem::Code;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

/// How long a request waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many may work at once.
pub struct Turns {
    permits: Semaphore,
    patience: Duration,
}

impl Turns {
    /// So many at once, in this process.
    #[must_use]
    pub const fn new(at_once: usize) -> Self {
        Self { permits: Semaphore::const_new(at_once), patience: PATIENCE }
    }

    /// Does the work when it is its turn; an error inside where the work panics.
    ///
    /// # Errors
    /// `unavailable` where too many wait already.
    pub async fn run<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> ApiResult<Result<T, JoinError>> {
        let turn = tokio::time::timeout(self.patience, self.permits.acquire()).await;
        let Ok(Ok(permit)) = turn else { return Err(ApiError::new(Code::Unavailable).retry_after(5)) };
        Ok(spawn_blocking(move || {
            // Held by the work itself: a caller that goes away does not make room for more of it.
            let _permit = permit;
            work()
        })
        .await)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn who_hangs_up_keeps_the_turn_until_the_work_is_done() {
        static TURNS: Turns = Turns::new(1);
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (end, ends) = mpsc::channel::<()>();
        let caller = tokio::spawn(TURNS.run(move || {
            begun.send(()).unwrap();
            ends.recv().unwrap();
        }));
        has_begun.await.unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        assert_eq!(TURNS.permits.available_permits(), 0, "the work goes on, and nobody else's begins");
        end.send(()).unwrap();
        assert_eq!(TURNS.run(|| 7).await.unwrap().unwrap(), 7);
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_to_come_back() {
        static TURNS: Turns = Turns { patience: Duration::ZERO, ..Turns::new(1) };
        let _taken = TURNS.permits.acquire().await.unwrap();
        let refused = TURNS.run(|| ()).await.err().unwrap();
        assert_eq!(refused.code(), Code::Unavailable);
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_turn_back() {
        static TURNS: Turns = Turns::new(1);
        assert!(TURNS.run(|| panic!("on purpose")).await.unwrap().is_err());
        assert!(TURNS.run(|| ()).await.unwrap().is_ok());
    }
}
