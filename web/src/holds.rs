//! Bookings that wait to be paid, as far as this tab knows of them.
//!
//! A guest's token must survive the way to the payment page and back, which loads the app anew. It is kept in the tab alone:
//! what outlives the tab would show the booking to whoever uses the browser next.

use crate::browser;
use crate::format::now;
use contract::bookings::Booking;
use time::OffsetDateTime;
use uuid::Uuid;

/// What everything begins with that is kept here.
pub const KEPT: &str = "hold.";

/// Stands between the end of the hold, in seconds, and the token, which may be missing.
const BETWEEN: char = ' ';

fn name(id: Uuid) -> String {
    format!("{KEPT}{id}")
}

/// Keeps what leads back to a booking.
pub fn keep(booking: &Booking, token: &str) {
    let until = booking.expires_at.map_or(0, OffsetDateTime::unix_timestamp);
    browser::keep(&name(booking.id), &format!("{until}{BETWEEN}{token}"));
}

/// Keeps a token alone.
pub fn keep_token(id: Uuid, token: &str) {
    browser::keep(&name(id), &format!("0{BETWEEN}{token}"));
}

/// The token of a guest's booking.
pub fn token(id: Uuid) -> Option<String> {
    let kept = browser::kept(&name(id))?;
    kept.split_once(BETWEEN).map(|(_, token)| token.to_owned()).filter(|token| !token.is_empty())
}

/// It waits no longer. Its token stays, for whoever comes back to its page in this tab.
pub fn settle(id: Uuid) {
    match token(id) {
        Some(token) => keep_token(id, &token),
        None => forget(id),
    }
}

/// It is nobody's any more.
pub fn forget(id: Uuid) {
    browser::keep(&name(id), "");
}

/// One that still waits.
pub fn open() -> Option<Uuid> {
    let now = now().unix_timestamp();
    browser::kept_names(KEPT).into_iter().find_map(|name| {
        let kept = browser::kept(&name)?;
        let until: i64 = kept.split_once(BETWEEN)?.0.parse().ok()?;
        (until > now).then(|| name.strip_prefix(KEPT)?.parse().ok()).flatten()
    })
}
