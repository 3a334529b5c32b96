//! A client that reads server-sent events.

use crate::support::{TestServer, fixtures};
use api::http::{User, actor};
use contract::live::{Change, Changes};
use reqwest::{RequestBuilder, Response};
use std::time::Duration;
use uuid::Uuid;

/// What the issue promises; an event that comes later has not come.
pub const SOON: Duration = Duration::from_secs(2);
/// For what only has to happen at all.
pub const LONG: Duration = Duration::from_secs(20);

/// An open stream.
pub struct Reader {
    response: Response,
    unread: String,
    /// The last `id` that was read.
    pub last_id: String,
    /// How many ids without an event were read.
    pub beats: usize,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its type.
    pub name: String,
    /// Its data.
    pub data: String,
}

impl Event {
    /// What a provider's stream says has changed.
    pub fn changes(&self) -> Vec<Change> {
        assert_eq!(self.name, "changed");
        serde_json::from_str::<Changes>(&self.data).unwrap().changes
    }
}

impl Reader {
    /// Opens a stream and reads the event that it begins with.
    pub async fn open(request: RequestBuilder) -> (Self, Event) {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{:?}", response.text().await);
        assert_eq!(response.headers().get("content-type").unwrap(), "text/event-stream");
        assert_eq!(
            response.headers().get("content-encoding").unwrap(),
            "identity",
            "nothing collects events"
        );
        let mut reader = Self { response, unread: String::new(), last_id: String::new(), beats: 0 };
        let first = reader.event(LONG).await;
        (reader, first)
    }

    /// The next event, which must come within this time.
    pub async fn event(&mut self, within: Duration) -> Event {
        let event = tokio::time::timeout(within, self.next()).await.expect("no event in time");
        event.expect("the stream has ended")
    }

    /// Waits until the stream ends in good order.
    pub async fn end(mut self) {
        let all = async { while self.next().await.is_some() {} };
        tokio::time::timeout(LONG, all).await.expect("the stream goes on");
    }

    /// The next event; nothing at the end.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some((block, rest)) = self.unread.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.unread = rest;
                let field = |name: &str| {
                    let mut lines =
                        block.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
                    lines.next_back().map(str::to_owned)
                };
                if let Some(id) = field("id") {
                    self.last_id = id;
                }
                match field("data") {
                    Some(data) => return Some(Event { name: field("event").unwrap_or_default(), data }),
                    None => self.beats += 1,
                }
            }
            let chunk = self.response.chunk().await.expect("the stream broke off")?;
            self.unread.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

/// An access token of a session that stands.
pub async fn session(server: &TestServer, user_id: Uuid) -> (String, Uuid) {
    let session = Uuid::now_v7();
    fixtures::session(&server.db, user_id, session).await;
    (actor::sign(&server.app, &User { id: user_id, session, is_admin: false }).unwrap(), session)
}
