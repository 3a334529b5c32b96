//! A bucket that speaks as much S3 as the product needs, over a real socket.

use actix_web::http::header;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// What is kept: media type and content by path.
type Kept = Arc<Mutex<BTreeMap<String, (String, Bytes)>>>;

/// A running bucket. It stops when dropped.
pub struct Bucket {
    /// Where it answers: `http://127.0.0.1:port`.
    pub endpoint: String,
    kept: Kept,
    failing: Arc<Mutex<bool>>,
    handle: actix_web::dev::ServerHandle,
}

impl Bucket {
    /// Starts an empty one that accepts this access key id.
    pub fn start(key_id: &str) -> Self {
        let kept = Kept::default();
        let failing = Arc::new(Mutex::new(false));
        let state =
            Data::new((kept.clone(), failing.clone(), format!("AWS4-HMAC-SHA256 Credential={key_id}/")));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let server = HttpServer::new(move || {
            App::new().app_data(state.clone()).default_service(web::route().to(answer))
        });
        let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { endpoint, kept, failing, handle }
    }

    /// The paths of what is kept, in order.
    pub fn paths(&self) -> Vec<String> {
        self.kept.lock().unwrap().keys().cloned().collect()
    }

    /// The media type of what is kept at a path.
    pub fn media_type(&self, path: &str) -> String {
        self.kept.lock().unwrap()[path].0.clone()
    }

    /// Loses what is kept at paths that end so.
    pub fn lose(&self, end: &str) {
        self.kept.lock().unwrap().retain(|path, _| !path.ends_with(end));
    }

    /// Refuses everything from now on, or no longer.
    pub fn fail(&self, failing: bool) {
        *self.failing.lock().unwrap() = failing;
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn answer(
    state: Data<(Kept, Arc<Mutex<bool>>, String)>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let (kept, failing, signed) = &**state;
    let text = |name: header::HeaderName| request.headers().get(name)?.to_str().ok();
    if !text(header::AUTHORIZATION).is_some_and(|value| value.starts_with(signed)) {
        return HttpResponse::Forbidden().finish();
    }
    if *failing.lock().unwrap() {
        return HttpResponse::BadRequest().finish();
    }
    let path = request.path().to_owned();
    let mut kept = kept.lock().unwrap();
    match request.method().as_str() {
        "PUT" => {
            let kind = text(header::CONTENT_TYPE).unwrap_or_default().to_owned();
            kept.insert(path, (kind, body));
            HttpResponse::Ok().insert_header((header::ETAG, "\"1\"")).finish()
        }
        "GET" => match kept.get(&path) {
            Some((kind, content)) => HttpResponse::Ok()
                .insert_header((header::CONTENT_TYPE, kind.as_str()))
                .insert_header((header::ETAG, "\"1\""))
                .insert_header((header::LAST_MODIFIED, "Mon, 01 Jan 2024 00:00:00 GMT"))
                .body(content.clone()),
            None => HttpResponse::NotFound().finish(),
        },
        "DELETE" => {
            kept.remove(&path);
            HttpResponse::NoContent().finish()
        }
        _ => HttpResponse::NotImplemented().finish(),
    }
}
