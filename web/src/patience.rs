//! What could not be had is asked for again after a while.

use crate::browser::{is_hidden, sleep};

/// How long at first, in milliseconds; twice as long each time, so many times.
const FIRST: u32 = 3_000;
const TIMES: u32 = 4;

/// How often it was asked for in vain.
#[derive(Default)]
pub struct Patience(u32);

impl Patience {
    /// Waits until it may be asked for again, and somebody looks.
    pub async fn wait(&mut self) {
        let pause = FIRST << self.0.min(TIMES);
        self.0 += 1;
        sleep(spread(pause)).await;
        while is_hidden() {
            sleep(FIRST).await;
        }
    }
}

/// Somewhere between half of it and all, so that tabs which lost a server together do not come back together.
pub fn spread(pause: u32) -> u32 {
    pause / 2 + (f64::from(pause / 2) * js_sys::Math::random()) as u32
}
