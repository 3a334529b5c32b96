//! Manage links: what lets a guest read, move and cancel a booking without an account.

use crate::http::keys::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// The token of a booking's manage link: 256 bits derived from the server's secret, so that nothing is stored and
/// every mail about the booking carries the same link.
#[must_use]
pub fn manage_token(keys: &Keys, booking_id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(keys.manage_link(booking_id.as_bytes()))
}

/// Whether the token is the booking's. Takes the same time for every wrong token.
#[must_use]
pub fn is_valid(keys: &Keys, booking_id: Uuid, token: &str) -> bool {
    let Ok(given) = URL_SAFE_NO_PAD.decode(token) else { return false };
    let expected = keys.manage_link(booking_id.as_bytes());
    given.len() == expected.len()
        && given.iter().zip(expected).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
