//! Every word of every mail, in English. Another language is another file with these functions.

mod charges;
mod dispute;
mod moved;
mod payment;
mod refund;
mod rest;

pub(super) use charges::charges;
pub(super) use dispute::dispute;
pub(super) use refund::{
    Sum, after_dispute as refund_after_dispute, charged as refund_charged, failed as refund_failed,
    given as refund_given, late as refund_late, outside as refund_outside, overpaid as refund_overpaid,
    returned as refund_returned,
};
pub(super) use rest::arrived as rest_arrived;

use super::booking_facts::Facts;
use super::letter::{Letter, Link, Row};
use super::{Notice, Recipient, Stretch};
use domain::booking::{CancelledBy, Status};
use domain::zone::{Local, Zone};
use time::OffsetDateTime;

/// Where the mail comes from.
pub(super) fn footer(base_url: &str) -> String {
    format!("Sent by Appointed, {base_url}")
}

/// The way to greet somebody.
///
/// Only what reads as a name is used: anyone can enter another's address together with a "name" of his choice, and
/// it must not become an advertisement sent by us.
fn greeting(name: &str) -> String {
    let reads_as_name = |c: char| c.is_alphabetic() || " '’-".contains(c);
    match name.trim() {
        name if !name.is_empty() && name.chars().count() <= 60 && name.chars().all(reads_as_name) => {
            format!("Hello {name},")
        }
        _ => "Hello,".to_owned(),
    }
}

pub(super) fn verify_email(name: &str, url: &str) -> Letter {
    Letter {
        subject: "Confirm your e-mail address".to_owned(),
        heading: "Confirm your e-mail address".to_owned(),
        paragraphs: vec![greeting(name), "Please confirm that this address is yours.".to_owned()],
        button: Some(Link::new("Confirm address", url)),
        note: "The link works once and for a limited time. If you did not ask for it, ignore this mail."
            .to_owned(),
        ..Letter::default()
    }
}

pub(super) fn reset_password(name: &str, url: &str) -> Letter {
    Letter {
        subject: "Choose a new password".to_owned(),
        heading: "Choose a new password".to_owned(),
        paragraphs: vec![
            greeting(name),
            "Somebody asked for a new password for your account. If it was you, choose one now.".to_owned(),
        ],
        button: Some(Link::new("Choose a new password", url)),
        note: "The link works once and for a limited time. If it was not you, ignore this mail: your password stays \
               as it is."
            .to_owned(),
        ..Letter::default()
    }
}

/// What became of a page: suspended for a reason, or back.
pub(super) fn page(name: &str, page: &str, suspended: Option<&str>, url: &str) -> Letter {
    let (heading, sentence) = match suspended {
        Some(_) => (
            "Your page is suspended",
            format!(
                "We have suspended the page of {page}. Customers no longer see it, and it takes no bookings. Coming \
                 bookings stand: you can still move, cancel and complete them."
            ),
        ),
        None => (
            "Your page is no longer suspended",
            format!("The page of {page} is as it was before we suspended it."),
        ),
    };
    Letter {
        subject: heading.to_owned(),
        heading: heading.to_owned(),
        paragraphs: vec![greeting(name), sentence],
        rows: suspended.map(|reason| Row::new("Reason", reason)).into_iter().collect(),
        button: Some(Link::new("Open the agenda", url)),
        ..Letter::default()
    }
}

/// The links to all coming bookings of an address.
pub(super) fn manage_links(bookings: &[(&Facts, String)]) -> Letter {
    let row = |(facts, url): &(&Facts, String)| {
        let when = long(&facts.client_zone, facts.start_at, facts.end_at);
        Row::new(&facts.provider_name, format!("{}\n{when}", facts.service_name))
            .link("View or change", url.clone())
    };
    Letter {
        subject: "Your booking links".to_owned(),
        heading: "Your coming bookings".to_owned(),
        paragraphs: vec![
            "Here are the links you asked for. Each lets you view, move or cancel a booking, so keep \
                          them to yourself."
                .to_owned(),
        ],
        rows: bookings.iter().map(row).collect(),
        note: "If you did not ask for them, ignore this mail.".to_owned(),
        ..Letter::default()
    }
}

/// A mail about a booking. `url` is where its reader finds it.
pub(super) fn booking(
    notice: Notice,
    recipient: Recipient,
    facts: &Facts,
    was: Option<Stretch>,
    url: &str,
) -> Letter {
    let (subject, heading, sentence) = match recipient {
        Recipient::Client => to_client(notice, facts, was),
        Recipient::Provider => to_provider(notice, facts, was),
    };
    let greeting = match recipient {
        Recipient::Client => greeting(&facts.client_name),
        Recipient::Provider => greeting(&facts.owner_name),
    };
    let button = match (recipient, notice) {
        (Recipient::Client, _) if notice.ends() => "View booking",
        (Recipient::Client, _) => "View, move or cancel",
        (Recipient::Provider, Notice::Requested) => "Answer the request",
        (Recipient::Provider, _) => "Open the agenda",
    };
    let is_coming = matches!(notice, Notice::Booked | Notice::Confirmed | Notice::Moved);
    let note = match recipient {
        Recipient::Client if facts.is_guest && is_coming => {
            "This link is the key to your booking: whoever has it can move or cancel it.".to_owned()
        }
        _ => String::new(),
    };
    Letter {
        subject,
        heading,
        paragraphs: vec![greeting, sentence],
        rows: rows(notice, recipient, facts),
        button: Some(Link::new(button, url)),
        note,
    }
}

/// Subject, heading and first sentence. Subjects name no service: they are read over shoulders.
fn to_client(notice: Notice, facts: &Facts, was: Option<Stretch>) -> (String, String, String) {
    let time = short(&facts.client_zone, facts.start_at);
    let provider = &facts.provider_name;
    let (subject, heading, sentence) = match notice {
        Notice::Requested => (
            format!("Your request for {time}"),
            "We have passed on your request",
            match facts.hold_expires_at {
                Some(until) => format!(
                    "{provider} has until {} to answer. The time is kept for you until then.",
                    short(&facts.client_zone, until)
                ),
                None => format!("{provider} will answer soon. The time is kept for you until then."),
            },
        ),
        Notice::Booked => (
            format!("Your appointment on {time}"),
            "Your appointment is booked",
            format!("{provider} expects you."),
        ),
        Notice::Confirmed => (
            format!("Confirmed: your appointment on {time}"),
            "Your appointment is confirmed",
            format!("{provider} accepted your request."),
        ),
        Notice::Declined => (
            format!("Declined: your request for {time}"),
            "Your request was declined",
            format!("{provider} cannot take you at that time. Other times may suit you both."),
        ),
        Notice::Moved => return moved::to_client(facts, was.as_ref()),
        Notice::Cancelled => (
            format!("Cancelled: your appointment on {time}"),
            "Your appointment is cancelled",
            if facts.cancelled_by == Some(CancelledBy::Client) {
                "You cancelled this appointment. Nothing more is to be done.".to_owned()
            } else {
                format!("{provider} had to cancel this appointment.")
            },
        ),
        Notice::Expired => (
            format!("Not answered: your request for {time}"),
            "Your request was not answered",
            format!("{provider} did not answer in time, so the time is no longer kept for you."),
        ),
        Notice::Unpaid => (
            format!("Not paid: your booking for {time}"),
            "Your payment did not go through",
            format!(
                "The bank let go of the money before it was taken, so the time at {provider} is no longer kept for you. \
                You have paid nothing."
            ),
        ),
        Notice::PaidLate => (
            format!("Paid too late: your booking for {time}"),
            "Your payment came too late",
            format!(
                "The booking at {provider} no longer stood when your payment came. All of your money goes back to you; \
                what your bank has only reserved is let go of."
            ),
        ),
    };
    (subject, heading.to_owned(), sentence)
}

fn to_provider(notice: Notice, facts: &Facts, was: Option<Stretch>) -> (String, String, String) {
    let time = short(&facts.provider_zone, facts.start_at);
    let client = &facts.client_name;
    let (subject, heading, sentence) = match notice {
        Notice::Requested => (
            format!("New request for {time}"),
            "You have a new request",
            match facts.hold_expires_at {
                Some(until) => format!(
                    "{client} asks for an appointment. Answer by {}, or the request expires.",
                    short(&facts.provider_zone, until)
                ),
                None => format!("{client} asks for an appointment."),
            },
        ),
        Notice::Booked => (
            format!("New booking on {time}"),
            "You have a new booking",
            format!("{client} booked an appointment with you."),
        ),
        Notice::Confirmed => (
            format!("Confirmed: booking on {time}"),
            "You confirmed a booking",
            format!("{client} has been told."),
        ),
        Notice::Declined => (
            format!("Declined: request for {time}"),
            "You declined a request",
            format!("{client} has been told. The time is free again."),
        ),
        Notice::Moved => return moved::to_provider(facts, was.as_ref()),
        Notice::Cancelled => (
            format!("Cancelled: booking on {time}"),
            "A booking is cancelled",
            if facts.cancelled_by == Some(CancelledBy::Client) {
                format!("{client} cancelled. The time is free again.")
            } else {
                format!(
                    "You cancelled the appointment of {client}, who has been told. The time is free again."
                )
            },
        ),
        Notice::Expired => (
            format!("Expired: request for {time}"),
            "A request has expired",
            format!("The request of {client} was not answered in time. The time is free again."),
        ),
        Notice::Unpaid => (
            format!("Not paid: booking on {time}"),
            "A payment did not go through",
            format!("The bank of {client} let go of the money before it was taken. The time is free again."),
        ),
        Notice::PaidLate => (
            format!("Paid too late: booking for {time}"),
            "A payment came too late",
            format!("The booking that {client} paid for no longer stood. All of the money goes back."),
        ),
    };
    (subject, heading.to_owned(), sentence)
}

fn rows(notice: Notice, recipient: Recipient, facts: &Facts) -> Vec<Row> {
    let mut rows = vec![Row::new("Service", &facts.service_name)];
    let (own, other) = match recipient {
        Recipient::Client => (&facts.client_zone, Some(&facts.provider_zone)),
        Recipient::Provider => (&facts.provider_zone, None),
    };
    let mut when = long(own, facts.start_at, facts.end_at);
    if let Some(other) = other.filter(|other| shows_other_time(own, other, facts)) {
        when.push_str(&format!("\n{}", long(other, facts.start_at, facts.end_at)));
    }
    rows.push(Row::new("When", when));
    match recipient {
        Recipient::Client => rows.push(Row::new("With", &facts.provider_name)),
        Recipient::Provider => {
            let contact =
                [Some(&facts.client_name), facts.client_email.as_ref(), facts.client_phone.as_ref()];
            let contact: Vec<_> = contact.into_iter().flatten().map(String::as_str).collect();
            rows.push(Row::new("Client", contact.join("\n")));
        }
    }
    let ends = notice.ends();
    if !ends {
        rows.extend(place(recipient, facts));
    }
    if facts.party_size > 1 {
        rows.push(Row::new("Seats", facts.party_size.to_string()));
    }
    if let Some(price) = facts.price.filter(|_| !ends) {
        rows.push(Row::new("Price", price.to_string()));
    }
    match &facts.payment {
        _ if ends => {}
        Some(payment) => rows.extend(payment::rows(recipient, facts, payment)),
        None => rows.extend(facts.rest_online.map(|rest| payment::rest(recipient, facts, rest))),
    }
    if let Some(released) = facts.released.filter(|_| ends) {
        rows.push(payment::released(recipient, released));
    }
    if let Some(charged) = facts.charged.filter(|_| ends) {
        rows.push(payment::charged(recipient, charged));
    }
    if let Some(refund) = facts.refund.filter(|_| ends) {
        rows.push(Row::new("Refund", format!("{refund}\nIt can take the bank up to ten days.")));
    }
    if let Some(withheld) = facts.withheld.filter(|_| ends) {
        rows.push(payment::withheld(recipient, withheld));
    }
    if recipient == Recipient::Provider && !facts.client_notes.is_empty() {
        rows.push(Row::new("Message", &facts.client_notes));
    }
    if notice == Notice::Moved && recipient == Recipient::Client && !facts.move_message.is_empty() {
        rows.push(Row::new("Message", &facts.move_message));
    }
    if ends && !facts.cancel_reason.is_empty() {
        rows.push(Row::new("Reason", &facts.cancel_reason));
    }
    rows
}

/// Where it happens and how to get there. What only confirmed clients may know is kept from a mere request.
fn place(recipient: Recipient, facts: &Facts) -> Option<Row> {
    let detail =
        Some(&facts.location_detail).filter(|detail| !detail.is_empty() && facts.status != Status::Pending);
    let is_link = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    match facts.location.as_str() {
        "online" => Some(match detail {
            Some(url) if is_link(url) => Row::new("Where", "Online").link(url, url),
            Some(text) => Row::new("Where", format!("Online\n{text}")),
            None => Row::new("Where", "Online"),
        }),
        "phone" => {
            let mut text = match (recipient, &facts.client_phone) {
                (Recipient::Client, Some(phone)) => {
                    format!("By phone. {} has your number: {phone}", facts.provider_name)
                }
                (Recipient::Provider, Some(phone)) => format!("By phone: {phone}"),
                (_, None) => "By phone".to_owned(),
            };
            if let Some(detail) = detail {
                text.push_str(&format!("\n{detail}"));
            }
            Some(Row::new("Where", text))
        }
        "customer" => (!facts.client_address.is_empty()).then(|| Row::new("Where", &facts.client_address)),
        _ => {
            let address = facts.provider_address();
            let text = match detail {
                Some(detail) if address.is_empty() => detail.clone(),
                Some(detail) => format!("{address}\n{detail}"),
                None => address,
            };
            let row = (!text.is_empty()).then(|| Row::new("Where", text))?;
            Some(match facts.map_url() {
                Some(url) if recipient == Recipient::Client => row.link("Show on a map", url),
                _ => row,
            })
        }
    }
}

fn shows_other_time(own: &Zone, other: &Zone, facts: &Facts) -> bool {
    let offset = |zone: &Zone| zone.to_local(facts.start_at.unix_timestamp()).offset_seconds;
    offset(own) != offset(other)
}

/// As people say it: `Tue 3 March, 10:00`.
pub(super) fn short(zone: &Zone, at: OffsetDateTime) -> String {
    let local = zone.to_local(at.unix_timestamp());
    let weekday = local.date.weekday().to_string();
    let weekday = weekday.get(..3).unwrap_or_default().to_owned();
    format!("{weekday} {} {}, {}", local.date.day(), local.date.month(), clock(zone, at))
}

/// In full, with the zone: the day, and on a line of its own `10:00–11:00 (Europe/Berlin)`.
fn long(zone: &Zone, start: OffsetDateTime, end: OffsetDateTime) -> String {
    let (from, to) = (zone.to_local(start.unix_timestamp()), zone.to_local(end.unix_timestamp()));
    let day = |local: &Local| {
        let date = local.date;
        format!("{} {} {} {}", date.weekday(), date.day(), date.month(), date.year())
    };
    let times = if from.date == to.date {
        format!("{}\n{}–{}", day(&from), clock(zone, start), clock(zone, end))
    } else {
        format!("{}, {} –\n{}, {}", day(&from), clock(zone, start), day(&to), clock(zone, end))
    };
    format!("{times} ({})", zone.name().replace('_', " "))
}

/// `10:00`, with the offset where the zone's clocks show it twice: `02:00 +01:00`.
fn clock(zone: &Zone, at: OffsetDateTime) -> String {
    let Local { secs_of_day, offset_seconds, .. } = zone.to_local(at.unix_timestamp());
    let shown = |seconds: u32| format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    let time = shown(secs_of_day);
    if !zone.repeats(at.unix_timestamp()) {
        return time;
    }
    let sign = if offset_seconds < 0 { '-' } else { '+' };
    format!("{time} {sign}{}", shown(offset_seconds.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_greeted() {
        for name in ["Ann", "Jean-Luc d’Été", "Мария Иванова", "O'Neill"] {
            assert_eq!(greeting(name), format!("Hello {name},"));
        }
        for name in ["", " ", "WIN $1000", "see http://evil.example", "evil.example", "a\nb", &"a".repeat(61)]
        {
            assert_eq!(greeting(name), "Hello,", "{name:?}");
        }
    }

    #[test]
    fn times_are_written_as_people_say_them() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let start = time::macros::datetime!(2026-03-03 09:00 UTC);
        let (hour, days) = (time::Duration::HOUR, time::Duration::days(3));
        assert_eq!(short(&berlin, start), "Tue 3 March, 10:00");
        assert_eq!(long(&berlin, start, start + hour), "Tuesday 3 March 2026\n10:00–11:00 (Europe/Berlin)");
        let new_york = Zone::parse("America/New_York").unwrap();
        assert_eq!(
            long(&new_york, start, start + days),
            "Tuesday 3 March 2026, 04:00 –\nFriday 6 March 2026, 04:00 (America/New York)"
        );
        let twice = time::macros::datetime!(2027-10-31 01:30 UTC);
        assert_eq!(short(&berlin, twice - hour), "Sun 31 October, 02:30 +02:00");
        assert_eq!(
            long(&berlin, twice, twice + hour),
            "Sunday 31 October 2027\n02:30 +01:00–03:30 (Europe/Berlin)"
        );
    }
}
