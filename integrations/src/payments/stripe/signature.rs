//! Whether an event was really sent by Stripe: the header `Stripe-Signature` over the raw body.

use crate::payments::{BadEvent, Event};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use time::{Duration, OffsetDateTime};

/// How far the signature's time may be from now.
pub const TOLERANCE: Duration = Duration::minutes(5);

/// Checks the signature and reads the event. While a secret is being replaced there are two; either will do.
///
/// # Errors
/// If the event is not to be believed.
pub fn verify(
    body: &[u8],
    header: &str,
    secrets: &[SecretString],
    now: OffsetDateTime,
    tolerance: Duration,
) -> Result<Event, BadEvent> {
    let (at, signatures) = parse(header).ok_or(BadEvent::Header)?;
    let is_ours =
        |secret: &SecretString| signatures.iter().any(|signature| matches(secret, at, body, signature));
    if !secrets.iter().any(is_ours) {
        return Err(BadEvent::Signature);
    }
    let signed_at = OffsetDateTime::from_unix_timestamp(at).map_err(|_| BadEvent::Time)?;
    if (now - signed_at).abs() > tolerance {
        return Err(BadEvent::Time);
    }
    super::answers::event(body).ok_or(BadEvent::Body)
}

/// The time and every signature of the scheme v1: `t=1492774577,v1=5257…,v0=6ffb…`.
fn parse(header: &str) -> Option<(i64, Vec<Vec<u8>>)> {
    let (mut at, mut signatures) = (None, Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", time) => at = Some(time.parse().ok()?),
            ("v1", signature) => signatures.extend(hex::decode(signature).ok()),
            _ => {}
        }
    }
    Some((at?, signatures)).filter(|(_, signatures)| !signatures.is_empty())
}

/// Compares in constant time.
fn matches(secret: &SecretString, at: i64, body: &[u8], signature: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return false };
    mac.update(at.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(signature).is_ok()
}
