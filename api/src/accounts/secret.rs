//! Tokens that nobody can guess, of which only the hash is stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 256 bits that open something. It does not print; [`Secret::reveal`] is for the one who may have it.
#[derive(Clone, Copy)]
pub(super) struct Secret([u8; 32]);

impl Secret {
    /// A fresh one.
    pub(super) fn random() -> Self {
        Self(rand::random())
    }

    pub(super) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads what somebody presents; nothing where it cannot be one of ours.
    pub(super) fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// The text that goes into a cookie or link.
    pub(super) fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What is stored. A plain hash is enough: there is nothing to guess among 2²⁵⁶.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_revealed_reads_back() {
        let secret = Secret::random();
        let read = Secret::parse(&secret.reveal()).unwrap();
        assert_eq!(read.bytes(), secret.bytes());
        assert_ne!(&secret.hash(), secret.bytes());
    }

    #[test]
    fn nonsense_is_nothing() {
        for text in ["", "short", "Ω", &"A".repeat(44), &"A".repeat(4000)] {
            assert!(Secret::parse(text).is_none(), "{text}");
        }
    }
}
