//! A simulator of Stripe, to try the product out: no real money moves.

use super::Result;
use crate::app::Payments;
use crate::config::Config;
use crate::http::server::DEMO_PAYMENTS;
use crate::payments::through;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;
use stripe_simulator::{Endpoint, Handle, Pages, Settings};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// The simulator's key and its events' secret. They guard nothing: it is reached from this machine alone, or from where the
/// operator lets it, no money is in it, and what an event says is read anew.
const KEY: &str = "sk_test_demo";
const SECRET: &str = "whsec_demo";

/// How often a simulator is looked for, how long one look may take and how long it is until the next.
const TRIES: u32 = 5;
const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(100);

/// What a worker says that finds no simulator. It would send mails which leave out how to pay.
pub(super) const NONE_RUNNING: &str = "no server takes demo payments on this DATA_DIR: start `appointed serve` first, say \
    in DEMO_PAYMENTS_LISTEN where it takes them, or do without (DEMO_PAYMENTS=false)";

/// A running simulator, and payments by it. Its books are kept in `DATA_DIR`.
pub(super) struct DemoPayments {
    pub payments: Payments,
    simulator: Handle,
}

impl DemoPayments {
    /// Starts the simulator, which sends its events to the server on this port. The server is to show its pages, so that whoever
    /// reaches the server can pay.
    pub fn start(config: &Config, port: u16) -> Result<Self> {
        let settings = Settings {
            key: KEY.to_owned(),
            base_url: Some(format!("{}{DEMO_PAYMENTS}", config.base_url)),
            webhook: Some(Endpoint {
                url: format!("http://127.0.0.1:{port}/api/v1/webhooks/stripe"),
                secret: SECRET.to_owned(),
            }),
            state: Some(config.data_dir.join("demo-payments.json")),
            controls: false,
        };
        let simulator = stripe_simulator::start(listen(config)?, settings)?;
        std::fs::create_dir_all(&config.data_dir)?;
        std::fs::write(note(config), simulator.url())?;
        Ok(Self { payments: at(config, simulator.url())?, simulator })
    }

    /// The pages on which payments are made.
    pub fn pages(&self) -> Pages {
        self.simulator.pages()
    }
}

/// Payments by the simulator that a server of ours runs, where one does: a note may be older than the server's end.
pub(super) async fn running(config: &Config) -> Result<Option<Payments>> {
    let address = config.demo_payments_listen.clone().or_else(|| noted(config));
    match address {
        Some(address) if answers(&address).await => Ok(Some(at(config, &format!("http://{address}"))?)),
        _ => Ok(None),
    }
}

/// Whether somebody listens there, also if only in a moment: a server may be starting anew.
async fn answers(address: &str) -> bool {
    for _ in 0..TRIES {
        if let Ok(Ok(_)) = timeout(PATIENCE, TcpStream::connect(address)).await {
            return true;
        }
        sleep(PAUSE).await;
    }
    false
}

/// Forgets where a simulator listened: the server takes no demo payments any more.
pub(super) fn forget(config: &Config) -> Result<()> {
    let note = note(config);
    if note.exists() {
        std::fs::remove_file(note)?;
    }
    Ok(())
}

/// Where the operator says, or where it listened last time, if that is free: processes beside us go on. Others than this
/// machine's reach it only while the operator says so.
fn listen(config: &Config) -> Result<TcpListener> {
    if let Some(address) = &config.demo_payments_listen {
        let bound = TcpListener::bind(address);
        return bound.map_err(|error| format!("demo payments cannot listen on {address}: {error}").into());
    }
    let before = noted(config).and_then(|address| address.parse().ok());
    let before = before.filter(|address: &SocketAddr| address.ip().is_loopback());
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Ok(TcpListener::bind(before.unwrap_or(any)).or_else(|_| TcpListener::bind(any))?)
}

/// Where a server's simulator listened last, as host and port.
fn noted(config: &Config) -> Option<String> {
    let url = std::fs::read_to_string(note(config)).ok()?;
    url.strip_prefix("http://").map(str::to_owned)
}

fn at(config: &Config, url: &str) -> Result<Payments> {
    Ok(Payments { demo: true, ..through(config, url, KEY.into(), vec![SECRET.into()])? })
}

/// Where the simulator's address is noted for commands beside the server.
fn note(config: &Config) -> PathBuf {
    config.data_dir.join("demo-payments.url")
}
