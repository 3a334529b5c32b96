//! What a killed process of ours leaves behind: a server that still runs on the data.

use super::error::{ClusterError, io};
use super::programs::Programs;
use super::{POLL, STOP};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use tokio::time::{Instant, sleep};

/// Stops every process of a cluster on `data`. The caller holds the lock, so nobody needs them any more.
///
/// A note of a server that is gone is removed: its process number may belong to somebody else by now.
pub(super) async fn stop(data: &Path, programs: &Programs) -> Result<(), ClusterError> {
    if !Path::new("/proc/self").exists() {
        // Elsewhere than on Linux we cannot look; PostgreSQL then refuses to start and says why.
        return Ok(());
    }
    for signal in ["INT", "QUIT"] {
        let deadline = Instant::now() + STOP;
        let mut running = processes(data);
        if let Some(first) = postmaster(data).filter(|first| running.contains(first)) {
            tracing::warn!("stopping a PostgreSQL that was left running on {}", data.display());
            programs.signal(signal, first);
        }
        while !running.is_empty() && Instant::now() < deadline {
            sleep(POLL).await;
            running = processes(data);
        }
        if running.is_empty() {
            return forget_postmaster(data);
        }
    }
    Err(ClusterError::StillRunning)
}

/// The server's first process, as it noted itself.
fn postmaster(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
}

fn forget_postmaster(data: &Path) -> Result<(), ClusterError> {
    match fs::remove_file(data.join("postmaster.pid")) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(io("remove postmaster.pid")(error)),
        _ => Ok(()),
    }
}

/// PostgreSQL's processes keep to their data folder; that tells them from strangers with a number used before.
fn processes(data: &Path) -> Vec<u32> {
    let (Ok(entries), Ok(data)) = (fs::read_dir("/proc"), fs::canonicalize(data)) else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| fs::read_link(entry.path().join("cwd")).is_ok_and(|place| place == data))
        .filter(|entry| {
            fs::read_to_string(entry.path().join("comm")).is_ok_and(|name| name.trim() == "postgres")
        })
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}
