//! Whom the server runs as. PostgreSQL refuses to run as root, so root lends it the user `postgres`.

use super::error::{ClusterError, io};
use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::path::Path;

/// A user that is not us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub user: u32,
    pub group: u32,
}

impl Account {
    /// Whom to run as instead of us; nobody where we are not root.
    pub fn for_server() -> Result<Option<Self>, ClusterError> {
        if !fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").map_err(io("read /etc/passwd"))?;
        Self::named("postgres", &users).map(Some).ok_or(ClusterError::NoAccount)
    }

    fn named(name: &str, users: &str) -> Option<Self> {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2);
        Some(Self { user: ids.next()?.parse().ok()?, group: ids.next()?.parse().ok()? })
    }

    /// Lets this user pass through `folder`, which is ours and absolute, and checks that it may pass through all folders above.
    pub fn open_way_to(&self, folder: &Path) -> Result<(), ClusterError> {
        let mode = fs::metadata(folder).map_err(io(format!("look at {}", folder.display())))?.mode();
        if mode & 0o001 == 0 {
            let passable = Permissions::from_mode(mode | 0o011);
            fs::set_permissions(folder, passable).map_err(io(format!("open {}", folder.display())))?;
        }
        for above in folder.ancestors().skip(1) {
            let entry = fs::metadata(above).map_err(io(format!("look at {}", above.display())))?;
            let needed = match (entry.uid() == self.user, entry.gid() == self.group) {
                (true, _) => 0o100,
                (_, true) => 0o010,
                _ => 0o001,
            };
            if entry.mode() & needed == 0 {
                return Err(ClusterError::Unreachable(above.to_owned()));
            }
        }
        Ok(())
    }
}

/// Makes a folder that only the server may enter. Fails where something is there already.
pub(super) fn make_private(folder: &Path, account: Option<&Account>) -> Result<(), ClusterError> {
    DirBuilder::new().mode(0o700).create(folder).map_err(io(format!("make {}", folder.display())))?;
    if let Some(account) = account {
        chown(folder, Some(account.user), Some(account.group))
            .map_err(io(format!("give {} to the user `postgres`", folder.display())))?;
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
