use super::{item, section};
use crate::calendar::Span;
use crate::components::{Drop, GridWords, Ground, Item, Shade, TimeGrid, status_class};
use crate::format::{now, today};
use contract::bookings::BookingStatus as Status;
use leptos::prelude::*;
use time::{Date, Duration};
use uuid::Uuid;

const ZONE: &str = "Europe/Berlin";
const HOUR: i64 = 3600;

/// Three days with all that can stand in them. What is moved stays where it is put.
#[component]
pub fn Grid() -> impl IntoView {
    let first = today(ZONE);
    let days: Vec<Date> = (0..3).map(|day| first + Duration::days(day)).collect();
    let span = move |day: i64, from: i64, minutes: i64| {
        let from = first.midnight().assume_utc().unix_timestamp() + (day * 24 + from) * HOUR;
        Span::new(from, from + minutes * 60)
    };
    let entry = |number: u128, time: Span, around: i64, status: Status, title: &str, detail: &str| Item {
        id: Uuid::from_u128(number),
        time,
        blocked: Span::new(time.from - around, time.until + around),
        class: status_class(status),
        title: title.to_owned(),
        detail: detail.to_owned(),
        label: format!("{title}, {detail}"),
        movable: status == Status::Confirmed,
        step: 900,
    };
    let items = RwSignal::new(vec![
        entry(1, span(0, 8, 60), 900, Status::Confirmed, "Ada Lovelace", "Consultation"),
        entry(2, span(0, 10, 30), 0, Status::Pending, "Grace Hopper", "Check-up"),
        entry(3, span(1, 9, 120), 0, Status::Confirmed, "Ewa Nowak", "Long session"),
        entry(4, span(1, 10, 90), 0, Status::Completed, "Jo Park", "Side by side"),
        entry(5, span(2, 13, 45), 0, Status::Confirmed, "Mia Rossi", "Consultation"),
    ]);
    let shade = |time, ground, label: &str| Shade { time, ground, label: label.to_owned() };
    let shades = vec![
        shade(span(0, 7, 540), Ground::Open, ""),
        shade(span(1, 7, 540), Ground::Open, ""),
        shade(span(2, 7, 540), Ground::Open, ""),
        shade(span(2, 9, 120), Ground::Away, "Dentist"),
    ];
    let words = GridWords {
        all_day: "All day",
        more: |day| format!("More for {day}"),
        open_day: |day| format!("Show {day}"),
        continues: "continues",
        skipped: "skipped",
        moving: |title, times| format!("{title}: {times}"),
        left: "Left where it was.",
    };
    let put = Callback::new(move |drop: Drop| {
        items.update(|items| {
            for item in items.iter_mut().filter(|item| item.id == drop.id) {
                (item.time, item.blocked) = (drop.to, drop.to);
            }
        });
    });
    section(
        "Time grid",
        item(
            "Days with another zone beside them",
            view! {
                <div class="agenda-grid">
                    <TimeGrid label=Signal::derive(|| "Three days".to_owned()) days=Signal::stored(days) zone=ZONE.to_owned()
                        other_zone=Signal::stored(Some("America/New_York".to_owned())) items=items.into() shades=Signal::stored(shades)
                        now=Signal::stored(now()) words=words drag=RwSignal::new(None) on_open=Callback::new(|_| ()) on_drop=put
                        on_reveal=Callback::new(|_| ()) on_empty=Callback::new(|_| ()) on_day=Callback::new(|_| ())
                        on_more=Callback::new(|_| ()) />
                </div>
            }
            .into_any(),
        ),
    )
}
