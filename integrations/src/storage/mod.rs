//! Files that people give us: kept outside the database, under names of ours.

mod objects;

pub use objects::{BadSetting, Objects, Place};

use std::pin::Pin;

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is, as `Content-Type` says it.
    pub media_type: &'static str,
    /// What is in it.
    pub content: Vec<u8>,
}

/// Why a file could not be kept, read or removed. It names no person, so that it may be logged.
#[derive(Debug, thiserror::Error)]
#[error("the file storage failed: {0}")]
pub struct StorageError(String);

/// The end of a call to the storage.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + Send + 'a>>;

/// Keeps files. Names are paths of ours such as `photos/{id}/640.jpg`, whose ending says what the file is.
pub trait FileStore: Send + Sync {
    /// Keeps a file, in place of one of the same name.
    fn put<'a>(&'a self, name: &'a str, file: File) -> Doing<'a, ()>;

    /// The file of this name, if there is one.
    fn get<'a>(&'a self, name: &'a str) -> Doing<'a, Option<File>>;

    /// Removes a file. That there is none is fine.
    fn delete<'a>(&'a self, name: &'a str) -> Doing<'a, ()>;
}

/// What a file is, by the ending of its name.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("jpg") => "image/jpeg",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        _ => "application/octet-stream",
    }
}
