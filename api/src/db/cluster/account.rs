//! Whom the server runs as. PostgreSQL refuses to run as root, so root lends it the user whose data it is, or `postgres`.

use super::error::{ClusterError, io};
use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, fchown, lchown};
use std::path::Path;

/// A user that is not us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub user: u32,
    pub group: u32,
}

impl Account {
    /// Whom to run as instead of us; nobody where we are not root.
    ///
    /// What another user made stays that user's: the cluster that lies in `home` already, or else the folder it will lie in.
    pub fn for_server(home: &Path) -> Result<Option<Self>, ClusterError> {
        if !fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            return Ok(None);
        }
        if let Some(owner) = home.ancestors().take(2).find_map(Self::owning) {
            return Ok(Some(owner));
        }
        let users = fs::read_to_string("/etc/passwd").map_err(io("read /etc/passwd"))?;
        Self::named("postgres", &users).map(Some).ok_or(ClusterError::NoAccount)
    }

    /// Whose it is, unless it is root's.
    fn owning(folder: &Path) -> Option<Self> {
        let entry = fs::metadata(folder).ok()?;
        (entry.uid() != 0).then(|| Self { user: entry.uid(), group: entry.gid() })
    }

    fn named(name: &str, users: &str) -> Option<Self> {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2);
        Some(Self { user: ids.next()?.parse().ok()?, group: ids.next()?.parse().ok()? })
    }

    /// Lets this user pass through `folder`, which is absolute, and checks that it may pass through all folders above.
    pub fn open_way_to(&self, folder: &Path) -> Result<(), ClusterError> {
        let entry = fs::metadata(folder).map_err(io(format!("look at {}", folder.display())))?;
        if !self.may_pass(&entry) {
            let passable = Permissions::from_mode(entry.mode() | 0o011);
            fs::set_permissions(folder, passable).map_err(io(format!("open {}", folder.display())))?;
        }
        for above in folder.ancestors().skip(1) {
            let entry = fs::metadata(above).map_err(io(format!("look at {}", above.display())))?;
            if !self.may_pass(&entry) {
                return Err(ClusterError::Unreachable { user: self.user, folder: above.to_owned() });
            }
        }
        Ok(())
    }

    fn may_pass(&self, folder: &Metadata) -> bool {
        let needed = match (folder.uid() == self.user, folder.gid() == self.group) {
            (true, _) => 0o100,
            (_, true) => 0o010,
            _ => 0o001,
        };
        folder.mode() & needed != 0
    }

    /// Makes this user the owner of the file that we have opened at `path`.
    ///
    /// This user may have put there what is not its own. So it gets a plain file alone, which is found nowhere else and was
    /// nobody's but root's or its own; `path` is asked, since a second name could be taken away after the file was opened.
    pub fn own(&self, path: &Path, file: &File) -> Result<(), ClusterError> {
        let opened = file.metadata().map_err(io(format!("look at {}", path.display())))?;
        let entry = fs::symlink_metadata(path).map_err(io(format!("look at {}", path.display())))?;
        let is_same = (entry.dev(), entry.ino()) == (opened.dev(), opened.ino());
        if !(is_same && entry.is_file() && entry.nlink() == 1 && [0, self.user].contains(&entry.uid())) {
            return Err(ClusterError::Foreign(path.to_owned()));
        }
        fchown(file, Some(self.user), Some(self.group)).map_err(io(format!(
            "give {} to user {}",
            path.display(),
            self.user
        )))
    }
}

/// Makes a folder that only the server may enter. Fails where something is there already.
pub(super) fn make_private(folder: &Path, account: Option<&Account>) -> Result<(), ClusterError> {
    DirBuilder::new().mode(0o700).create(folder).map_err(io(format!("make {}", folder.display())))?;
    if let Some(account) = account {
        lchown(folder, Some(account.user), Some(account.group)).map_err(io(format!(
            "give {} to user {}",
            folder.display(),
            account.user
        )))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_by_the_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/sh\npostgres2:x:7:8::/:\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(Account::named("postgres", users), Some(Account { user: 101, group: 104 }));
        assert_eq!(Account::named("post", users), None);
    }
}
