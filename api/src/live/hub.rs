//! The hub: one reader of changes in each process, and everybody here who wants to know.

use super::limits::Open;
use super::position::Position;
use super::{hints, store};
use contract::live::Change;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, broadcast, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout};
use uuid::Uuid;

/// How many messages a slow stream may be behind before it is told to read everything again.
const BACKLOG: usize = 32;
/// How long a new stream waits for the hub.
const PATIENCE: Duration = Duration::from_secs(5);
/// One to read, one to hint, one to hear hints.
const CONNECTIONS: u32 = 3;

/// The rhythm of the hub.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How often it looks for changes while nobody hints: how late a change is noticed whose hint was lost.
    pub poll: Duration,
    /// The least time between two hints, and between two looks.
    pub gap: Duration,
    /// How often streams show that they are alive, and look whether they may go on.
    pub beat: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { poll: Duration::from_secs(1), gap: Duration::from_millis(100), beat: Duration::from_secs(15) }
    }
}

/// What the streams of a provider are told.
#[derive(Clone)]
pub(super) enum Message {
    /// These changed.
    Changed { position: Arc<str>, changes: Arc<[Change]> },
    /// Nothing new up to here.
    Beat { position: Arc<str> },
}

/// The live updates of this process. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Shared>);

struct Shared {
    committed: Notify,
    heard: Notify,
    arrived: Notify,
    rooms: Mutex<HashMap<Uuid, broadcast::Sender<Message>>>,
    /// Whether the hub reads. It does while there is a room.
    reading: watch::Sender<bool>,
    closing: watch::Sender<bool>,
    open: Arc<Open>,
    beat: Duration,
}

impl Live {
    /// Starts the hub on the present runtime. It connects when it is first needed.
    #[must_use]
    pub fn start(database: PgConnectOptions, pace: Pace) -> Self {
        let live = Self(Arc::new(Shared::new(pace.beat)));
        let (shared, db) = (live.0.clone(), crate::db::pool(database, CONNECTIONS));
        tokio::spawn(async move {
            let mut closing = shared.closing.subscribe();
            tokio::select! {
                () = hints::turns(&mut closing, true) => {}
                () = hints::send(&db, &shared.committed, pace.gap) => {}
                () = hints::hear(&db, shared.reading.subscribe(), &shared.heard) => {}
                () = shared.read(&db, pace) => {}
            }
            db.close().await;
        });
        live
    }

    /// Something was committed that others may be waiting for. Costs nothing; the rest happens later, elsewhere.
    pub fn committed(&self) {
        self.0.committed.notify_one();
    }

    /// Ends all streams; new ones end at once.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    /// Turns true when all streams end.
    pub(super) fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    /// How often a stream looks whether it may go on.
    pub(super) fn beat(&self) -> Duration {
        self.0.beat
    }

    /// The count of open streams.
    pub(super) fn open(&self) -> &Arc<Open> {
        &self.0.open
    }

    /// What changes for a provider from now on. `None` where the hub cannot read.
    ///
    /// Whatever is committed after this has returned will be told.
    pub(super) async fn follow(&self, provider_id: Uuid) -> Option<broadcast::Receiver<Message>> {
        let (mut reading, messages) = {
            let mut rooms = self.0.rooms();
            let room = rooms.entry(provider_id).or_insert_with(|| broadcast::Sender::new(BACKLOG));
            (self.0.reading.subscribe(), room.subscribe())
        };
        self.0.arrived.notify_one();
        timeout(PATIENCE, hints::turns(&mut reading, true)).await.ok()?;
        Some(messages)
    }
}

impl Shared {
    fn new(beat: Duration) -> Self {
        Self {
            committed: Notify::new(),
            heard: Notify::new(),
            arrived: Notify::new(),
            rooms: Mutex::default(),
            reading: watch::Sender::new(false),
            closing: watch::Sender::new(false),
            open: Arc::default(),
            beat,
        }
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<Uuid, broadcast::Sender<Message>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads while somebody is here, rests while nobody is.
    async fn read(&self, db: &PgPool, pace: Pace) {
        loop {
            self.arrived.notified().await;
            if self.rest_if_alone() {
                continue;
            }
            match async { store::now(&mut *db.acquire().await?).await }.await {
                Ok(position) => {
                    self.reading.send_replace(true);
                    self.read_from(db, position, pace).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "changes cannot be read");
                    sleep(pace.poll).await;
                    self.arrived.notify_one();
                }
            }
        }
    }

    async fn read_from(&self, db: &PgPool, mut position: Position, pace: Pace) {
        let mut beat = interval(pace.beat);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.tick().await;
        let mut last = Instant::now();
        while !self.rest_if_alone() {
            tokio::select! {
                () = self.heard.notified() => {}
                () = sleep_until(last + pace.poll) => {}
                _ = beat.tick() => {
                    self.beat(&position);
                    continue;
                }
            }
            sleep_until(last + pace.gap).await;
            last = Instant::now();
            match async { store::since(&mut *db.acquire().await?, &position, None).await }.await {
                Ok((reached, changes)) => {
                    self.take(&position, &reached, changes);
                    position = reached;
                }
                // The position stays, so that nothing is lost.
                Err(error) => tracing::warn!(%error, "changes cannot be read"),
            }
        }
    }

    /// Drops rooms that everybody has left. Under the lock of the rooms, so that nobody comes in unnoticed.
    fn rest_if_alone(&self) -> bool {
        let mut rooms = self.rooms();
        rooms.retain(|_, room| room.receiver_count() > 0);
        if rooms.is_empty() {
            self.reading.send_replace(false);
        }
        rooms.is_empty()
    }

    /// Tells what was read since a position. Where the database was set back, or nobody could read for so long that changes
    /// have been swept, nobody knows what was missed: all streams end, and their clients come back with positions of their
    /// own.
    fn take(&self, from: &Position, reached: &Position, changes: Vec<store::Row>) {
        if from.leads_to(reached) {
            self.tell(reached, changes);
        } else {
            tracing::warn!(%from, %reached, "changes may have been lost; all streams begin anew");
            self.rooms().clear();
        }
    }

    fn tell(&self, position: &Position, changes: Vec<store::Row>) {
        let rooms = self.rooms();
        let mut told: HashMap<Uuid, Vec<Change>> = HashMap::new();
        for (provider, change) in changes {
            if rooms.contains_key(&provider) {
                let known = told.entry(provider).or_default();
                if !known.contains(&change) {
                    known.push(change);
                }
            }
        }
        let position: Arc<str> = position.to_string().into();
        for (provider, changes) in told {
            if let Some(room) = rooms.get(&provider) {
                // Nobody there any more: the room goes with the next look.
                let _ = room.send(Message::Changed { position: position.clone(), changes: changes.into() });
            }
        }
    }

    fn beat(&self, position: &Position) {
        let position: Arc<str> = position.to_string().into();
        for room in self.rooms().values() {
            let _ = room.send(Message::Beat { position: position.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::live::ChangeKind;
    use tokio::sync::broadcast::error::RecvError;

    #[tokio::test]
    async fn streams_end_where_changes_may_have_been_lost() {
        let at = |text: &str| Position::parse(text).unwrap();
        let hub = Shared::new(Duration::from_secs(1));
        let provider = Uuid::now_v7();
        let mut stream = hub.rooms().entry(provider).or_insert_with(|| broadcast::Sender::new(2)).subscribe();
        let change = Change { kind: ChangeKind::Booking, id: provider };
        hub.take(&at("1000.50:50:"), &at("1001.51:51:"), vec![(provider, change)]);
        assert!(matches!(stream.recv().await, Ok(Message::Changed { .. })));
        // The transactions that it has seen are none of this database's.
        hub.take(&at("1001.51:51:"), &at("1002.7:7:"), Vec::new());
        assert!(matches!(stream.recv().await, Err(RecvError::Closed)));

        let mut stream = hub.rooms().entry(provider).or_insert_with(|| broadcast::Sender::new(2)).subscribe();
        hub.take(&at("1001.51:51:"), &at("9999.60:60:"), vec![(provider, change)]);
        assert!(matches!(stream.recv().await, Err(RecvError::Closed)), "swept meanwhile");
    }
}
