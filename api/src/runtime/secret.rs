//! The secret that keys are derived from: the operator's, or one made once and kept.

use super::Result;
use crate::config::Config;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::SecretString;
use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;

/// The configured secret, or the one kept in the data folder.
pub(super) fn of(config: &Config) -> Result<SecretString> {
    if let Some(secret) = &config.secret_key {
        return Ok(secret.clone());
    }
    fs::create_dir_all(&config.data_dir)?;
    let file = config.data_dir.join("secret");
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file) {
        Ok(mut new) => {
            let bytes: [u8; 48] = rand::random();
            new.write_all(STANDARD_NO_PAD.encode(bytes).as_bytes())?;
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(format!("cannot keep a secret in {}: {error}", file.display()).into()),
    }
    let secret = fs::read_to_string(&file)?;
    if secret.len() < 32 {
        return Err(format!("{} is damaged; delete it to have a new one made", file.display()).into());
    }
    Ok(secret.into())
}
