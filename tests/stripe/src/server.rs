//! HTTP: keys, faults, answers.

use crate::api::{self, Call};
use crate::books::{Books, token};
use crate::control;
use crate::delivery::{self, Endpoint, Order};
use crate::faults::{self, Fault, Planned};
use crate::params::Params;
use crate::refused::Refused;
use crate::resources::events::{VERSION, strip};
use crate::{Settings, pages, snapshot};
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use serde_json::Value;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What all requests share.
pub(crate) struct Shared {
    books: Mutex<Books>,
    settings: Settings,
    endpoint: Mutex<Option<Endpoint>>,
    faults: Mutex<Vec<Planned>>,
    /// Deliveries wait.
    pub held: AtomicBool,
    /// How many are on their way.
    pub sending: AtomicUsize,
    /// Wakes the deliverer.
    pub news: Notify,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub fn new(settings: Settings, books: Books) -> Self {
        Self {
            books: Mutex::new(books),
            endpoint: Mutex::new(settings.webhook.clone()),
            settings,
            faults: Mutex::default(),
            held: AtomicBool::new(false),
            sending: AtomicUsize::new(0),
            news: Notify::new(),
        }
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        lock(&self.books)
    }

    /// Changes the books, keeps them, and has the news delivered.
    pub fn with<T>(&self, change: impl FnOnce(&mut Books) -> T) -> T {
        let mut books = self.books();
        let before = (books.events.iter().len(), books.answers.len(), books.ahead);
        let result = change(&mut books);
        let changed = before != (books.events.iter().len(), books.answers.len(), books.ahead);
        if let (true, Some(file)) = (changed, &self.settings.state)
            && let Err(error) = snapshot::save(file, &books)
        {
            tracing::error!(%error, "the simulator's books could not be kept");
        }
        if changed {
            self.news.notify_one();
        }
        result
    }

    pub fn endpoint(&self) -> Option<Endpoint> {
        lock(&self.endpoint).clone()
    }

    pub fn listen(&self, endpoint: Option<Endpoint>) {
        *lock(&self.endpoint) = endpoint;
    }

    /// Lets no more go wrong.
    pub fn plan_nothing(&self) {
        lock(&self.faults).clear();
    }

    pub fn plan(&self, fault: Planned) {
        lock(&self.faults).push(fault);
    }
}

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .configure(pages::routes)
        .route("/_sim/deliveries/flush", web::post().to(flush))
        .route("/_sim/events/{id}/resend", web::post().to(resend))
        .route("/_sim/{path:.*}", web::to(sim))
        .route("/v1/{path:.*}", web::get().to(v1))
        .route("/v1/{path:.*}", web::post().to(v1))
        .default_service(web::to(nowhere));
}

async fn nowhere(request: HttpRequest) -> HttpResponse {
    refuse(&Refused::unknown_path(request.method().as_str(), request.path()))
}

fn refuse(refused: &Refused) -> HttpResponse {
    respond(refused.status, refused.body(), false)
}

fn respond(status: u16, body: Value, is_replayed: bool) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY));
    response
        .insert_header(("request-id", format!("req_{}", token(14))))
        .insert_header(("stripe-version", VERSION));
    if is_replayed {
        response.insert_header(("idempotent-replayed", "true"));
    }
    response.json(body)
}

/// An answer that breaks off before it begins.
fn broken() -> HttpResponse {
    let nothing =
        stream::once(async { Err::<Bytes, _>(std::io::Error::other("a fault that a test asked for")) });
    HttpResponse::Ok().body(SizedStream::new(1, nothing))
}

async fn v1(request: HttpRequest, path: Path<String>, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    if let Err(refused) = admit(&request, &shared.settings.key) {
        return refuse(&refused);
    }
    let is_post = request.method() == actix_web::http::Method::POST;
    let fault = faults::take(&mut lock(&shared.faults), request.path(), is_post);
    match fault {
        Some(Fault::Status(status)) => return refuse(&Refused::fault(status)),
        Some(Fault::DropBefore) => return broken(),
        _ => {}
    }
    let header =
        |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let call = Call {
        is_post,
        path: path.into_inner(),
        params: Params::parse(if is_post { &body } else { request.query_string().as_bytes() }),
        key: header("idempotency-key"),
        account: header("stripe-account"),
    };
    let broken_within = match fault {
        Some(Fault::Kept(status)) => Some(Refused::fault(status)),
        _ => None,
    };
    let outcome = shared.with(|books| api::answer(books, call, broken_within));
    match fault {
        Some(Fault::DropAfter) => return broken(),
        Some(Fault::Stall(wait)) => tokio::time::sleep(wait).await,
        _ => {}
    }
    respond(outcome.status, outcome.body, outcome.is_replayed)
}

/// Only who has the key is let in.
fn admit(request: &HttpRequest, key: &str) -> Result<(), Refused> {
    let given = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    match given.and_then(|given| given.strip_prefix("Bearer ")) {
        None => Err(Refused::key(
            "You did not provide an API key. You need to provide your API key in the Authorization header, \
             using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        )),
        Some(given) if given == key => Ok(()),
        Some(_) => Err(Refused::key("Invalid API Key provided.")),
    }
}

async fn sim(request: HttpRequest, path: Path<String>, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    if !shared.settings.controls {
        return nowhere(request).await;
    }
    tell(control::control(&shared, &path, Params::parse(&body)))
}

async fn flush(request: HttpRequest, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    if !shared.settings.controls {
        return nowhere(request).await;
    }
    let mut params = Params::parse(&body);
    let order = match params.choice("order", &["given", "reversed", "shuffled"]) {
        Ok(None | Some("given")) => Order::Given,
        Ok(Some("reversed")) => Order::Reversed,
        Ok(Some(_)) => Order::Shuffled,
        Err(refused) => return refuse(&refused),
    };
    let copies = match params.integer("copies") {
        Ok(copies) => copies.and_then(|copies| usize::try_from(copies).ok()).unwrap_or(1),
        Err(refused) => return refuse(&refused),
    };
    respond(200, Value::Array(delivery::flush(&shared, order, copies).await), false)
}

async fn resend(request: HttpRequest, id: Path<String>, shared: Data<Shared>) -> HttpResponse {
    if !shared.settings.controls {
        return nowhere(request).await;
    }
    let told = delivery::resend(&shared, &id).await;
    tell(told.ok_or_else(|| Refused::missing("event", &id)))
}

fn tell(answer: crate::refused::Answer) -> HttpResponse {
    match answer {
        Ok(mut body) => {
            strip(&mut body);
            respond(200, body, false)
        }
        Err(refused) => refuse(&refused),
    }
}
