//! Tickets: what opens a receipt's page for a while without a token, for a browser sends none where it follows a link.

use crate::http::keys::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long a ticket is good: as long as an access token.
const GOOD: Duration = Duration::minutes(15);

/// A ticket for a receipt, from now on.
pub(super) fn issue(keys: &Keys, booking_id: Uuid, number: i64, now: OffsetDateTime) -> String {
    let until = (now + GOOD).unix_timestamp();
    format!("{until}.{}", URL_SAFE_NO_PAD.encode(proof(keys, booking_id, number, until)))
}

/// Whether a ticket opens this receipt now. Takes the same time for every wrong proof.
pub(super) fn opens(keys: &Keys, booking_id: Uuid, number: i64, now: OffsetDateTime, ticket: &str) -> bool {
    let Some((until, given)) = ticket.split_once('.') else { return false };
    let (Ok(until), Ok(given)) = (until.parse::<i64>(), URL_SAFE_NO_PAD.decode(given)) else { return false };
    let expected = proof(keys, booking_id, number, until);
    let same = given.len() == expected.len()
        && given.iter().zip(expected).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0;
    same && now.unix_timestamp() <= until
}

fn proof(keys: &Keys, booking_id: Uuid, number: i64, until: i64) -> [u8; 32] {
    keys.receipt_page(format!("{booking_id}.{number}.{until}").as_bytes())
}
