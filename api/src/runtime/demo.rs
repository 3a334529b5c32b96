//! A simulator of Stripe, to try the product out: no real money moves.

use super::Result;
use crate::app::Payments;
use crate::config::Config;
use crate::payments::through;
use std::net::TcpListener;
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
        let simulator = stripe_simulator::start(TcpListener::bind("127.0.0.1:0")?, settings)?;
        let payments = through(config, simulator.url(), KEY.into(), vec![SECRET.into()])?;
        Ok(Self { payments: Payments { demo: true, ..payments }, _simulator: simulator })
    }
}
