//! PostgreSQL's programs on this machine.

use super::account::Account;
use super::error::ClusterError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};
use tokio::process::Command;

const OLDEST: u32 = 15;
/// Where Debian keeps the server, in a folder for each version and off the PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb`, `postgres` and `pg_ctl`, and the user they run as.
#[derive(Debug)]
pub(super) struct Programs {
    folder: PathBuf,
    account: Option<Account>,
}

impl Programs {
    /// The version that made `data`, or else the newest.
    pub async fn find(data: &Path, account: Option<Account>) -> Result<Self, ClusterError> {
        let mut by_version = BTreeMap::new();
        for folder in candidates() {
            if let Some(version) = version(&folder).await {
                by_version.entry(version).or_insert(folder);
            }
        }
        let made_by =
            fs::read_to_string(data.join("PG_VERSION")).ok().and_then(|text| text.trim().parse().ok());
        let folder = if let Some(wanted) = made_by {
            by_version
                .remove(&wanted)
                .ok_or_else(|| ClusterError::OtherVersion { data: data.to_owned(), wanted })?
        } else {
            let (newest, folder) = by_version.pop_last().ok_or(ClusterError::Missing)?;
            if newest < OLDEST {
                return Err(ClusterError::TooOld(newest));
            }
            folder
        };
        Ok(Self { folder, account })
    }

    pub fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    /// One of the programs, to run as the server's user and with nothing of our environment that could mislead it.
    pub fn command(&self, program: &str) -> Command {
        let mut command = std::process::Command::new(self.folder.join(program));
        self.confine(&mut command);
        command.into()
    }

    /// Sends a signal, with PostgreSQL's own tool. There is nothing better to do where that fails.
    pub fn signal(&self, name: &str, process: u32) {
        let mut command = std::process::Command::new(self.folder.join("pg_ctl"));
        self.confine(&mut command);
        let _ = command.args(["kill", name, &process.to_string()]).output();
    }

    fn confine(&self, command: &mut std::process::Command) {
        use std::os::unix::process::CommandExt;
        command.env_clear().env("LC_ALL", "C.UTF-8").env("PATH", env::var_os("PATH").unwrap_or_default());
        if let Some(account) = self.account {
            command.uid(account.user).gid(account.group).current_dir("/");
        }
    }
}

/// Folders that may hold the programs, the likeliest first.
fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    if let Ok(versions) = fs::read_dir(DEBIAN) {
        folders.extend(versions.flatten().map(|version| version.path().join("bin")));
    }
    if let Ok(output) = std::process::Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    folders.retain(|folder| {
        ["initdb", "postgres", "pg_ctl"].iter().all(|program| folder.join(program).is_file())
    });
    folders
}

/// The major version of the server in `folder`.
async fn version(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres")).arg("--version").output().await.ok()?;
    major(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` → 15.
fn major(line: &str) -> Option<u32> {
    let number = line.split_once(") ")?.1;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_the_server_prints() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("nonsense"), None);
    }
}
