//! What every request handler and job can reach.

use crate::config::Config;
use crate::http::keys::Keys;
use crate::live::Live;
use integrations::payments::Processor;
use integrations::storage::{BadSetting, FileStore, Objects};
use sqlx::PgPool;
use std::sync::Arc;

/// The running application: configuration, keys, live updates, the file storage and a connection pool.
///
/// Cheap to clone. Each HTTP worker has one with a pool of its own, so that sockets stay on the worker's reactor.
#[derive(Clone)]
pub struct App {
    /// Settings, read once.
    pub config: Arc<Config>,
    /// Keys for tokens, derived from the secret.
    pub keys: Arc<Keys>,
    /// Connections to the database.
    pub db: PgPool,
    /// Who is told of changes.
    pub live: Live,
    /// Where files that people give us are kept.
    pub files: Arc<dyn FileStore>,
    /// How payments are taken; none where prepayment is off.
    pub payments: Option<Payments>,
}

/// How payments are taken.
#[derive(Clone)]
pub struct Payments {
    /// Who takes them.
    pub processor: Arc<dyn Processor>,
    /// Whether each provider has an account of its own, which the platform shares the money with.
    pub connect: bool,
    /// The platform's share, in hundredths of a percent.
    pub fee_rate: u32,
    /// Whether a refund gives the platform's share back in proportion.
    pub fee_returned: bool,
    /// Whether a simulator takes them, so that no real money moves.
    pub demo: bool,
}

impl App {
    /// The storage for files that the settings ask for.
    ///
    /// # Errors
    /// Where a setting for it cannot be used.
    pub fn storage(config: &Config) -> Result<Arc<dyn FileStore>, BadSetting> {
        let keys = config.storage_key_id.as_ref().zip(config.storage_key.as_ref());
        Ok(Arc::new(Objects::open(config.storage.clone(), keys)?))
    }

    /// The address of a page of the app, for links in mails.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.config.base_url.trim_end_matches('/'))
    }
}
