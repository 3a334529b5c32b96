//! Hints between processes, by `LISTEN` and `NOTIFY`.
//!
//! A transaction that notifies takes a lock on the whole database while it commits. So no transaction of ours does:
//! a task of each process sends one hint for all that was committed in the meantime.

use super::store;
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::sleep;

/// How long to leave a database alone that does not answer.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends a hint soon after something was committed here, at most one in each `gap`.
pub(super) async fn send(db: &PgPool, committed: &Notify, gap: Duration) {
    loop {
        committed.notified().await;
        let sent = async { store::hint(&mut *db.acquire().await?).await };
        if let Err(error) = sent.await {
            // Whoever listens looks by itself every second.
            tracing::warn!(%error, "a hint cannot be sent");
            sleep(PAUSE).await;
        }
        sleep(gap).await;
    }
}

/// Hears hints while somebody here is interested, on one connection for all.
pub(super) async fn hear(db: &PgPool, mut wanted: watch::Receiver<bool>, heard: &Notify) {
    loop {
        turns(&mut wanted, true).await;
        tokio::select! {
            () = turns(&mut wanted, false) => {}
            Err(error) = listen(db, heard) => {
                tracing::warn!(%error, "hints cannot be heard; open pages learn of changes by asking every second");
                sleep(PAUSE).await;
            }
        }
    }
}

/// Waits until a flag has a value.
pub(super) async fn turns(flag: &mut watch::Receiver<bool>, value: bool) {
    // Whoever sets the flag outlives all who wait for it.
    let _ = flag.wait_for(|now| *now == value).await.map(drop);
}

async fn listen(db: &PgPool, heard: &Notify) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(db).await?;
    listener.listen("changes").await?;
    loop {
        listener.recv().await?;
        heard.notify_one();
    }
}
