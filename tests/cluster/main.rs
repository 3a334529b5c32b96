//! The private cluster: it starts on its own, keeps its data, and recovers from being killed.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

#[path = "../support/database.rs"]
mod database;

use api::db::cluster::{Cluster, ClusterError, ClusterOptions};
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::io::{BufRead, BufReader};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use uuid::Uuid;

const QUICK: ClusterOptions = ClusterOptions { durable: false };

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("appointed-cluster-{}", Uuid::now_v7().simple())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn connect(cluster: &Cluster) -> PgConnection {
    cluster.options().connect().await.unwrap()
}

async fn write_note(cluster: &Cluster, text: &str) {
    let mut db = connect(cluster).await;
    sqlx::query("create table if not exists notes (text text)").execute(&mut db).await.unwrap();
    sqlx::query("insert into notes values ($1)").bind(text).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

async fn notes(cluster: &Cluster) -> Vec<String> {
    sqlx::query_scalar("select text from notes order by text")
        .fetch_all(&mut connect(cluster).await)
        .await
        .unwrap()
}

fn postmaster(folder: &Path) -> String {
    let noted = std::fs::read_to_string(folder.join("postgres/data/postmaster.pid")).unwrap();
    noted.lines().next().unwrap().to_owned()
}

fn signal(name: &str, process: &str) {
    assert!(
        Command::new("sh").args(["-c", &format!("kill -s {name} -- {process}")]).status().unwrap().success()
    );
}

#[tokio::test]
async fn a_second_start_keeps_the_data() {
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0, ClusterOptions::default()).await.unwrap();
    write_note(&cluster, "kept").await;
    cluster.stop().await.unwrap();
    assert!(!folder.0.join("postgres/data/postmaster.pid").exists(), "the server has not stopped cleanly");

    let cluster = Cluster::start(&folder.0, ClusterOptions::default()).await.unwrap();
    assert_eq!(notes(&cluster).await, ["kept"]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn it_listens_on_its_socket_alone_and_speaks_utf8() {
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0, QUICK).await.unwrap();
    let mut db = connect(&cluster).await;
    for (setting, value) in [("listen_addresses", ""), ("server_encoding", "UTF8"), ("fsync", "off")] {
        let found: String =
            sqlx::query_scalar("select current_setting($1)").bind(setting).fetch_one(&mut db).await.unwrap();
        assert_eq!(found, value, "{setting}");
    }
    let same: sqlx::postgres::PgConnectOptions = cluster.url().parse().unwrap();
    same.connect().await.unwrap().close().await.unwrap();
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_folder_serves_one_cluster_at_a_time() {
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0, QUICK).await.unwrap();
    let second = Cluster::start(&folder.0, QUICK).await;
    assert!(matches!(second, Err(ClusterError::InUse(_))), "{second:?}");

    // Who passes by uses the one that runs.
    write_note(&cluster, "seen by both").await;
    let visitor = Cluster::running(&folder.0).unwrap();
    let seen: String = sqlx::query_scalar("select text from notes")
        .fetch_one(&mut visitor.connect().await.unwrap())
        .await
        .unwrap();
    assert_eq!(seen, "seen by both");
    cluster.stop().await.unwrap();
    assert!(Cluster::running(&folder.0).is_none());
}

#[tokio::test]
async fn a_killed_server_recovers() {
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0, ClusterOptions::default()).await.unwrap();
    write_note(&cluster, "committed").await;
    signal("KILL", &postmaster(&folder.0));
    drop(cluster);

    let cluster = Cluster::start(&folder.0, ClusterOptions::default()).await.unwrap();
    assert_eq!(notes(&cluster).await, ["committed"]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_note_of_a_server_long_gone_does_not_matter() {
    let folder = Folder::new();
    Cluster::start(&folder.0, QUICK).await.unwrap().stop().await.unwrap();
    // The number now belongs to somebody else: to this very test.
    let noted = folder.0.join("postgres/data/postmaster.pid");
    std::fs::write(&noted, format!("{}\n{}\n1\n5432\n", std::process::id(), folder.0.display())).unwrap();

    Cluster::start(&folder.0, QUICK).await.unwrap().stop().await.unwrap();
}

/// Ends in the middle of everything, as `kill -9` does; run by the next test in a process of its own.
#[tokio::test]
async fn helper_that_is_killed() {
    let Ok(folder) = std::env::var("KILLED_ON") else { return };
    let cluster = Cluster::start(Path::new(&folder), QUICK).await.unwrap();
    write_note(&cluster, "committed").await;
    signal("KILL", &std::process::id().to_string());
}

#[tokio::test]
async fn a_server_left_running_by_a_killed_process_is_taken_over() {
    let folder = Folder::new();
    let killed = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "helper_that_is_killed"])
        .env("KILLED_ON", &folder.0)
        .output()
        .unwrap();
    assert_eq!(killed.status.signal(), Some(9), "{killed:?}");
    let orphan = postmaster(&folder.0);
    signal("0", &orphan);

    let cluster = Cluster::start(&folder.0, QUICK).await.unwrap();
    assert_ne!(postmaster(&folder.0), orphan);
    assert_eq!(notes(&cluster).await, ["committed"]);
    cluster.stop().await.unwrap();
}

/// The product in a process group of its own, as a shell starts it; a test that fails does not leave it behind.
struct Product(Child);

impl Product {
    fn serve(folder: &Path) -> Self {
        let product = Command::new(env!("CARGO_BIN_EXE_appointed"))
            .arg("serve")
            .env_remove("DATABASE_URL")
            .env("LISTEN", "127.0.0.1:0")
            .env("DATA_DIR", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        let mut product = Self(product.unwrap());
        let mut said = BufReader::new(product.0.stdout.as_mut().unwrap());
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "the product ended instead of getting ready");
        }
        product
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

#[test]
fn a_ctrl_c_stops_the_product_and_its_database() {
    let folder = Folder::new();
    let mut product = Product::serve(&folder.0);

    // As a terminal does it: to the whole group.
    signal("INT", &format!("-{}", product.0.id()));
    assert!(product.0.wait().unwrap().success());
    assert!(!folder.0.join("postgres/data/postmaster.pid").exists(), "the database is still there");
    let log = std::fs::read_to_string(folder.0.join("postgres/log")).unwrap();
    assert!(log.contains("database system is shut down"), "{log}");
}

#[tokio::test]
async fn a_long_path_is_no_hindrance() {
    let folder = Folder::new();
    let deep = folder.0.join("a-folder-with-a-rather-long-name-indeed".repeat(3));
    let cluster = Cluster::start(&deep, QUICK).await.unwrap();
    write_note(&cluster, "here").await;
    assert_eq!(notes(&cluster).await, ["here"]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn each_test_has_a_migrated_database_of_its_own() {
    let (one, other) = (database::fresh().await, database::fresh().await);
    assert_ne!(one.get_database(), other.get_database());
    let tables: i64 = sqlx::query_scalar("select count(*) from pg_tables where tablename = 'bookings'")
        .fetch_one(&mut one.connect().await.unwrap())
        .await
        .unwrap();
    assert_eq!(tables, 1);
}

#[tokio::test]
async fn its_end_is_noticed_with_its_last_words() {
    let folder = Folder::new();
    let mut cluster = Cluster::start(&folder.0, QUICK).await.unwrap();
    signal("INT", &postmaster(&folder.0));
    let ClusterError::Exited { last_words, .. } = cluster.ended().await else { panic!("it has not ended") };
    assert!(last_words.contains("shut down"), "{last_words}");
    cluster.stop().await.unwrap();
    Cluster::start(&folder.0, QUICK).await.unwrap().stop().await.unwrap();
}
