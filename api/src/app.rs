//! What every request handler and job can reach.

use crate::config::Config;
use crate::http::keys::Keys;
use crate::live::Live;
use sqlx::PgPool;
use std::sync::Arc;

/// The running application: configuration, keys, live updates and a connection pool.
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
}

impl App {
    /// The address of a page of the app, for links in mails.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.config.base_url.trim_end_matches('/'))
    }
}
