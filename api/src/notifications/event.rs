//! A booking as an event for calendars, after RFC 5545 and 5546.

use super::Recipient;
use super::booking_facts::Facts;
use icalendar::{Component, Event, EventLike, EventStatus, Property};
use integrations::mail::{Calendar, Method};
use time::OffsetDateTime;

/// The event for its recipient's calendar, to be shown or struck.
///
/// All mails about a booking name the same event, and its sequence tells calendars which is the latest. `host` makes
/// the name unique in the world; `sender` is the address that stands in as organizer, for people's own addresses are
/// not given away; `url` is where the recipient finds the booking.
pub(super) fn calendar(
    method: Method,
    facts: &Facts,
    recipient: Recipient,
    host: &str,
    sender: &str,
    url: &str,
) -> Calendar {
    let (status, transparency) = match method {
        Method::Publish => (EventStatus::Confirmed, "OPAQUE"),
        Method::Cancel => (EventStatus::Cancelled, "TRANSPARENT"),
    };
    let summary = match recipient {
        Recipient::Client => format!("{}, {}", facts.service_name, facts.provider_name),
        Recipient::Provider => format!("{}, {}", facts.client_name, facts.service_name),
    };
    let mut event = Event::with_uid(&format!("{}@{host}", facts.booking_id));
    event
        .add_property("DTSTAMP", utc(facts.updated_at))
        .add_property("DTSTART", utc(facts.start_at))
        .add_property("DTEND", utc(facts.end_at))
        .add_property("SEQUENCE", facts.sequence.to_string())
        .add_property("TRANSP", transparency)
        .append_property(organizer(&facts.provider_name, sender))
        .status(status)
        .summary(&plain(&summary))
        .url(url);
    let place = facts.place();
    if !place.is_empty() {
        event.location(&plain(&place));
    }
    let mut calendar = icalendar::Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Appointed//Bookings//EN"))
        .append_property(("METHOD", method.as_str()))
        .push(event.done());
    Calendar { method, ics: calendar.to_string() }
}

fn organizer(name: &str, sender: &str) -> Property {
    // A parameter knows no escapes: what would end it is left out.
    let name: String = name.chars().filter(|&c| !c.is_control() && c != '"').collect();
    Property::new("ORGANIZER", format!("mailto:{sender}")).add_parameter("CN", &name).done()
}

/// Line feeds are escaped on the way out; other control characters have no place in a calendar.
fn plain(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !c.is_control()).collect()
}

fn utc(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    let (hour, minute, second) = at.to_hms();
    format!("{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", at.year(), u8::from(at.month()), at.day())
}
