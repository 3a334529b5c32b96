//! A private cluster with durable commits, and databases that all begin with the same rows.

use crate::Result;
use api::db::cluster::{Cluster, ClusterOptions};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use std::path::{Path, PathBuf};
use uuid::Uuid;

const SEED: &str = "bench_seed";

/// The first provider that works from 09:00 to 17:00 on weekdays and has 200 bookings in the month measured.
pub const FIRST_OF_MONTH: u64 = 1;
/// How many there are of those.
pub const MONTHS: u64 = 50;
/// The first provider that works around the clock and has the odd hours booked.
pub const FIRST_ROUND_THE_CLOCK: u64 = 1001;
/// How many there are of those.
pub const ROUND_THE_CLOCK: u64 = 200;

/// A running cluster with a database to copy from.
pub struct Database {
    cluster: Cluster,
    folder: PathBuf,
    /// The Monday on which all bookings begin, in Unix seconds.
    pub monday: i64,
}

impl Database {
    /// Starts the cluster and writes the rows that every measurement begins with.
    pub async fn start() -> Result<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
        let cluster = Cluster::start(&folder, ClusterOptions { durable: true }).await?;
        let mut maintenance = cluster.options().database("postgres").connect().await?;
        recreate(&mut maintenance, SEED, "template1").await?;
        let options = cluster.options().database(SEED);
        api::db::migrate(options.clone()).await?;
        let mut seed = options.connect().await?;
        sqlx::raw_sql(include_str!("seed.sql")).execute(&mut seed).await?;
        sqlx::query("vacuum analyze").execute(&mut seed).await?;
        let monday = sqlx::query_scalar("select extract(epoch from bench_monday())::int8")
            .fetch_one(&mut seed)
            .await?;
        seed.close().await?;
        Ok(Self { cluster, folder, monday })
    }

    /// A database with the seeded rows and nothing else; an older one of that name is dropped.
    pub async fn copy(&self, name: &str) -> Result<PgConnectOptions> {
        let options = self.cluster.options();
        let mut maintenance = options.clone().database("postgres").connect().await?;
        recreate(&mut maintenance, name, SEED).await?;
        sqlx::query("checkpoint").execute(&mut maintenance).await?;
        maintenance.close().await?;
        Ok(options.database(name))
    }

    /// Stops the cluster and removes its files.
    pub async fn stop(self) -> Result<()> {
        self.cluster.stop().await?;
        Ok(std::fs::remove_dir_all(self.folder)?)
    }
}

async fn recreate(maintenance: &mut PgConnection, name: &str, template: &str) -> Result<()> {
    for statement in [
        format!("drop database if exists {name} with (force)"),
        format!("create database {name} template {template} strategy file_copy"),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *maintenance).await?;
    }
    Ok(())
}

/// The id of the nth row, as `bench_id` in the seed makes it.
pub fn id(n: u64) -> Uuid {
    Uuid::from_u128(n.into())
}
