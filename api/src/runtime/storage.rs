//! The database: the operator's, or a private cluster of ours.

use super::Result;
use crate::config::Config;
use crate::db;
use crate::db::cluster::{Cluster, ClusterError, ClusterOptions};
use secrecy::ExposeSecret;
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr;

/// Where the data is.
pub(super) struct Storage {
    options: PgConnectOptions,
    cluster: Option<Cluster>,
}

impl Storage {
    pub(super) async fn open(config: &Config) -> Result<Self> {
        match &config.database_url {
            Some(url) => {
                // The fault may quote the address and with it the password.
                let options = PgConnectOptions::from_str(url.expose_secret())
                    .map_err(|_| "DATABASE_URL is not a PostgreSQL address")?;
                Ok(Self { options, cluster: None })
            }
            None => {
                let cluster = Cluster::start(&config.data_dir, ClusterOptions { durable: true }).await?;
                tracing::info!(folder = %config.data_dir.display(), "a private PostgreSQL runs");
                Ok(Self { options: cluster.options(), cluster: Some(cluster) })
            }
        }
    }

    /// The same for a command that passes by: where a process of ours runs the private cluster already, that one is used.
    pub(super) async fn visit(config: &Config) -> Result<Self> {
        let refused = match Self::open(config).await {
            Ok(own) => return Ok(own),
            Err(error) => error,
        };
        let is_in_use = matches!(refused.downcast_ref(), Some(ClusterError::InUse(_)));
        let running = Cluster::running(&config.data_dir).filter(|_| is_in_use);
        running.map(|options| Self { options, cluster: None }).ok_or(refused)
    }

    pub(super) fn options(&self) -> PgConnectOptions {
        db::options(self.options.clone())
    }

    /// Waits until the private cluster is lost. An operator's server comes back by itself, so of that nothing is ever said.
    pub(super) async fn lost(&mut self) -> ClusterError {
        match &mut self.cluster {
            Some(cluster) => cluster.ended().await,
            None => std::future::pending().await,
        }
    }

    pub(super) async fn close(self) -> Result<()> {
        match self.cluster {
            Some(cluster) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}
