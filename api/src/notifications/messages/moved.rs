//! What a mail says of another time: where it was, where it is, and how long it takes where that is new.

use super::{clock, short};
use crate::notifications::Stretch;
use crate::notifications::booking_facts::Facts;
use domain::booking::Status;
use domain::zone::Zone;

/// What a move changed, as its reader knew it before.
enum News<'a> {
    /// Another length from the same start.
    Length(&'a Stretch),
    /// Another start, and maybe another length.
    Start(Option<&'a Stretch>),
}

fn news<'a>(facts: &Facts, was: Option<&'a Stretch>) -> News<'a> {
    match was {
        Some(was) if was.start_at == facts.start_at && was.end_at != facts.end_at => News::Length(was),
        was => News::Start(was),
    }
}

/// Subject, heading and first sentence for the client.
pub(super) fn to_client(facts: &Facts, was: Option<&Stretch>) -> (String, String, String) {
    let zone = &facts.client_zone;
    let (time, provider) = (short(zone, facts.start_at), &facts.provider_name);
    let is_request = facts.status == Status::Pending;
    let what = if is_request { "request" } else { "appointment" };
    let waits = if is_request { " It still awaits an answer." } else { "" };
    match news(facts, was) {
        News::Length(was) => (
            format!("New end: your {what} {} {time}", if is_request { "for" } else { "on" }),
            format!("Your {what} {}", ends(facts, zone)),
            format!(
                "{}{waits}{} {}",
                if facts.service_before.is_empty() {
                    format!("{provider} changed how long your {what} takes.")
                } else {
                    format!("Your {what} with {provider} was changed.")
                },
                service(facts),
                length(facts, was, zone)
            ),
        ),
        News::Start(was) => {
            let by = if is_request {
                format!("Your request to {provider}")
            } else {
                format!("Your appointment with {provider}")
            };
            let verb = if is_request { "is for" } else { "is on" };
            (
                format!("Moved: your {what} {verb} {time}"),
                format!("Your {what} has a new time"),
                format!(
                    "{by} was {}{}.{waits}{} This is the time now{}:",
                    moved(facts, was),
                    from(was, zone),
                    service(facts),
                    takes(facts, was)
                ),
            )
        }
    }
}

/// The same for the provider.
pub(super) fn to_provider(facts: &Facts, was: Option<&Stretch>) -> (String, String, String) {
    let zone = &facts.provider_zone;
    let (time, client) = (short(zone, facts.start_at), &facts.client_name);
    let is_request = facts.status == Status::Pending;
    let what = if is_request { "request" } else { "appointment" };
    let waits = if is_request { " It still awaits your answer." } else { "" };
    let (subject, heading) = if is_request { ("request", "A request") } else { ("booking", "A booking") };
    match news(facts, was) {
        News::Length(was) => (
            format!("New end: {subject} {} {time}", if is_request { "for" } else { "on" }),
            format!("{heading} {}", ends(facts, zone)),
            format!(
                "The {what} of {client} has another length.{waits}{} {}",
                service(facts),
                length(facts, was, zone)
            ),
        ),
        News::Start(was) => (
            format!("Moved: {subject} {} {time}", if is_request { "for" } else { "is on" }),
            format!("{heading} has a new time"),
            format!(
                "The {what} of {client} was {}{}.{waits}{} This is the time now{}:",
                moved(facts, was),
                from(was, zone),
                service(facts),
                takes(facts, was)
            ),
        ),
    }
}

/// ` It is for Cut and colour now, no longer for Cut.`, where the service is another one.
fn service(facts: &Facts) -> String {
    match facts.service_before.as_str() {
        "" => String::new(),
        before => format!(" It is for {} now, no longer for {before}.", facts.service_name),
    }
}

/// What was done to it: only another service is no move.
fn moved(facts: &Facts, was: Option<&Stretch>) -> &'static str {
    if was.is_none() && !facts.service_before.is_empty() { "changed" } else { "moved" }
}

/// ` from Tue 3 March, 10:00`, where it is known.
fn from(was: Option<&Stretch>, zone: &Zone) -> String {
    was.map(|was| format!(" from {}", short(zone, was.start_at))).unwrap_or_default()
}

/// `, and it takes 45 minutes`, where a move changed that too.
fn takes(facts: &Facts, was: Option<&Stretch>) -> String {
    let takes = facts.end_at - facts.start_at;
    was.filter(|was| was.end_at - was.start_at != takes)
        .map(|_| format!(", and it takes {}", duration(takes)))
        .unwrap_or_default()
}

/// `now ends at 10:45`, with the day where it is another one.
fn ends(facts: &Facts, zone: &Zone) -> String {
    let date = |at: time::OffsetDateTime| zone.to_local(at.unix_timestamp()).date;
    if date(facts.start_at) == date(facts.end_at) {
        format!("now ends at {}", clock(zone, facts.end_at))
    } else {
        format!("now ends on {}", short(zone, facts.end_at))
    }
}

/// `It now takes 45 minutes instead of 1 hour, and ends at 10:45.`
fn length(facts: &Facts, was: &Stretch, zone: &Zone) -> String {
    let (before, after) = (duration(was.end_at - was.start_at), duration(facts.end_at - facts.start_at));
    let ends = ends(facts, zone);
    let ends = ends.trim_start_matches("now ");
    format!("It starts as before, now takes {after} instead of {before}, and {ends}.")
}

/// `1 hour 30 minutes`.
fn duration(length: time::Duration) -> String {
    let count = |number: i64, unit: &str| match number {
        0 => None,
        1 => Some(format!("1 {unit}")),
        _ => Some(format!("{number} {unit}s")),
    };
    let minutes = length.whole_minutes();
    let parts =
        [count(minutes / 1440, "day"), count(minutes / 60 % 24, "hour"), count(minutes % 60, "minute")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::duration;
    use time::Duration;

    #[test]
    fn lengths_are_written_as_people_say_them() {
        for (minutes, words) in
            [(45, "45 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (2881, "2 days 1 minute")]
        {
            assert_eq!(duration(Duration::minutes(minutes)), words);
        }
    }
}
