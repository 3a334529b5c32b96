use super::{item, section};
use crate::calendar::Span;
use crate::components::{Drop, GridWords, Ground, Item, Shade, TimeGrid, status_class};
use crate::format::{now, today};
use crate::messages::gallery_words as words;
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
        entry(1, span(0, 8, 60), 900, Status::Confirmed, "Ada Lovelace", words().consultation),
        entry(2, span(0, 10, 30), 0, Status::Pending, "Grace Hopper", words().check_up),
        entry(3, span(1, 9, 120), 0, Status::Confirmed, "Ewa Nowak", words().long_session),
        entry(4, span(1, 10, 90), 0, Status::Completed, "Jo Park", words().side_by_side),
        entry(5, span(2, 13, 45), 0, Status::Confirmed, "Mia Rossi", words().consultation),
    ]);
    let shade = |time, ground, label: &str| Shade { time, ground, label: label.to_owned() };
    let shades = vec![
        shade(span(0, 7, 540), Ground::Open, ""),
        shade(span(1, 7, 540), Ground::Open, ""),
        shade(span(2, 7, 540), Ground::Open, ""),
        shade(span(2, 9, 120), Ground::Away, words().dentist),
    ];
    let of_grid = GridWords {
        all_day: words().all_day,
        more: words().more_for,
        open_day: words().show_day,
        continues: words().continues,
        skipped: words().skipped,
        moving: |title, times| format!("{title}: {times}"),
        left: words().left_where,
    };
    let put = Callback::new(move |drop: Drop| {
        items.update(|items| {
            for item in items.iter_mut().filter(|item| item.id == drop.id) {
                (item.time, item.blocked) = (drop.to, drop.to);
            }
        });
    });
    section(
        words().time_grid,
        item(
            words().days_with_zone,
            view! {
                <div class="agenda-grid">
                    <TimeGrid label=Signal::derive(|| words().three_days.to_owned()) days=Signal::stored(days) zone=ZONE.to_owned()
                        other_zone=Signal::stored(Some("America/New_York".to_owned())) items=items.into() shades=Signal::stored(shades)
                        now=Signal::stored(now()) words=of_grid drag=RwSignal::new(None) on_open=Callback::new(|_| ()) on_drop=put
                        on_reveal=Callback::new(|_| ()) on_empty=Callback::new(|_| ()) on_day=Callback::new(|_| ())
                        on_more=Callback::new(|_| ()) />
                </div>
            }
            .into_any(),
        ),
    )
}
