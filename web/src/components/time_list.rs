use crate::calendar::in_order;
use crate::format::{bare_time, offset_label, repeats, wall};
use crate::messages::t;
use contract::slots::Slot;
use leptos::prelude::*;
use time::OffsetDateTime;

/// A time in the list, and its seats; none where it was free when the list was opened and is not now.
type Listed = (OffsetDateTime, Option<u32>);

/// A time, and its offset where there is another one like it that day.
type Label = (String, Option<String>);

/// The free times of one day, by part of the day, as even buttons. A time that somebody takes meanwhile is crossed out
/// where it stands, so that nothing moves under a finger.
#[component]
pub fn TimeList(
    #[prop(into)] slots: Signal<Vec<Slot>>,
    zone: String,
    /// Whether several people can share a time, so that the seats left matter.
    group: bool,
    on_choose: Callback<Slot>,
) -> impl IntoView {
    let listed = Memo::new(move |before: Option<&Vec<Listed>>| {
        slots.with(|slots| merged(before.map_or(&[], Vec::as_slice), slots))
    });
    let starts =
        Memo::new(move |_| listed.with(|listed| listed.iter().map(|(start, _)| *start).collect::<Vec<_>>()));
    (move || parts(&starts.get(), &zone, |start, label| button(listed, start, label, group, on_choose)))
        .into_any()
}

/// What is free now, and what was.
fn merged(before: &[Listed], slots: &[Slot]) -> Vec<Listed> {
    let free = slots.iter().map(|slot| (slot.start_at, Some(slot.seats_left)));
    let gone = before.iter().filter(|(start, _)| slots.iter().all(|slot| slot.start_at != *start));
    in_order(free.chain(gone.map(|(start, _)| (*start, None))), |(start, _)| *start)
}

fn parts(
    starts: &[OffsetDateTime],
    zone: &str,
    button: impl Fn(OffsetDateTime, Label) -> AnyView,
) -> AnyView {
    let words = &t().booking;
    let parts =
        [(words.night, 0..5_u8), (words.morning, 5..12), (words.afternoon, 12..17), (words.evening, 17..24)];
    let shown = starts.iter().map(|start| {
        // When clocks go back an hour happens twice; the offset tells the two apart.
        let offset = repeats(*start, zone).then(|| offset_label(zone, *start));
        (wall(*start, zone).hour(), *start, (bare_time(*start, zone), offset))
    });
    let shown: Vec<_> = shown.collect();
    parts
        .into_iter()
        .filter_map(|(name, hours)| {
            let times: Vec<_> = shown.iter().filter(|(hour, ..)| hours.contains(hour)).collect();
            (!times.is_empty()).then(|| {
                let buttons = times.into_iter().map(|(_, start, label)| button(*start, label.clone()));
                view! {
                    <section class="part-of-day">
                        <h3>{name}</h3>
                        <ul class="times">{buttons.collect_view()}</ul>
                    </section>
                }
            })
        })
        .collect_view()
        .into_any()
}

fn button(
    listed: Memo<Vec<Listed>>,
    start: OffsetDateTime,
    (label, offset): Label,
    group: bool,
    on_choose: Callback<Slot>,
) -> AnyView {
    let seats = Memo::new(move |_| {
        listed.with(|listed| listed.iter().find(|(known, _)| *known == start).and_then(|(_, seats)| *seats))
    });
    let taken = move || seats.get().is_none();
    let note = move || match seats.get() {
        None => Some(view! { " " <span class="hidden">{t().live.no_longer_free}</span> }.into_any()),
        Some(seats) => {
            group.then(|| view! { " " <small>{(t().booking.seats_left)(seats)}</small> }.into_any())
        }
    };
    let choose = move |_| {
        if let Some(seats_left) = seats.get_untracked() {
            on_choose.run(Slot { start_at: start, seats_left });
        }
    };
    view! {
        <li aria-atomic="true">
            <button type="button" class="time" class:gone=taken aria-disabled=move || taken().then_some("true") on:click=choose>
                {label}
                {offset.map(|offset| view! { " " <small>{offset}</small> })}
                {note}
            </button>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::merged;
    use contract::slots::Slot;
    use time::macros::datetime;

    #[test]
    fn a_taken_time_stays_in_its_place_until_it_is_free_again() {
        let slot = |start_at| Slot { start_at, seats_left: 1 };
        let (nine, ten) = (datetime!(2027-03-01 09:00 UTC), datetime!(2027-03-01 10:00 UTC));
        let first = merged(&[], &[slot(nine), slot(ten)]);
        let second = merged(&first, &[slot(ten)]);
        assert_eq!(second, [(nine, None), (ten, Some(1))]);
        assert_eq!(merged(&second, &[slot(nine), slot(ten)]), first);
    }
}
