//! A database for each test, on one throw-away cluster for each test program.
//!
//! The schema is migrated once, into a template; a test's own database is a copy of it. `TEST_DATABASE_URL` names a server to
//! use instead of a throw-away cluster.

use api::db::cluster::{Cluster, ClusterOptions};
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::str::FromStr;
use tokio::sync::OnceCell;
use uuid::Uuid;

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");
static SERVER: OnceCell<Server> = OnceCell::const_new();

/// Where the databases of this test program live.
struct Server {
    options: PgConnectOptions,
    template: String,
    // Kept so that it runs as long as we do.
    _cluster: Option<Cluster>,
}

/// A new database with the schema and nothing else in it.
pub async fn fresh() -> PgConnectOptions {
    let server = SERVER.get_or_init(Server::start).await;
    let name = format!("test_{}", Uuid::now_v7().simple());
    let mut connection = server.options.connect().await.unwrap();
    create(&mut connection, &name, &server.template).await;
    connection.close().await.unwrap();
    server.options.clone().database(&name)
}

async fn create(connection: &mut PgConnection, name: &str, template: &str) {
    let statement = format!("create database {name} template {template} strategy file_copy");
    sqlx::query(AssertSqlSafe(statement)).execute(connection).await.unwrap();
}

impl Server {
    async fn start() -> Self {
        let (options, cluster) = match std::env::var("TEST_DATABASE_URL") {
            Ok(url) => (PgConnectOptions::from_str(&url).unwrap(), None),
            Err(_) => {
                let cluster = throw_away_cluster().await;
                (cluster.options(), Some(cluster))
            }
        };
        let template = make_template(&options).await;
        Self { options, template, _cluster: cluster }
    }
}

/// Each version of the schema has a template of its own, so that a server that lives longer keeps it.
async fn make_template(options: &PgConnectOptions) -> String {
    let mut versions = Sha256::new();
    MIGRATIONS.iter().for_each(|migration| versions.update(&migration.checksum));
    let name: String =
        versions.finalize()[..12].iter().fold("template_".into(), |name, byte| format!("{name}{byte:02x}"));

    let mut connection = options.connect().await.unwrap();
    // Several test programs may share a server.
    sqlx::query("select pg_advisory_lock(1)").execute(&mut connection).await.unwrap();
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    if !exists {
        let unfinished = format!("{name}_unfinished");
        for statement in
            [format!("drop database if exists {unfinished}"), format!("create database {unfinished}")]
        {
            sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        }
        let mut migrated = options.clone().database(&unfinished).connect().await.unwrap();
        MIGRATIONS.run(&mut migrated).await.unwrap();
        migrated.close().await.unwrap();
        let finish = format!("alter database {unfinished} rename to {name}");
        sqlx::query(AssertSqlSafe(finish)).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    name
}

async fn throw_away_cluster() -> Cluster {
    // A short path: a socket's address has room for a hundred characters.
    let folder = std::env::temp_dir().join(format!("appointed-test-{}", Uuid::now_v7().simple()));
    let cluster = Cluster::start(&folder, ClusterOptions { durable: false }).await.unwrap();
    clean_up_after_us(folder);
    cluster
}

/// Leaves a small process behind that waits until this one has ended, however that happens, and clears away the cluster.
///
/// It notices by its standard input: the other end of that pipe is ours and closes with us.
fn clean_up_after_us(folder: PathBuf) {
    use std::os::unix::process::CommandExt;
    const SCRIPT: &str = r#"
        read -r _
        server=$(head -n 1 "$1/postgres/data/postmaster.pid")
        kill -QUIT "$server"
        while kill -0 "$server"; do sleep 0.1; done
        rm -rf "$1"
    "#;
    let watcher = Command::new("sh")
        .args(["-c", SCRIPT, "sh"])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    // Our end of the pipe stays open until the kernel closes it.
    std::mem::forget(watcher);
}
