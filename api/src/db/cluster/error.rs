//! Why the private cluster is not there.

use std::path::PathBuf;
use std::process::ExitStatus;

/// What keeps the private cluster from running, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// There is no PostgreSQL server on this machine.
    #[error(
        "no PostgreSQL server was found on PATH or in /usr/lib/postgresql; install one (on Debian: `apt-get install -y postgresql`) \
         or set DATABASE_URL to a server of yours"
    )]
    Missing,
    /// The server on this machine is older than what we build on.
    #[error(
        "PostgreSQL {0} is too old: 15 or newer is needed; install a newer one or set DATABASE_URL to a server of yours"
    )]
    TooOld(u32),
    /// The data was made by a server that is gone.
    #[error(
        "{} was made by PostgreSQL {wanted}, which is not installed any more; install it (on Debian: `apt-get install -y postgresql-{wanted}`), \
         or move the data with pg_upgrade", data.display()
    )]
    OtherVersion {
        /// The data folder.
        data: PathBuf,
        /// The version that can read it.
        wanted: u32,
    },
    /// PostgreSQL refuses to run as root, and there is nobody else to run it as.
    #[error(
        "PostgreSQL refuses to run as root and there is no user `postgres`; add one (`useradd --system postgres`) or run as another user"
    )]
    NoAccount,
    /// The user that the cluster is to run as may not enter a folder on the way to the data.
    #[error(
        "PostgreSQL is to run as user {user}, who cannot enter {}; set DATA_DIR to a folder within that user's reach, for instance \
         /var/lib/appointed; a service's private folder can be used while the service runs", folder.display()
    )]
    Unreachable {
        /// The user's number.
        user: u32,
        /// The folder.
        folder: PathBuf,
    },
    /// What lies where a file of the cluster's belongs may be another's, who would lose it.
    #[error("{} is a link, or not a file of the cluster's user alone; move it away", .0.display())]
    Foreign(PathBuf),
    /// Another process of ours runs the cluster in this folder.
    #[error("another `appointed` runs on {}; stop it, set another DATA_DIR, or share its database through DATABASE_URL", .0.display())]
    InUse(PathBuf),
    /// `initdb` failed.
    #[error("initdb could not make the cluster: {0}")]
    Initdb(String),
    /// The server ended, as it started or later.
    #[error("PostgreSQL ended ({status}); the last lines of its log:\n{last_words}")]
    Exited {
        /// How it ended.
        status: ExitStatus,
        /// The end of its log.
        last_words: String,
    },
    /// The server ignores the signal to stop.
    #[error("PostgreSQL does not stop")]
    StillRunning,
    /// The operating system refused something.
    #[error("could not {what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The server answered with an error.
    #[error("the private cluster answered: {0}")]
    Database(#[from] sqlx::Error),
}

/// Says what was tried when the operating system refused it.
pub(super) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> ClusterError {
    move |source| ClusterError::Io { what: what.into(), source }
}
