use super::{item, section};
use crate::components::{DateStrip, DayField, Mark, Marks, MonthGrid, TimeList, first_of};
use crate::format::today;
use crate::messages::gallery_words as words;
use contract::slots::Slot;
use leptos::prelude::*;
use time::{Date, Duration, Time};

/// The month, the days and the times.
#[component]
pub fn Times() -> impl IntoView {
    let zone = "Europe/Berlin";
    let now = today(zone);
    let (month, chosen) = (RwSignal::new(first_of(now)), RwSignal::new(Some(now + Duration::DAY)));
    let marks: Marks = (1..40)
        .filter(|day| day % 4 != 0)
        .map(|day| (now + Duration::days(day), Mark::of(vec![1; (day % 7) as usize].into_iter(), 1)))
        .collect();
    let marks = Signal::derive(move || Some(marks.clone()));
    let today = Signal::derive(move || now);
    let choose = Callback::new(move |day: Date| chosen.set(Some(day)));
    let at = |hour: u8, seats_left: u32| Slot {
        start_at: now.with_time(Time::from_hms(hour, 30, 0).unwrap_or(Time::MIDNIGHT)).assume_utc(),
        seats_left,
    };
    let slots = vec![at(7, 1), at(8, 2), at(9, 6), at(12, 3), at(14, 1), at(17, 2)];
    section(
        words().time,
        view! {
            {item(words().month_grid, view! { <MonthGrid month=month on_month=Callback::new(move |to| month.set(to)) marks=marks chosen=chosen today=today on_choose=choose /> }.into_any())}
            {item(words().time_list, view! { <TimeList slots=slots.clone() zone=zone.to_owned() group=false on_choose=Callback::new(|_| ()) /> }.into_any())}
            {item(words().time_list_group, view! { <TimeList slots=slots zone=zone.to_owned() group=true on_choose=Callback::new(|_| ()) /> }.into_any())}
            {item(words().day_field, view! {
                <DayField id="t-day" label=words().when value=chosen on_choose=Callback::new(move |day| chosen.set(day)) today=today zone=Signal::derive(move || zone.to_owned()) />
            }.into_any())}
            {item(words().date_strip, view! { <DateStrip id="t-strip" label=words().day chosen=chosen today=today on_choose=choose /> }.into_any())}
        }
        .into_any(),
    )
}
