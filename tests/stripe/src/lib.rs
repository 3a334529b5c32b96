//! A Stripe of our own: it answers over HTTP, keeps books and refuses what Stripe refuses. Written from the published
//! contract of Stripe's API, for tests and for the demo. No real money moves.

mod api;
mod books;
mod control;
mod delivery;
mod faults;
mod money;
mod pages;
mod params;
mod refused;
mod resources;
mod server;
mod shelf;
mod snapshot;

pub use delivery::{Endpoint, signature};
pub use pages::Pages;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, rt, web};
use server::Shared;
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

/// How a simulator behaves.
#[derive(Clone)]
pub struct Settings {
    /// The secret key that requests must carry: `sk_test_…`.
    pub key: String,
    /// Where browsers reach the hosted pages, without a slash at the end; the listener's address where it is left out.
    pub base_url: Option<String>,
    /// Where events are sent.
    pub webhook: Option<Endpoint>,
    /// The file that keeps the books across restarts.
    pub state: Option<PathBuf>,
    /// Whether `/_sim/` answers. A demo has no use for it.
    pub controls: bool,
}

impl Settings {
    /// For tests: a key, controls, nothing kept.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), base_url: None, webhook: None, state: None, controls: true }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("base_url", &self.base_url)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// A running simulator. It stops when dropped.
pub struct Handle {
    url: String,
    shared: Arc<Shared>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// Starts a simulator on a thread of its own, whatever runtime the caller has.
///
/// # Errors
/// If the listener cannot be used or the kept books cannot be read.
pub fn start(listener: TcpListener, settings: Settings) -> io::Result<Handle> {
    let url = format!("http://{}", listener.local_addr()?);
    let mut books = match &settings.state {
        Some(file) => snapshot::load(file)?,
        None => books::Books::default(),
    };
    books.base = settings.base_url.clone().unwrap_or_else(|| url.clone());
    let shared = Arc::new(Shared::new(settings, books));
    let (tell, told) = mpsc::channel();
    let of_thread = shared.clone();
    let thread = std::thread::Builder::new().name("stripe-simulator".to_owned()).spawn(move || {
        rt::System::new().block_on(serve(listener, of_thread, &tell));
    })?;
    let server = told.recv().map_err(io::Error::other)??;
    Ok(Handle { url, shared, server, thread: Some(thread) })
}

async fn serve(listener: TcpListener, shared: Arc<Shared>, tell: &mpsc::Sender<io::Result<ServerHandle>>) {
    let data = web::Data::from(shared.clone());
    let app = move || App::new().app_data(data.clone()).configure(server::routes);
    let started = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1).listen(listener);
    match started {
        Err(error) => drop(tell.send(Err(error))),
        Ok(server) => {
            let server = server.run();
            drop(tell.send(Ok(server.handle())));
            let deliverer = rt::spawn(delivery::deliver(shared));
            if let Err(error) = server.await {
                tracing::error!(%error, "the simulator ended");
            }
            deliverer.abort();
        }
    }
}

impl Handle {
    /// Where it answers: `http://127.0.0.1:port`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where events go from now on.
    pub fn send_events_to(&self, endpoint: Endpoint) {
        self.shared.listen(Some(endpoint));
    }

    /// Its hosted pages, for another server to show.
    #[must_use]
    pub fn pages(&self) -> Pages {
        Pages(self.shared.clone())
    }

    /// Does what `POST /_sim/{path}` does, without a request. `deliveries/flush` needs one.
    ///
    /// # Errors
    /// With Stripe's words, if it is refused.
    pub fn control(&self, path: &str, params: &[(&str, &str)]) -> Result<serde_json::Value, String> {
        let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        let params = params::Params::parse(encoded.as_bytes());
        control::control(&self.shared, path, params).map_err(|refused| refused.message)
    }

    /// Waits until somebody stops it.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // The order goes out even though nobody awaits it.
        drop(self.server.stop(false));
    }
}
