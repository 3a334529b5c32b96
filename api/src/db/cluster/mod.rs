//! The private PostgreSQL cluster: one command on a bare machine needs a database without anybody setting one up.
//!
//! It lives in a folder of its own, listens on a socket in it and on no port, is started as a child and stopped with us.

mod account;
mod error;
mod orphans;
mod programs;

pub use error::ClusterError;

use account::Account;
use error::io;
use programs::Programs;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::fs::{self, File, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::process::Child;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

/// The cluster's superuser and the database that is there from the start.
const NAME: &str = "appointed";
/// After a hard stop PostgreSQL reads its log again before it accepts anybody.
const START: Duration = Duration::from_secs(300);
const STOP: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);
/// What a socket's address can hold, less the name PostgreSQL gives the socket.
const LONGEST_SOCKET_FOLDER: usize = 107 - "/.s.PGSQL.5432".len();

/// How a cluster runs.
#[derive(Debug, Clone, Copy)]
pub struct ClusterOptions {
    /// Whether a commit survives a power cut. Tests do without and are quicker.
    pub durable: bool,
}

impl Default for ClusterOptions {
    fn default() -> Self {
        Self { durable: true }
    }
}

/// A running cluster. Dropping it asks PostgreSQL to stop and does not wait; [`Cluster::stop`] does.
#[derive(Debug)]
pub struct Cluster {
    server: Child,
    programs: Programs,
    sockets: Sockets,
    log: PathBuf,
    // Held as long as we run, and given back by the kernel however we end.
    _lock: File,
}

impl Cluster {
    /// Starts the cluster that lives below `folder`, after making it if need be, and waits until it accepts connections.
    ///
    /// What a killed process of ours left behind is stopped first; its data is kept.
    ///
    /// # Errors
    /// Where PostgreSQL is not installed, the folder is in use, or the server does not start.
    pub async fn start(folder: &Path, options: ClusterOptions) -> Result<Self, ClusterError> {
        fs::create_dir_all(folder).map_err(io(format!("make {}", folder.display())))?;
        let folder = fs::canonicalize(folder).map_err(io(format!("find {}", folder.display())))?;
        let home = folder.join("postgres");
        let account = Account::for_server(&home)?;
        let lock = lock(&folder, account.as_ref()).await?;
        if let Some(account) = &account {
            account.open_way_to(&folder)?;
        }
        if !home.exists() {
            account::make_private(&home, account.as_ref())?;
        }

        let data = home.join("data");
        let programs = Programs::find(&data, account).await?;
        orphans::stop(&data, &programs).await?;
        if !data.join("PG_VERSION").exists() {
            initialise(&home, &data, options, &programs).await?;
        }

        let sockets = Sockets::beside(&home, programs.account())?;
        let log = home.join("log");
        let server = spawn(&data, &sockets.folder, &log, options, &programs)?;
        let mut cluster = Self { server, programs, sockets, log, _lock: lock };
        cluster.wait_until_accepting().await?;
        cluster.create_database().await?;
        Ok(cluster)
    }

    /// How to connect to the cluster's database.
    #[must_use]
    pub fn options(&self) -> PgConnectOptions {
        through(&self.sockets.folder)
    }

    /// How to connect to the database of the cluster below `folder` that another process runs, where one does.
    #[must_use]
    pub fn running(folder: &Path) -> Option<PgConnectOptions> {
        let note = fs::read_to_string(folder.join("postgres/data/postmaster.pid")).ok()?;
        // PostgreSQL notes the folder of its socket in the fifth line.
        note.lines().nth(4).filter(|sockets| !sockets.is_empty()).map(|sockets| through(Path::new(sockets)))
    }

    /// The same as an address, for other programs.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://{NAME}@localhost/{NAME}?host={}", percent_encoded(&self.sockets.folder))
    }

    /// Ends all sessions and stops the server; what was committed is on the disk.
    ///
    /// # Errors
    /// Where the server does not stop in time.
    pub async fn stop(mut self) -> Result<(), ClusterError> {
        self.signal("INT");
        if timeout(STOP, self.server.wait()).await.is_err() {
            self.signal("QUIT");
            timeout(STOP, self.server.wait())
                .await
                .map_err(|_| ClusterError::StillRunning)?
                .map_err(io("wait for PostgreSQL"))?;
        }
        Ok(())
    }

    /// Waits until the server has ended by itself or by another hand, and tells why.
    pub async fn ended(&mut self) -> ClusterError {
        match self.server.wait().await {
            Ok(status) => exited(status, &self.log),
            Err(error) => io("watch PostgreSQL")(error),
        }
    }

    fn signal(&self, name: &str) {
        if let Some(process) = self.server.id() {
            self.programs.signal(name, process);
        }
    }

    async fn wait_until_accepting(&mut self) -> Result<(), ClusterError> {
        let options = self.options().database("postgres");
        let deadline = Instant::now() + START;
        loop {
            if let Some(status) = self.server.try_wait().map_err(io("watch PostgreSQL"))? {
                return Err(exited(status, &self.log));
            }
            match options.connect().await {
                Ok(connection) => return Ok(connection.close().await?),
                Err(error) if Instant::now() > deadline => return Err(error.into()),
                Err(_) => sleep(POLL).await,
            }
        }
    }

    async fn create_database(&self) -> Result<(), ClusterError> {
        let mut connection = self.options().database("postgres").connect().await?;
        let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(NAME)
            .fetch_one(&mut connection)
            .await?;
        if !exists {
            sqlx::query(AssertSqlSafe(format!("create database {NAME}"))).execute(&mut connection).await?;
        }
        Ok(connection.close().await?)
    }
}

fn through(sockets: &Path) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(sockets)
        .port(5432)
        .username(NAME)
        .database(NAME)
        .ssl_mode(PgSslMode::Disable)
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.signal("INT");
    }
}

/// The folder the server's socket lies in. A fresh one for each start: what lies in an old one means nothing any more.
#[derive(Debug)]
struct Sockets {
    folder: PathBuf,
}

impl Sockets {
    /// Beside the data, unless its path is too long for a socket's address.
    fn beside(home: &Path, account: Option<&Account>) -> Result<Self, ClusterError> {
        let mut folder = home.join("socket");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(io(format!("remove {}", folder.display())))?;
        }
        if folder.as_os_str().len() > LONGEST_SOCKET_FOLDER {
            folder = std::env::temp_dir().join(format!("appointed-{}", Uuid::now_v7().simple()));
        }
        account::make_private(&folder, account)?;
        Ok(Self { folder })
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Opens a file to write, as it is, after making it if need be. It is the server's user's, who may run the cluster without us
/// the next time. No link is followed: it could lead to a file that this user may not write, but we may.
fn open(path: &Path, account: Option<&Account>) -> Result<File, ClusterError> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false).custom_flags(libc::O_NOFOLLOW | libc::O_CLOEXEC);
    let file = options.open(path).map_err(|error| match error.raw_os_error() {
        Some(libc::ELOOP) => ClusterError::Foreign(path.to_owned()),
        _ => io(format!("write {}", path.display()))(error),
    })?;
    if let Some(account) = account {
        account.own(path, &file)?;
    }
    Ok(file)
}

/// How often the lock is tried, a twentieth of a second apart.
const LOCK_TRIES: u32 = 20;

/// Makes this process the only one in the folder. A process that ends, and one that was forked meanwhile and is about to
/// become another program, hold on to the lock for a moment.
async fn lock(folder: &Path, account: Option<&Account>) -> Result<File, ClusterError> {
    let path = folder.join("lock");
    let file = open(&path, account)?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(TryLockError::Error(error)) => return Err(io(format!("lock {}", path.display()))(error)),
        }
    }
    Err(ClusterError::InUse(folder.to_owned()))
}

/// Makes the cluster under another name first, so that being stopped in the middle leaves no half of one.
async fn initialise(
    home: &Path,
    data: &Path,
    options: ClusterOptions,
    programs: &Programs,
) -> Result<(), ClusterError> {
    let unfinished = home.join("data.new");
    for leftover in [data, &unfinished] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).map_err(io(format!("remove {}", leftover.display())))?;
        }
    }
    let mut initdb = programs.command("initdb");
    initdb.arg("--pgdata").arg(&unfinished);
    initdb.args(["--username", NAME, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]);
    if !options.durable {
        initdb.arg("--no-sync");
    }
    let output = initdb.output().await.map_err(io("run initdb"))?;
    if !output.status.success() {
        return Err(ClusterError::Initdb(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    fs::rename(&unfinished, data).map_err(io(format!("name {}", data.display())))
}

fn spawn(
    data: &Path,
    sockets: &Path,
    log: &Path,
    options: ClusterOptions,
    programs: &Programs,
) -> Result<Child, ClusterError> {
    let output = open(log, programs.account())?;
    output.set_len(0).map_err(io("empty the log"))?;
    let errors = output.try_clone().map_err(io("share the log"))?;
    let mut server = programs.command("postgres");
    server.arg("-D").arg(data).arg("-k").arg(sockets);
    for setting in [
        "listen_addresses=",
        "port=5432",
        "max_connections=300",
        "timezone=UTC",
        "log_timezone=UTC",
        "jit=off",
    ] {
        server.args(["-c", setting]);
    }
    if !options.durable {
        for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] {
            server.args(["-c", setting]);
        }
    }
    // A Ctrl-C in the terminal is ours alone: the database outlives the requests in flight.
    server.process_group(0).stdin(Stdio::null()).stdout(output).stderr(errors);
    server.spawn().map_err(io("start PostgreSQL"))
}

fn exited(status: ExitStatus, log: &Path) -> ClusterError {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    ClusterError::Exited { status, last_words: lines[lines.len().saturating_sub(5)..].join("\n") }
}

fn percent_encoded(path: &Path) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(byte);
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .map(|byte| if plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
