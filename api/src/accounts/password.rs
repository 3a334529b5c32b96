//! Passwords: Argon2id, off the async threads and a few at a time.

use crate::http::{ApiError, ApiResult};
use crate::turns::Turns;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;

/// How many hashes the process computes at once: each takes 19 MiB and a core.
static TURNS: Turns = Turns::new(4);

/// Stands in for the hash of an account that does not exist, so that looking for one takes as long as finding it.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| compute("nobody has this password").ok());

/// 19 MiB, two passes, one lane: the least that OWASP recommends for Argon2id.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn compute(password: &str) -> Result<String, argon2::password_hash::Error> {
    hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string())
}

/// Hashes a password with a fresh salt.
///
/// # Errors
/// `unavailable` where too many wait already.
pub async fn hash(password: String) -> ApiResult<String> {
    run(move || compute(&password)).await?.map_err(ApiError::internal)
}

/// Whether the password belongs to the hash. Without one the answer is no, after the same time.
pub(super) async fn verify(password: String, hash: Option<String>) -> ApiResult<bool> {
    run(move || {
        let nobody = NOBODY.as_deref();
        let stored = hash.as_deref().or(nobody).and_then(|hash| PasswordHash::new(hash).ok());
        let matches =
            stored.is_some_and(|stored| hasher().verify_password(password.as_bytes(), &stored).is_ok());
        matches && hash.is_some()
    })
    .await
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> ApiResult<T> {
    TURNS.run(work).await?.map_err(ApiError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_opens_to_its_password_only() {
        let stored = hash("correct horse".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("correct horse".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("correct horsf".into(), Some(stored)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        assert!(!verify("nobody has this password".into(), None).await.unwrap());
        assert!(!verify("anything".into(), Some("not a hash".into())).await.unwrap());
    }
}
