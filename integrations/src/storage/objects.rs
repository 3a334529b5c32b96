//! A folder, or a bucket of anything that speaks S3, by object_store.

use super::{Doing, File, FileStore, StorageError, media_type};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutOptions, RetryConfig,
};
use secrecy::{ExposeSecret, SecretString};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;
use url::Url;

/// How long one exchange with a bucket may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long an exchange is tried again: shorter than a request waits for its answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where files are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket.
    Bucket {
        /// Its name.
        name: String,
        /// What all names in it begin with.
        prefix: String,
        /// Where it is, unless it is at Amazon's.
        endpoint: Option<String>,
        /// Its region.
        region: String,
    },
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSetting {
    /// The address.
    #[error("STORAGE_URL must be file:///folder or s3://bucket?endpoint=https://host&region=name: {0}")]
    Url(String),
    /// A bucket without keys.
    #[error("a bucket needs STORAGE_KEY_ID and STORAGE_KEY")]
    Keys,
}

impl Place {
    /// Reads an address.
    ///
    /// # Errors
    /// Where it is none of ours.
    pub fn parse(address: &str) -> Result<Self, BadSetting> {
        let bad = |why: &str| BadSetting::Url(why.to_owned());
        let url = Url::parse(address).map_err(|error| BadSetting::Url(error.to_string()))?;
        match url.scheme() {
            "file" => url.to_file_path().map(Self::Folder).map_err(|()| bad("the folder must be absolute")),
            "s3" => {
                let name = url.host_str().filter(|name| !name.is_empty()).ok_or_else(|| bad("no bucket"))?;
                let (mut endpoint, mut region) = (None, "us-east-1".to_owned());
                for (key, value) in url.query_pairs() {
                    match &*key {
                        "endpoint" if value.starts_with("https://") || value.starts_with("http://") => {
                            endpoint = Some(value.trim_end_matches('/').to_owned());
                        }
                        "endpoint" => return Err(bad("the endpoint must be an http or https address")),
                        "region" => region = value.into_owned(),
                        _ => return Err(bad("only endpoint and region can follow the bucket")),
                    }
                }
                let prefix = url.path().trim_matches('/').to_owned();
                Ok(Self::Bucket { name: name.to_owned(), prefix, endpoint, region })
            }
            _ => Err(bad("unknown scheme")),
        }
    }
}

/// Files in a folder or a bucket.
pub struct Objects(Kind);

enum Kind {
    Folder { path: PathBuf, opened: OnceCell<LocalFileSystem> },
    Bucket { bucket: AmazonS3, prefix: String },
}

impl Objects {
    /// The storage at a place. Nothing is asked of it yet, and a folder is made when the first file is put there.
    ///
    /// # Errors
    /// Where a bucket has no keys, or its address cannot be used.
    pub fn open(place: Place, keys: Option<(&SecretString, &SecretString)>) -> Result<Self, BadSetting> {
        let (name, prefix, endpoint, region) = match place {
            Place::Folder(folder) => {
                return Ok(Self(Kind::Folder { path: folder, opened: OnceCell::new() }));
            }
            Place::Bucket { name, prefix, endpoint, region } => (name, prefix, endpoint, region),
        };
        let (id, key) = keys.ok_or(BadSetting::Keys)?;
        let plain = endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(name)
            .with_region(region)
            .with_access_key_id(id.expose_secret())
            .with_secret_access_key(key.expose_secret())
            // Not everything that speaks S3 knows how to delete many at once.
            .with_disable_bulk_delete(true)
            .with_retry(retry)
            .with_client_options(ClientOptions::new().with_timeout(TIMEOUT).with_allow_http(plain));
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let bucket = builder.build().map_err(|error| BadSetting::Url(error.to_string()))?;
        Ok(Self(Kind::Bucket { bucket, prefix }))
    }

    /// The store and the path of a name in it. A folder is made once, for the first file that this process puts there: one
    /// that is missing later, or when something is to be read, is a disk that is not mounted, and no empty storage.
    async fn at(&self, name: &str, may_make: bool) -> Result<(Arc<dyn ObjectStore>, Path), StorageError> {
        match &self.0 {
            Kind::Folder { path, opened } => {
                let make = may_make && !opened.initialized();
                let folder = path.clone();
                off_thread(move || look_for(&folder, make)).await?;
                let store = opened
                    .get_or_try_init(|| {
                        let folder = path.clone();
                        off_thread(move || {
                            let store = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
                            Ok(store.with_automatic_cleanup(true))
                        })
                    })
                    .await?;
                Ok((Arc::new(store.clone()), Path::from(name)))
            }
            Kind::Bucket { bucket, prefix } => {
                Ok((Arc::new(bucket.clone()), Path::from(format!("{prefix}/{name}"))))
            }
        }
    }

    /// What goes along with a file. Folders know its type from its name.
    fn options(&self, media_type: &'static str) -> PutOptions {
        match self.0 {
            Kind::Folder { .. } => PutOptions::default(),
            Kind::Bucket { .. } => Attributes::from_iter([(Attribute::ContentType, media_type)]).into(),
        }
    }
}

impl FileStore for Objects {
    fn put<'a>(&'a self, name: &'a str, file: File) -> Doing<'a, ()> {
        Box::pin(async move {
            let (store, path) = self.at(name, true).await?;
            let options = self.options(file.media_type);
            store.put_opts(&path, file.content.into(), options).await.map(drop).map_err(failed)
        })
    }

    fn get<'a>(&'a self, name: &'a str) -> Doing<'a, Option<File>> {
        Box::pin(async move {
            let (store, path) = self.at(name, false).await?;
            match store.get(&path).await {
                Ok(found) => {
                    let content = found.bytes().await.map_err(failed)?.to_vec();
                    Ok(Some(File { media_type: media_type(name), content }))
                }
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(failed(error)),
            }
        })
    }

    fn delete<'a>(&'a self, name: &'a str) -> Doing<'a, ()> {
        Box::pin(async move {
            let (store, path) = self.at(name, false).await?;
            match store.delete(&path).await {
                Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(failed(error)),
            }
        })
    }
}

/// Finds the folder, or makes it.
fn look_for(folder: &std::path::Path, make: bool) -> Result<(), StorageError> {
    let missing = |error| StorageError(format!("the folder of the file storage: {error}"));
    if make {
        return std::fs::create_dir_all(folder).map_err(missing);
    }
    std::fs::metadata(folder).map(drop).map_err(missing)
}

/// Disks can be slow.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, StorageError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StorageError(error.to_string()))?
}

fn failed(error: Error) -> StorageError {
    StorageError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folders_or_buckets() {
        assert_eq!(Place::parse("file:///srv/files").unwrap(), Place::Folder("/srv/files".into()));
        let bucket = |prefix: &str, endpoint: Option<&str>, region: &str| Place::Bucket {
            name: "pictures".to_owned(),
            prefix: prefix.to_owned(),
            endpoint: endpoint.map(str::to_owned),
            region: region.to_owned(),
        };
        assert_eq!(Place::parse("s3://pictures").unwrap(), bucket("", None, "us-east-1"));
        assert_eq!(
            Place::parse("s3://pictures/a/b/?endpoint=http://minio:9000/&region=eu").unwrap(),
            bucket("a/b", Some("http://minio:9000"), "eu")
        );
        for address in ["", "srv/files", "ftp://host", "s3://", "s3://b?endpoint=host", "s3://b?key=secret"] {
            assert!(Place::parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn a_bucket_needs_keys() {
        let place = Place::parse("s3://pictures").unwrap();
        assert!(matches!(Objects::open(place, None), Err(BadSetting::Keys)));
    }

    #[tokio::test]
    async fn a_folder_keeps_files_and_forgets_them() {
        let folder = std::env::temp_dir().join(format!("appointed-files-{}", std::process::id()));
        let files = Objects::open(Place::Folder(folder.clone()), None).unwrap();
        assert!(
            files.get("photos/a/640.jpg").await.is_err(),
            "nothing is read from a disk that is not there"
        );
        assert!(files.delete("photos/a/640.jpg").await.is_err() && !folder.exists());
        let file = |content: &[u8]| File { media_type: "image/jpeg", content: content.to_vec() };
        files.put("photos/a/640.jpg", file(b"one")).await.unwrap();
        files.put("photos/a/640.jpg", file(b"two")).await.unwrap();
        assert_eq!(files.get("photos/a/640.jpg").await.unwrap(), Some(file(b"two")));
        files.put("../outside.jpg", file(b"x")).await.unwrap();
        assert!(!folder.with_file_name("outside.jpg").exists(), "a name cannot leave the folder");
        files.delete("../outside.jpg").await.unwrap();
        files.delete("photos/a/640.jpg").await.unwrap();
        files.delete("photos/a/640.jpg").await.unwrap();
        assert_eq!(files.get("photos/a/640.jpg").await.unwrap(), None);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "empty folders go with their last file");
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(files.get("photos/a/640.jpg").await.is_err());
        assert!(files.put("photos/a/640.jpg", file(b"lost")).await.is_err() && !folder.exists());
        // The disk is back.
        std::fs::create_dir(&folder).unwrap();
        files.put("photos/a/640.jpg", file(b"three")).await.unwrap();
        assert_eq!(files.get("photos/a/640.jpg").await.unwrap(), Some(file(b"three")));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
