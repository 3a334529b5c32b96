//! Free times: the facts from the database, the decision from `domain`, the list on the wire.

mod app;
pub mod facts;
mod free;
pub mod http;
mod listing;
mod reason;

pub use app::{alternatives, around, next_of_provider, next_slots, provider_seen_by, slots_on};
pub use free::{Days, FreeTimes};
pub use reason::reason;

use domain::zone::Zone;
use time::{OffsetDateTime, UtcOffset};

/// An instant with the offset that a zone has then.
#[must_use]
pub fn in_zone(zone: &Zone, at: i64) -> OffsetDateTime {
    let offset = UtcOffset::from_whole_seconds(zone.to_local(at).offset_seconds).unwrap_or(UtcOffset::UTC);
    // RFC 3339 has no seconds in offsets; some zones had them long ago.
    let offset = UtcOffset::from_whole_seconds(offset.whole_seconds() / 60 * 60).unwrap_or(UtcOffset::UTC);
    crate::db::from_seconds(at).to_offset(offset)
}
