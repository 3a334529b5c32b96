//! The books on disk, so that demo payments survive a restart.

use crate::books::Books;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The books as they were left; empty where there are none yet.
pub(crate) fn load(file: &Path) -> io::Result<Books> {
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Books::default()),
        Err(error) => Err(error),
    }
}

/// Writes beside and renames, so that a crash leaves the old books or the new ones.
pub(crate) fn save(file: &Path, books: &Books) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = file.with_extension("new");
    // Names and addresses of people are in it.
    let mut private = std::fs::OpenOptions::new();
    private.write(true).create(true).truncate(true).mode(0o600);
    private.open(&beside)?.write_all(&serde_json::to_vec(books).map_err(io::Error::other)?)?;
    std::fs::rename(beside, file)
}
