//! Waiting that can be cut short.

use crate::browser::sleep;
use futures::channel::oneshot;
use futures::future::{Either, select};
use std::cell::RefCell;

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
