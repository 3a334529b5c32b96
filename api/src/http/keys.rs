//! Keys for each purpose, derived from the one secret.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{DecodingKey, EncodingKey};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Keys for tokens. They do not print.
pub struct Keys {
    access_encoding: EncodingKey,
    access_decoding: DecodingKey,
    manage_link: [u8; 32],
    refresh: [u8; 32],
    photo_pass: [u8; 32],
    receipt_page: [u8; 32],
}

impl Keys {
    /// Derives the keys from the secret, so that knowing one tells nothing about another.
    #[must_use]
    pub fn derive(secret: &SecretString) -> Self {
        let access = mac(secret.expose_secret().as_bytes(), b"access-token");
        Self {
            access_encoding: EncodingKey::from_secret(&access),
            access_decoding: DecodingKey::from_secret(&access),
            manage_link: mac(secret.expose_secret().as_bytes(), b"manage-link"),
            refresh: mac(secret.expose_secret().as_bytes(), b"refresh-token"),
            photo_pass: mac(secret.expose_secret().as_bytes(), b"photo-pass"),
            receipt_page: mac(secret.expose_secret().as_bytes(), b"receipt-page"),
        }
    }

    /// Signs access tokens.
    #[must_use]
    pub fn access_encoding(&self) -> &EncodingKey {
        &self.access_encoding
    }

    /// Checks access tokens.
    #[must_use]
    pub fn access_decoding(&self) -> &DecodingKey {
        &self.access_decoding
    }

    /// The bytes that prove the right to manage the thing with this name.
    #[must_use]
    pub fn manage_link(&self, of: &[u8]) -> [u8; 32] {
        mac(&self.manage_link, of)
    }

    /// The bytes that open the photo of a page that is not published.
    #[must_use]
    pub fn photo_pass(&self, of: &[u8]) -> [u8; 32] {
        mac(&self.photo_pass, of)
    }

    /// The bytes that open the page of a receipt for a while.
    #[must_use]
    pub fn receipt_page(&self, of: &[u8]) -> [u8; 32] {
        mac(&self.receipt_page, of)
    }

    /// The refresh token that follows this one. Whoever asks twice gets the same; without the key it is as
    /// unguessable as a random one.
    #[must_use]
    pub fn refresh_successor(&self, of: &[u8]) -> [u8; 32] {
        mac(&self.refresh, of)
    }
}

fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so this arm is never taken.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return [0; 32] };
    mac.update(message);
    mac.finalize().into_bytes().into()
}
