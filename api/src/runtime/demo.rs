//! A simulator of Stripe, to try the product out: no real money moves.

use super::Result;
use crate::app::Payments;
use crate::config::Config;
use crate::payments::through;
use std::net::TcpListener;
use std::path::PathBuf;
use stripe_simulator::{Endpoint, Handle, Settings};

/// The simulator's key and its events' secret. They guard nothing: it is reached from this machine alone, no money is in
/// it, and what an event says is read anew.
const KEY: &str = "sk_test_demo";
const SECRET: &str = "whsec_demo";

/// A running simulator, and payments by it. Its books are kept in `DATA_DIR`.
pub(super) struct DemoPayments {
    pub payments: Payments,
    _simulator: Handle,
}

impl DemoPayments {
    /// Starts the simulator, which sends its events to the server on this port.
    pub fn start(config: &Config, port: u16) -> Result<Self> {
        let settings = Settings {
            key: KEY.to_owned(),
            base_url: None,
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
        Ok(Self { payments: at(config, simulator.url())?, _simulator: simulator })
    }
}

/// Payments by the simulator that a server of ours runs, where one does.
pub(super) fn running(config: &Config) -> Result<Option<Payments>> {
    let Ok(url) = std::fs::read_to_string(note(config)) else { return Ok(None) };
    at(config, &url).map(Some)
}

/// Where it listened last time, if that is free: pages that are open go on.
fn listen(config: &Config) -> std::io::Result<TcpListener> {
    let before = std::fs::read_to_string(note(config)).unwrap_or_default();
    let address = before.strip_prefix("http://").unwrap_or("127.0.0.1:0");
    TcpListener::bind(address).or_else(|_| TcpListener::bind("127.0.0.1:0"))
}

fn at(config: &Config, url: &str) -> Result<Payments> {
    Ok(Payments { demo: true, ..through(config, url, KEY.into(), vec![SECRET.into()])? })
}

/// Where the simulator's address is noted for commands beside the server.
fn note(config: &Config) -> PathBuf {
    config.data_dir.join("demo-payments.url")
}
