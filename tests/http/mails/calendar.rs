//! The attached events, read by a library other than the one that wrote them.

use super::{GUEST, Scene};
use ical::IcalParser;
use ical::parser::ical::component::IcalCalendar;
use integrations::mail::Mail;
use serde_json::json;

struct Event {
    calendar: IcalCalendar,
    text: String,
}

impl Event {
    fn of(mail: &Mail) -> Self {
        let text = mail.calendar.as_ref().unwrap().ics.clone();
        let mut calendars: Vec<_> = IcalParser::new(text.as_bytes()).map(Result::unwrap).collect();
        assert_eq!(calendars.len(), 1);
        let calendar = calendars.remove(0);
        assert_eq!(calendar.events.len(), 1);
        Self { calendar, text }
    }

    fn method(&self) -> &str {
        let method = self.calendar.properties.iter().find(|property| property.name == "METHOD").unwrap();
        method.value.as_deref().unwrap()
    }

    /// A property of the event, which must be there once.
    fn get(&self, name: &str) -> &str {
        let mut found = self.calendar.events[0].properties.iter().filter(|property| property.name == name);
        let value = found.next().unwrap_or_else(|| panic!("{name} is not in {}", self.text));
        assert!(found.next().is_none(), "{name} is there twice");
        value.value.as_deref().unwrap()
    }
}

#[actix_web::test]
async fn an_event_keeps_its_name_through_moves_and_cancellation() {
    let scene = Scene::new().await;
    let booking = scene.book(&json!({})).await;
    let (client, owner) = scene.mails().await;
    let booked = Event::of(&client);
    let uid = format!("{}@appointed.example", booking.id);
    assert_eq!(booked.method(), "PUBLISH");
    for (name, value) in [
        ("UID", uid.as_str()),
        ("SEQUENCE", "0"),
        ("DTSTART", "20260303T090000Z"),
        ("DTEND", "20260303T100000Z"),
        ("STATUS", "CONFIRMED"),
        ("SUMMARY", "Consultation\\, Corner Shop"),
        ("LOCATION", "Main Street 1\\, Berlin"),
        ("ORGANIZER", "mailto:no-reply@localhost"),
    ] {
        assert_eq!(booked.get(name), value, "{name}");
    }
    assert!(booked.get("DTSTAMP").starts_with("20260301T12"));
    assert!(booked.get("URL").starts_with("https://appointed.example/manage/"));
    assert_eq!(Event::of(&owner).get("SUMMARY"), "Ada Lovelace\\, Consultation");
    assert_eq!(Event::of(&owner).get("UID"), uid);

    let answer = scene.as_guest(&booking, "reschedule", &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    let moved = Event::of(&scene.mail(GUEST).await);
    assert_eq!((moved.get("UID"), moved.get("SEQUENCE")), (uid.as_str(), "1"));
    assert_eq!(moved.get("DTSTART"), "20260304T130000Z");

    let booking = contract::bookings::Booking { manage_token: booking.manage_token, ..answer.json(200) };
    assert_eq!(scene.as_guest(&booking, "cancel", &json!({})).await.status, 200);
    let cancelled = Event::of(&scene.mail(GUEST).await);
    assert_eq!((cancelled.method(), cancelled.get("STATUS")), ("CANCEL", "CANCELLED"));
    assert_eq!((cancelled.get("UID"), cancelled.get("SEQUENCE")), (uid.as_str(), "2"));
}

#[actix_web::test]
async fn what_people_type_cannot_break_out_of_the_event() {
    let scene = Scene::new().await;
    scene
        .sql(
            r#"update providers set name = E'A\r\nB\";X=1:\\, Ünïcödé 老虎', address_line = E'1; Road\nATTENDEE:mailto:eve@b.org, \\n',
                city = ''; update services set name = E'Cut; \\ \"wash\", dry\u0085\r\nEND:VEVENT'"#,
        )
        .await;
    scene.book(&json!({})).await;
    let event = Event::of(&scene.mail(GUEST).await);
    assert_eq!(event.get("SUMMARY"), r#"Cut\; \\ "wash"\, dry\nEND:VEVENT\, A\nB"\;X=1:\\\, Ünïcödé 老虎"#);
    assert_eq!(event.get("LOCATION"), r"1\; Road\nATTENDEE:mailto:eve@b.org\, \\n");
    assert_eq!(event.get("ORGANIZER"), "mailto:no-reply@localhost");
    let names: Vec<_> =
        event.calendar.events[0].properties.iter().map(|property| property.name.as_str()).collect();
    assert!(!names.contains(&"ATTENDEE") && !names.contains(&"X"), "{names:?}");
    assert!(event.text.ends_with("END:VCALENDAR\r\n"));
}

#[actix_web::test]
async fn long_lines_are_folded() {
    let scene = Scene::new().await;
    scene.sql(&format!("update providers set address_line = '{}'", "äöü 老虎 road ".repeat(14))).await;
    scene.book(&json!({})).await;
    let text = Event::of(&scene.mail(GUEST).await).text;
    // By hand, for the library trims a space that precedes the fold.
    let unfolded = text.replace("\r\n ", "");
    let expected = format!("\r\nLOCATION:{}\\, Berlin\r\n", "äöü 老虎 road ".repeat(14));
    assert!(unfolded.contains(&expected), "{unfolded}");
    for line in text.split("\r\n") {
        assert!(line.len() <= 76, "{} octets: {line}", line.len());
        assert!(!line.contains('\n'));
    }
}
