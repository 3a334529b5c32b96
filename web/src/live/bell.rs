//! Waiting that can be cut short.

use futures::channel::oneshot;
use futures::future::{Either, select};
use std::cell::RefCell;
use wasm_bindgen_futures::JsFuture;

/// Wakes whoever waits for it. A ring while nobody waits is kept.
#[derive(Default)]
pub(super) struct Bell(RefCell<State>);

#[derive(Default)]
enum State {
    #[default]
    Quiet,
    Rung,
    Waited(oneshot::Sender<()>),
}

impl Bell {
    /// Wakes the one who waits, or the next who does.
    pub fn ring(&self) {
        if let State::Waited(sender) = self.0.replace(State::Rung)
            && sender.send(()).is_ok()
        {
            self.0.replace(State::Quiet);
        }
    }

    /// Waits for a ring.
    pub async fn wait(&self) {
        if let State::Rung = self.0.replace(State::Quiet) {
            return;
        }
        let (sender, receiver) = oneshot::channel();
        self.0.replace(State::Waited(sender));
        // It is only dropped with its bell.
        let _ = receiver.await;
    }

    /// Waits for a ring, or until the time is over: whether it rang.
    pub async fn wait_for(&self, milliseconds: u32) -> bool {
        let rung = std::pin::pin!(self.wait());
        matches!(select(rung, std::pin::pin!(sleep(milliseconds))).await, Either::Left(_))
    }
}

/// Waits.
pub(super) async fn sleep(milliseconds: u32) {
    let over = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            // Without a timer there is no time to wait for.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(over).await;
}
