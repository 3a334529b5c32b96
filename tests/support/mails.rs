//! Due jobs, run to their end, and the mails they send.

use super::TestServer;
use api::jobs::{self, JobContext};
use integrations::mail::{Mail, Mailer, Sending};
use std::sync::{Arc, Mutex};

/// Keeps mails instead of sending them.
#[derive(Default)]
struct Kept(Mutex<Vec<Mail>>);

impl Mailer for Kept {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        self.0.lock().unwrap().push(mail.clone());
        Box::pin(async { Ok(()) })
    }
}

impl TestServer {
    /// Runs every due job and returns the mails that were sent.
    pub async fn deliver(&self) -> Vec<Mail> {
        let kept = Arc::new(Kept::default());
        jobs::run_due(&JobContext { app: self.app.clone(), mailer: kept.clone() }).await.unwrap();
        std::mem::take(&mut *kept.0.lock().unwrap())
    }
}
