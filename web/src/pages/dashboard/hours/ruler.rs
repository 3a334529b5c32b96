//! A day as a bar on a ruler from midnight to midnight: stretches are drawn, moved and resized with a pointer, and
//! each end is a slider for the keyboard.

use super::stretch::{Around, DAY, FINE, Hold, STEP, Stretch, clock, dragged, hold_at, hour_at};
use super::windows::{Row, Rows};
use crate::browser;
use crate::format;
use crate::messages::t;
use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

/// How near an end a pointer must come, in pixels.
const NEAR: f64 = 8.0;
const NEAR_BY_TOUCH: f64 = 22.0;

/// A drag in progress.
#[derive(Clone)]
struct Drag {
    /// Whose stretches change: this day's, or the day's before, where what spills over is resized.
    rows: Rows,
    /// Minutes from the midnight of those stretches to the midnight of this ruler.
    shift: i32,
    /// The stretches as they were.
    day: Vec<(u32, Stretch)>,
    around: Around,
    hold: Hold,
    /// The stretch that changes; a drawn one is made on the first move.
    key: Option<u32>,
    from: i32,
    moved: bool,
}

/// The ruler of one day.
#[component]
pub fn Ruler(
    /// What the day is called.
    #[prop(into)]
    name: String,
    rows: Rows,
    /// The day before, which may spill into this one.
    before: Rows,
    /// The day after, which this one may not run into.
    after: Rows,
    /// What takes the focus when a stretch is removed by key.
    #[prop(into)]
    otherwise: String,
) -> impl IntoView {
    let track = NodeRef::<html::Div>::new();
    let drag = RwSignal::new(None::<Drag>);
    let over = RwSignal::new("");
    let spill = Memo::new(move |_| spilled(before));
    let around = move || Around {
        spill: spill.get(),
        next: after.stretches().iter().map(|(_, stretch)| stretch.start).min().unwrap_or(DAY),
    };
    let place = move |event: &PointerEvent| {
        let rect = track.get_untracked()?.get_bounding_client_rect();
        let minute = (f64::from(event.client_x()) - rect.left()) / rect.width() * f64::from(DAY);
        let near = if event.pointer_type() == "touch" { NEAR_BY_TOUCH } else { NEAR };
        Some((minute as i32, (near / rect.width() * f64::from(DAY)) as i32))
    };
    let take = move |minute: i32, reach: i32| {
        let day = untrack(|| rows.stretches());
        let list: Vec<Stretch> = day.iter().map(|(_, stretch)| *stretch).collect();
        let hold = hold_at(&list, minute, reach);
        let spilled = spill.get_untracked();
        let (rows, shift, day, around, hold) = match hold {
            Hold::Empty(_) | Hold::Start(_) if spilled > 0 && (minute - spilled).abs() <= reach => {
                let day = untrack(|| before.stretches());
                let last = day.iter().position(|(_, stretch)| stretch.end == spilled + DAY)?;
                let next = list.iter().map(|stretch| stretch.start).min().unwrap_or(DAY);
                (before, DAY, day, Around { spill: 0, next }, Hold::End(last))
            }
            Hold::Empty(minute) if minute < spilled => return None,
            hold => (rows, 0, day, untrack(around), hold),
        };
        let key = match hold {
            Hold::Start(index) | Hold::End(index) | Hold::Whole(index, _) => Some(day[index].0),
            Hold::Empty(_) => None,
        };
        Some(Drag { rows, shift, day, around, hold, key, from: minute, moved: false })
    };
    let on_down = move |event: PointerEvent| {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let taken = place(&event).and_then(|(minute, reach)| take(minute, reach));
        if let (Some(taken), Some(track)) = (taken, track.get_untracked()) {
            // A pointer that cannot be captured still works while it stays above the ruler.
            let _ = track.set_pointer_capture(event.pointer_id());
            drag.set(Some(taken));
        }
    };
    let on_move = move |event: PointerEvent| {
        let Some((minute, reach)) = place(&event) else { return };
        let Some(mut now) = drag.get_untracked() else {
            let hold = take(minute, reach).map(|drag| drag.hold);
            return over.set(match hold {
                Some(Hold::Start(_) | Hold::End(_)) => "end",
                Some(Hold::Whole(..)) => "whole",
                Some(Hold::Empty(_)) => "empty",
                None => "",
            });
        };
        if !now.moved && (minute - now.from).abs() * 3 < reach {
            return;
        }
        now.moved = true;
        let list: Vec<Stretch> = now.day.iter().map(|(_, stretch)| *stretch).collect();
        let step = if event.shift_key() || event.alt_key() { FINE } else { STEP };
        match (dragged(&list, now.around, now.hold, minute + now.shift, step), now.key) {
            (Some(stretch), Some(key)) => now.rows.put(key, stretch),
            (Some(stretch), None) => now.key = Some(now.rows.insert(stretch)),
            (None, Some(key)) => {
                now.rows.remove(key);
                now.key = None;
            }
            (None, None) => {}
        }
        drag.set(Some(now));
    };
    let on_up = move |_| {
        let Some(done) = drag.get_untracked() else { return };
        drag.set(None);
        if let (Hold::Empty(minute), false) = (done.hold, done.moved) {
            let list: Vec<Stretch> = done.day.iter().map(|(_, stretch)| *stretch).collect();
            if let Some(stretch) = hour_at(&list, done.around, minute) {
                rows.insert(stretch);
            }
        }
    };
    // The browser took the pointer, for scrolling perhaps: everything is as before.
    let on_cancel = move |_| {
        let Some(given_up) = drag.get_untracked() else { return };
        drag.set(None);
        match given_up.hold {
            Hold::Empty(_) => given_up.key.into_iter().for_each(|key| rows.remove(key)),
            _ => given_up.day.into_iter().for_each(|(key, stretch)| given_up.rows.put(key, stretch)),
        }
    };
    let held = Memo::new(move |_| drag.with(|drag| drag.as_ref().and_then(|drag| drag.key)));
    let (name, otherwise) = (StoredValue::new(name), StoredValue::new(otherwise));
    let bar = move |index: ReadSignal<usize>, row: Row| {
        view! { <Bar name=name index=index row=row rows=rows around=Signal::derive(around) held=held otherwise=otherwise /> }
    };
    view! {
        <div class="ruler" node_ref=track data-over=move || over.get() class:dragging=move || drag.with(Option::is_some)
            on:pointerdown=on_down on:pointermove=on_move on:pointerup=on_up on:pointercancel=on_cancel
            on:pointerleave=move |_| over.set("")>
            {move || (spill.get() > 0).then(|| view! { <span class="spill" style:width=move || share(spill.get())></span> })}
            <ForEnumerate each=move || rows.list() key=|row| row.key children=bar />
        </div>
    }
    .into_any()
}

/// One stretch, a slider at each end.
#[component]
fn Bar(
    name: StoredValue<String>,
    index: ReadSignal<usize>,
    row: Row,
    rows: Rows,
    around: Signal<Around>,
    held: Memo<Option<u32>>,
    otherwise: StoredValue<String>,
) -> impl IntoView {
    let text = &t().hours;
    let key = row.key;
    let stretch = Memo::new(move |before: Option<&Option<Stretch>>| {
        // While a time is being typed the bar stays where it was.
        row.stretch().or(before.copied().flatten())
    });
    let known = Memo::new(move |_| stretch.with(Option::is_some));
    let now = move || stretch.get().unwrap_or(Stretch { start: 0, end: 0 });
    let end = move |is_end: bool| {
        let at = move || if is_end { now().end } else { now().start };
        let label = move || {
            let words = if is_end { text.slide_end } else { text.slide_start };
            name.with_value(|name| words(name, index.get() + 1))
        };
        let on_key = move |event: KeyboardEvent| {
            let fine = event.shift_key() || event.alt_key();
            let (step, at) = (if fine { FINE } else { STEP }, untrack(at));
            let to = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => (at + step - 1).div_euclid(step) * step - step,
                "ArrowRight" | "ArrowUp" => at.div_euclid(step) * step + step,
                "PageDown" => at - 60,
                "PageUp" => at + 60,
                "Home" => -DAY,
                "End" => 2 * DAY,
                "Delete" | "Backspace" => {
                    event.prevent_default();
                    rows.remove(key);
                    return browser::focus_soon(otherwise.get_value());
                }
                _ => return,
            };
            event.prevent_default();
            let day = untrack(|| rows.stretches());
            let Some(place) = day.iter().position(|(other, _)| *other == key) else { return };
            let list: Vec<Stretch> = day.iter().map(|(_, stretch)| *stretch).collect();
            let hold = if is_end { Hold::End(place) } else { Hold::Start(place) };
            // An hour on and an hour back leads to the same place.
            let step = if event.key().starts_with("Page") { FINE } else { step };
            if let Some(stretch) = dragged(&list, around.get_untracked(), hold, to, step) {
                rows.put(key, stretch);
            }
        };
        view! {
            <span role="slider" tabindex="0" class="grip" class:last=is_end style:left=move || share(at().min(DAY))
                aria-label=label aria-valuemin="0" aria-valuemax=2 * DAY aria-valuenow=at aria-valuetext=move || in_words(at())
                on:keydown=on_key></span>
        }
    };
    let tip = move || {
        (held.get() == Some(key)).then(|| {
            let words = move || format!("{} – {}", in_words(now().start), in_words(now().end));
            let middle = move || share((now().start + now().end.min(DAY)) / 2);
            view! { <span class="ruler-tip" aria-hidden="true" style:left=middle>{words}</span> }
        })
    };
    move || {
        known.get().then(|| {
            view! {
                <span class="bar" class:over=move || now().is_overnight() class:held=move || held.get() == Some(key)
                    style:left=move || share(now().start) style:width=move || share(now().end.min(DAY) - now().start)></span>
                {end(false)}
                {end(true)}
                {tip}
            }
        })
    }
}

/// How far the stretches of a day reach into the next, reactively.
fn spilled(rows: Rows) -> i32 {
    rows.stretches().iter().map(|(_, stretch)| stretch.end - DAY).max().unwrap_or(0).max(0)
}

fn said(minutes: i32) -> String {
    format::clock(&clock(minutes))
}

/// A time as it is said.
fn in_words(minutes: i32) -> String {
    match minutes {
        DAY => t().hours.midnight.to_owned(),
        later if later > DAY => (t().hours.next_day)(&said(later)),
        minutes => said(minutes),
    }
}

/// Minutes as a share of the day, to a hundredth of a per cent.
fn share(minutes: i32) -> String {
    format!("{:.2}%", f64::from(minutes) * 100.0 / f64::from(DAY))
}
