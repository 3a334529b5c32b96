//! The secret that keys are derived from: the operator's, or one made once and kept.

use super::Result;
use crate::config::Config;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::SecretString;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The configured secret, or the one kept in the data folder.
pub(super) fn of(config: &Config) -> Result<SecretString> {
    if let Some(secret) = &config.secret_key {
        return Ok(secret.clone());
    }
    fs::create_dir_all(&config.data_dir)?;
    let file = config.data_dir.join("secret");
    if !file.exists() {
        make(&config.data_dir, &file)
            .map_err(|error| format!("cannot keep a secret in {}: {error}", file.display()))?;
    }
    let secret = fs::read_to_string(&file)?;
    if secret.len() < 32 {
        return Err(format!("{} is damaged; delete it to have a new one made", file.display()).into());
    }
    Ok(secret.into())
}

/// Writes a new secret aside and links it into place whole, so that of two processes one wins and none reads half.
fn make(folder: &Path, file: &Path) -> io::Result<()> {
    let aside = folder.join(format!("secret.{}", std::process::id()));
    let bytes: [u8; 48] = rand::random();
    // What a process of this number left behind, or somebody put there, is no file of ours.
    match fs::remove_file(&aside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut new = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
    new.write_all(STANDARD_NO_PAD.encode(bytes).as_bytes())?;
    new.sync_all()?;
    let linked = fs::hard_link(&aside, file);
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
