//! A simulator of Stripe, to try the product out: no real money moves.

use super::Result;
use crate::app::Payments;
use crate::config::Config;
use crate::http::server::DEMO_PAYMENTS;
use crate::payments::through;
use std::net::TcpListener;
use std::path::PathBuf;
use stripe_simulator::{Endpoint, Handle, Pages, Settings};

/// The simulator's key and its events' secret. They guard nothing: it is reached from this machine alone, or from where the
/// operator lets it, no money is in it, and what an event says is read anew.
const KEY: &str = "sk_test_demo";
const SECRET: &str = "whsec_demo";

/// What a worker says that finds no simulator. It would send mails which leave out how to pay.
pub(super) const NONE_RUNNING: &str = "no server has taken demo payments on this DATA_DIR yet: start `appointed serve` first, say \
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

/// Payments by the simulator that a server of ours runs, where one does.
pub(super) fn running(config: &Config) -> Result<Option<Payments>> {
    let url = match &config.demo_payments_listen {
        Some(address) => Some(format!("http://{address}")),
        None => std::fs::read_to_string(note(config)).ok(),
    };
    url.map(|url| at(config, &url)).transpose()
}

/// Where the operator says, or where it listened last time, if that is free: processes beside us go on.
fn listen(config: &Config) -> Result<TcpListener> {
    if let Some(address) = &config.demo_payments_listen {
        let bound = TcpListener::bind(address);
        return bound.map_err(|error| format!("demo payments cannot listen on {address}: {error}").into());
    }
    let before = std::fs::read_to_string(note(config)).unwrap_or_default();
    let address = before.strip_prefix("http://").unwrap_or("127.0.0.1:0");
    Ok(TcpListener::bind(address).or_else(|_| TcpListener::bind("127.0.0.1:0"))?)
}

fn at(config: &Config, url: &str) -> Result<Payments> {
    Ok(Payments { demo: true, ..through(config, url, KEY.into(), vec![SECRET.into()])? })
}

/// Where the simulator's address is noted for commands beside the server.
fn note(config: &Config) -> PathBuf {
    config.data_dir.join("demo-payments.url")
}
