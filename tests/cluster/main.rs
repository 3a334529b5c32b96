//! The private cluster: it starts on its own, keeps its data, and recovers from being killed.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

#[path = "../support/database.rs"]
mod database;

use api::db::cluster::{Cluster, ClusterError, ClusterOptions};
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::fs::DirBuilder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
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
struct Product {
    process: Child,
    address: String,
}

/// The product's program on this folder, to be told what to do.
fn appointed(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_appointed"));
    command
        .env_remove("DATABASE_URL")
        .env("LISTEN", "127.0.0.1:0")
        .env("DATA_DIR", folder)
        .env("DEMO", "false");
    command
}

impl Product {
    fn serve(folder: &Path) -> Self {
        Self::start(appointed(folder).arg("serve"))
    }

    fn start(serve: &mut Command) -> Self {
        let product = serve.stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0).spawn().unwrap();
        let mut product = Self { process: product, address: String::new() };
        let mut said = BufReader::new(product.process.stdout.as_mut().unwrap());
        let mut line = String::new();
        product.address = loop {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "the product ended instead of getting ready");
            if let Some((_, address)) = line.trim().split_once("http://localhost:") {
                break format!("127.0.0.1:{address}");
            }
        };
        product
    }

    /// Tells it alone to stop, as a service manager does, and waits.
    fn stop(mut self) {
        signal("TERM", &self.process.id().to_string());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}

#[test]
fn a_ctrl_c_stops_the_product_and_its_database() {
    let folder = Folder::new();
    let mut product = Product::serve(&folder.0);

    // As a terminal does it: to the whole group.
    signal("INT", &format!("-{}", product.process.id()));
    assert!(product.process.wait().unwrap().success());
    assert_shut_down(&folder.0);
}

fn assert_shut_down(folder: &Path) {
    assert!(!folder.join("postgres/data/postmaster.pid").exists(), "the database is still there");
    let log = std::fs::read_to_string(folder.join("postgres/log")).unwrap();
    assert!(log.contains("database system is shut down"), "{log}");
}

/// Asks again until it is so.
async fn until(mut so: impl AsyncFnMut() -> bool) {
    tokio::time::timeout(Duration::from_secs(20), async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn the_database_stops_after_the_requests_in_flight() {
    let folder = Folder::new();
    let product = Product::serve(&folder.0);
    let address = product.address.clone();
    let mut db = Cluster::running(&folder.0).unwrap().connect().await.unwrap();

    // A request that waits for a table until we are done with it.
    #[expect(clippy::disallowed_methods, reason = "nobody leaves here")]
    let mut held = db.begin().await.unwrap();
    sqlx::query("lock table categories in access exclusive mode").execute(&mut *held).await.unwrap();
    let mut request = TcpStream::connect(&address).unwrap();
    request
        .write_all(b"GET /api/v1/categories HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .unwrap();
    until(async || {
        sqlx::query_scalar(
            "select exists (select from pg_locks where relation = 'categories'::regclass and not granted)",
        )
        .fetch_one(&mut *held)
        .await
        .unwrap()
    })
    .await;

    // As a service manager stops the product, once it has begun to.
    let stopped = std::thread::spawn(|| product.stop());
    until(async || TcpStream::connect(&address).is_err()).await;
    held.rollback().await.unwrap();
    let mut answer = String::new();
    request.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    stopped.join().unwrap();
    assert_shut_down(&folder.0);
}

/// Debian's and everybody's user without rights.
const NOBODY: u32 = 65_534;

#[test]
fn root_runs_the_cluster_as_the_user_whose_it_is() {
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return;
    }
    let folder = Folder::new();
    DirBuilder::new().mode(0o700).create(&folder.0).unwrap();
    chown(&folder.0, Some(NOBODY), Some(NOBODY)).unwrap();
    let serve = || Product::start(appointed(&folder.0).arg("serve").uid(NOBODY).gid(NOBODY).current_dir("/"));
    let make_admin = |email: &str| {
        let made = appointed(&folder.0).args(["admin", "create", "--email", email]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
    };

    // Beside the service, and while it is stopped.
    let product = serve();
    make_admin("ada@example.org");
    product.stop();
    make_admin("eve@example.org");

    let mode = std::fs::metadata(&folder.0).unwrap().mode() & 0o777;
    assert_eq!(mode, 0o700, "the folder was opened to others");
    for entry in ["lock", "secret", "postgres", "postgres/log", "postgres/data/PG_VERSION"] {
        assert_eq!(std::fs::metadata(folder.0.join(entry)).unwrap().uid(), NOBODY, "{entry}");
    }
    serve().stop();
}

#[tokio::test]
async fn root_makes_a_new_cluster_in_the_folder_of_another_user_for_that_user() {
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return;
    }
    let folder = Folder::new();
    DirBuilder::new().mode(0o700).create(&folder.0).unwrap();
    chown(&folder.0, Some(NOBODY), Some(NOBODY)).unwrap();
    Cluster::start(&folder.0, QUICK).await.unwrap().stop().await.unwrap();
    for entry in ["lock", "postgres", "postgres/log", "postgres/data/PG_VERSION"] {
        assert_eq!(std::fs::metadata(folder.0.join(entry)).unwrap().uid(), NOBODY, "{entry}");
    }
}

/// The user could otherwise have any file emptied and given to it.
#[tokio::test]
async fn root_gives_the_clusters_user_no_file_of_roots() {
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return;
    }
    let (folder, roots) = (Folder::new(), Folder::new());
    DirBuilder::new().mode(0o700).create(&roots.0).unwrap();
    let treasure = roots.0.join("treasure");
    std::fs::write(&treasure, "root's").unwrap();
    DirBuilder::new().mode(0o700).create(&folder.0).unwrap();
    chown(&folder.0, Some(NOBODY), Some(NOBODY)).unwrap();
    Cluster::start(&folder.0, QUICK).await.unwrap().stop().await.unwrap();

    for entry in ["lock", "postgres/log"] {
        for put in [symlink, std::fs::hard_link] as [fn(PathBuf, PathBuf) -> std::io::Result<()>; 2] {
            let entry = folder.0.join(entry);
            std::fs::remove_file(&entry).unwrap();
            put(treasure.clone(), entry.clone()).unwrap();
            let refused = Cluster::start(&folder.0, QUICK).await.unwrap_err();
            assert!(refused.to_string().contains(entry.to_str().unwrap()), "{refused}");
            assert!(matches!(refused, ClusterError::Foreign(_)), "{refused:?}");
            assert_eq!(std::fs::read_to_string(&treasure).unwrap(), "root's");
            assert_eq!(std::fs::metadata(&treasure).unwrap().uid(), 0);
        }
        std::fs::remove_file(folder.0.join(entry)).unwrap();
        Cluster::start(&folder.0, QUICK).await.unwrap().stop().await.unwrap();
    }
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
