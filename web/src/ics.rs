//! A calendar entry, made in the browser.

use crate::nav::address;
use contract::bookings::Booking;
use contract::services::Location;
use time::{OffsetDateTime, UtcOffset};

/// The booking as an iCalendar file. It is the same entry as in the mails, which name it after the site's host.
pub fn entry(booking: &Booking, place: &str, host: &str, link: &str, now: OffsetDateTime) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Appointed//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@{host}", booking.id),
        format!("DTSTAMP:{}", stamp(now)),
        format!("DTSTART:{}", stamp(booking.start_at)),
        format!("DTEND:{}", stamp(booking.end_at)),
        format!("SUMMARY:{}", escape(&summary(booking))),
        format!("LOCATION:{}", escape(place)),
        format!("URL:{link}"),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| fold(line) + "\r\n").collect()
}

/// Google's page with the entry filled in. The manage link is left out: it would be told to them.
pub fn google(booking: &Booking, place: &str) -> String {
    let dates = format!("{}/{}", stamp(booking.start_at), stamp(booking.end_at));
    let fields =
        [("action", "TEMPLATE"), ("text", &summary(booking)), ("dates", &dates), ("location", place)];
    address("https://calendar.google.com/calendar/render", &fields)
}

/// The same of Outlook.
pub fn outlook(booking: &Booking, place: &str) -> String {
    let (start, end) = (crate::format::utc(booking.start_at), crate::format::utc(booking.end_at));
    let fields = [
        ("path", "/calendar/action/compose"),
        ("rru", "addevent"),
        ("subject", &summary(booking)),
        ("startdt", &start),
        ("enddt", &end),
        ("location", place),
    ];
    address("https://outlook.live.com/calendar/0/deeplink/compose", &fields)
}

/// Where it takes place, in words that fit a calendar.
pub fn place_in_words(booking: &Booking) -> String {
    let detail = &booking.service.location_detail;
    let place = match booking.service.location {
        Location::Provider => booking.provider.address.clone(),
        Location::Customer => booking.address.clone(),
        Location::Phone => booking.client.phone.clone().unwrap_or_default(),
        Location::Online => String::new(),
    };
    [place.as_str(), detail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn summary(booking: &Booking) -> String {
    format!("{} · {}", booking.service.name, booking.provider.name)
}

/// `20261124T090000Z`.
fn stamp(at: OffsetDateTime) -> String {
    let at = at.to_offset(UtcOffset::UTC);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Lines longer than 75 bytes go on after a break and a blank.
fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > 74 {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(letter);
        width += letter.len_utf8();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_at_letters() {
        let folded = fold(&"ä".repeat(60));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), "ä".repeat(60));
    }

    #[test]
    fn special_letters_are_escaped() {
        assert_eq!(escape("Row 1, left; rear"), "Row 1\\, left\\; rear");
    }

    #[test]
    fn instants_are_written_in_utc() {
        let at = time::macros::datetime!(2026-11-24 10:00 +01:00);
        assert_eq!(stamp(at), "20261124T090000Z");
    }
}
