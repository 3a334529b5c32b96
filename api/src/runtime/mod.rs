//! Bringing the product up and down: database, secret, schema, server and worker.

mod demo;
mod greeting;
mod health;
mod secret;
mod storage;

pub use health::health;

use crate::app::App;
use crate::config::Config;
use crate::db;
use crate::http::keys::Keys;
use crate::http::server;
use crate::jobs::Worker;
use crate::live::{Live, Pace};
use crate::{notifications, seed, telemetry};
use std::error::Error;
use std::net::TcpListener;
use std::sync::Arc;
use storage::Storage;
use tokio::signal::unix::{Signal, SignalKind, signal};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What every subcommand with a database starts from.
struct Base {
    app: App,
    storage: Storage,
}

impl Base {
    /// Opens the database and goes on as [`Base::on`].
    async fn start(config: Config) -> Result<Self> {
        telemetry::init(&config);
        let storage = Storage::open(&config).await?;
        Self::on(storage, config).await
    }

    /// Brings the database's schema up to date and derives the keys.
    async fn on(storage: Storage, config: Config) -> Result<Self> {
        let keys = Arc::new(Keys::derive(&secret::of(&config)?));
        db::migrate(storage.options()).await?;
        let pool = db::pool(storage.options(), config.database_connections);
        let live = Live::start(storage.options(), Pace::default());
        let files = App::storage(&config)?;
        let payments = crate::payments::by_stripe(&config)?;
        let app = App { config: Arc::new(config), keys, db: pool, live, files, payments };
        Ok(Self { app, storage })
    }

    /// Takes payments as the server does beside which we run, where it takes demo payments.
    async fn find_demo_payments(&mut self) -> Result<()> {
        if self.wants_demo_payments() {
            self.app.payments = demo::running(&self.app.config).await?;
        }
        Ok(())
    }

    /// Whether demo payments are asked for, and are not there.
    fn wants_demo_payments(&self) -> bool {
        self.app.payments.is_none() && self.app.config.demo_payments
    }

    async fn stop(self) -> Result<()> {
        self.app.live.close();
        self.app.db.close().await;
        self.storage.close().await
    }
}

/// Brings the schema up to date and ends.
///
/// # Errors
/// Whatever stops it, in words for the operator.
pub async fn migrate(config: Config) -> Result<()> {
    Base::start(config).await?.stop().await
}

/// Runs a task with the application and ends. A server that runs on the same private database, with its demo payments,
/// goes on.
///
/// # Errors
/// Whatever stops it, in words for the operator.
pub async fn with_app<T>(config: Config, task: impl AsyncFnOnce(&App) -> Result<T>) -> Result<T> {
    telemetry::init(&config);
    let storage = Storage::visit(&config).await?;
    let mut base = Base::on(storage, config).await?;
    base.find_demo_payments().await?;
    let done = task(&base.app).await;
    base.stop().await?;
    done
}

/// Works off jobs until a stop signal.
///
/// # Errors
/// Whatever stops it, in words for the operator.
pub async fn work(config: Config) -> Result<()> {
    let mut stop = StopSignal::listen()?;
    let mut base = Base::start(config).await?;
    base.find_demo_payments().await?;
    if base.wants_demo_payments() {
        base.stop().await?;
        return Err(demo::NONE_RUNNING.into());
    }
    let worker = Worker::start(&base.app, notifications::mailer(&base.app.config, &base.app.db)?)?;
    tracing::info!("working off jobs");
    let ended = stop.wait_with(&mut base.storage).await;
    worker.drain().await;
    base.stop().await?;
    ended
}

/// Serves the API and the app and works off jobs until a stop signal; then finishes what is in flight.
///
/// # Errors
/// Whatever stops it, in words for the operator.
pub async fn serve(mut config: Config) -> Result<()> {
    let mut stop = StopSignal::listen()?;
    let listener = TcpListener::bind(&config.listen)
        .map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let port = listener.local_addr()?.port();
    config.follow_port(port);
    let mut base = Base::start(config).await?;
    let demo = match base.wants_demo_payments() {
        true => Some(demo::DemoPayments::start(&base.app.config, port)?),
        false => {
            demo::forget(&base.app.config)?;
            None
        }
    };
    if let Some(demo) = &demo {
        base.app.payments = Some(demo.payments.clone());
    }
    let app = &base.app;
    let logins = seed::on_first_start(app).await?;
    let worker = Worker::start(app, notifications::mailer(&app.config, &app.db)?)?;
    let server =
        server::serve(listener, app, base.storage.options(), demo.as_ref().map(|demo| demo.pages()))?;
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    greeting::print(&app.config, logins);
    let ended = stop.wait_with(&mut base.storage).await;
    tracing::info!("stopping");
    // Streams would go on for ever.
    app.live.close();
    handle.stop(true).await;
    running.await??;
    worker.drain().await;
    base.stop().await?;
    ended
}

/// The signals that ask us to stop. Heard from the moment it is made, so that none is lost while we start.
struct StopSignal {
    interrupt: Signal,
    terminate: Signal,
}

impl StopSignal {
    fn listen() -> Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for one of them, or for the end of the private cluster: without it there is nothing to go on with, and who
    /// watches over us is to start all of it anew.
    async fn wait_with(&mut self, storage: &mut Storage) -> Result<()> {
        tokio::select! {
            _ = self.interrupt.recv() => Ok(()),
            _ = self.terminate.recv() => Ok(()),
            error = storage.lost() => Err(error.into()),
        }
    }
}
