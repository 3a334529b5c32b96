//! One stream of events, as it goes over the wire.

use super::hints::turns;
use super::hub::Message;
use super::limits::Place;
use super::position::Position;
use super::store;
use crate::app::App;
use crate::dice::Dice;
use crate::http::head::HeadOnly;
use crate::http::{ApiError, ApiResult, ClientAddress, User};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use contract::live::{Change, Changes};
use contract::problem::Code;
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};
use uuid::Uuid;

/// How long a client waits before it comes back, in milliseconds. The app has a rhythm of its own.
const RETRY: u32 = 2000;
/// How long to stay away where too many streams are open, in seconds.
const CROWDED: u32 = 30;

/// Who listens.
#[derive(Clone, Copy)]
pub(super) enum Listener {
    /// Anybody: hears that something changed.
    Public,
    /// A member of the provider: hears what changed.
    Member(User),
}

/// Opens a stream about a provider. It ends when `lifetime` is over.
///
/// # Errors
/// `too_many_requests`, `unavailable`.
pub(super) async fn open(
    app: &App,
    request: &HttpRequest,
    from: ClientAddress,
    provider_id: Uuid,
    listener: Listener,
    lifetime: Option<Duration>,
) -> ApiResult<HttpResponse> {
    let (per_address, in_total) = (app.config.streams_per_address, app.config.streams);
    let place = app.live.open().admit(from, per_address, in_total).ok_or_else(|| {
        ApiError::new(Code::TooManyRequests).retry_after(CROWDED).detail("Too many streams are open.")
    })?;
    let busy = || ApiError::new(Code::Unavailable).retry_after(1);
    let messages = app.live.follow(provider_id).await.ok_or_else(busy)?;
    let stream = Stream {
        app: app.clone(),
        provider_id,
        listener,
        messages,
        ends: lifetime.map(|left| Instant::now() + left),
        first: Some(greeting(app, request, provider_id, listener).await?),
        checks: checks(app.live.beat()),
        _place: place,
    };
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store, no-transform"))
        // Events go out one by one: nothing that collects them first, neither our own compression nor a proxy.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"));
    if request.extensions().get::<HeadOnly>().is_some() {
        return Ok(answer.finish());
    }
    Ok(answer.streaming(unfold(stream, Stream::next)))
}

/// When a stream looks whether it may go on: as often as hearts beat, each at moments of its own, since after a restart all
/// come at once.
fn checks(beat: Duration) -> Interval {
    let millis = usize::try_from(beat.as_millis()).unwrap_or(usize::MAX).max(1);
    let offset = Dice::new(Uuid::now_v7().as_u64_pair().1).below(millis);
    let first = Instant::now() + Duration::from_millis(offset as u64);
    let mut checks = interval_at(first, beat);
    checks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    checks
}

/// Where the stream begins, with what was missed since `Last-Event-ID`.
async fn greeting(
    app: &App,
    request: &HttpRequest,
    provider_id: Uuid,
    listener: Listener,
) -> ApiResult<String> {
    let asked =
        request.headers().get(super::LAST_EVENT_ID).map(|id| id.to_str().ok().and_then(Position::parse));
    let mut db = app.db.acquire().await?;
    let now = store::now(&mut db).await?;
    let begun = match asked {
        None => event("ready", &now.to_string(), "{}"),
        Some(Some(position)) if position.leads_to(&now) => {
            let (reached, missed) = store::since(&mut db, &position, Some(provider_id)).await?;
            let missed: Vec<Change> = missed.into_iter().map(|(_, change)| change).collect();
            let reached = reached.to_string();
            if missed.is_empty() {
                event("ready", &reached, "{}")
            } else {
                changed(&reached, &missed, listener)
            }
        }
        Some(_) => event("reset", &now.to_string(), "{}"),
    };
    Ok(format!("retry: {RETRY}\n{begun}"))
}

fn event(name: &str, id: &str, data: &str) -> String {
    format!("event: {name}\nid: {id}\ndata: {data}\n\n")
}

fn changed(id: &str, changes: &[Change], listener: Listener) -> String {
    let data = match listener {
        Listener::Public => None,
        Listener::Member(_) => serde_json::to_string(&Changes { changes: changes.to_vec() }).ok(),
    };
    event("changed", id, data.as_deref().unwrap_or("{}"))
}

/// What goes over the wire for what the hub says; nothing where it says no more.
fn piece(heard: Result<Message, RecvError>, listener: Listener) -> Option<String> {
    match heard {
        Ok(Message::Changed { position, changes }) => Some(changed(&position, &changes, listener)),
        // An id alone moves the position and is no event.
        Ok(Message::Beat { position }) => Some(format!("id: {position}\n: \n\n")),
        Err(RecvError::Lagged(_)) => Some("event: reset\ndata: {}\n\n".to_owned()),
        Err(RecvError::Closed) => None,
    }
}

struct Stream {
    app: App,
    provider_id: Uuid,
    listener: Listener,
    messages: Receiver<Message>,
    ends: Option<Instant>,
    first: Option<String>,
    checks: Interval,
    _place: Place,
}

impl Stream {
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        let text = match self.first.take() {
            Some(text) => text,
            None => self.wait().await?,
        };
        Some((Ok(Bytes::from(text)), self))
    }

    /// The next piece; nothing where the stream ends.
    async fn wait(&mut self) -> Option<String> {
        let mut closing = self.app.live.closing();
        let ends = self.ends;
        let message = loop {
            tokio::select! {
                biased;
                () = turns(&mut closing, true) => return None,
                () = async { match ends { Some(at) => sleep_until(at).await, None => std::future::pending().await } } => return None,
                _ = self.checks.tick() => if !self.may_go_on().await { return None },
                message = self.messages.recv() => break message,
            }
        };
        piece(message, self.listener)
    }

    /// A person who has logged out or left hears nothing more.
    async fn may_go_on(&self) -> bool {
        let Listener::Member(user) = self.listener else { return true };
        let asked = async {
            let mut db = self.app.db.acquire().await?;
            store::may_listen(&mut db, user, self.provider_id).await
        };
        // A database that does not answer now is asked again the next time; the token's end stands.
        asked.await.unwrap_or(true)
    }
}
