//! The line above: which days, how to look at them, and what waits for an answer.

use super::look::is_unpaid;
use super::place::{Room, View, monday};
use super::{Board, grid};
use crate::browser;
use crate::components::{Choice, Icon, date_input};
use crate::format::{
    Named, day_heading, iso, month_title, parse_date, period, weekday_short, zone_city, zone_label_over,
};
use crate::messages::t;
use crate::remote::{Load, Remote};
use contract::bookings::BookingQuery;
use leptos::prelude::*;
use time::{Date, Duration};

/// Draws it.
pub fn draw(board: Board) -> AnyView {
    let text = &t().agenda;
    let place = board.place;
    let arrow = move |icon: Icon, name: &'static str, by: i32| {
        view! { <button type="button" class="button quiet icon-only" aria-label=name disabled=move || !place.goes_by_day() on:click=move |_| place.step(by)>{icon.draw()}</button> }
    };
    let jump = Callback::new(move |text: String| {
        if let Some(date) = parse_date(&text) {
            place.show_date(date);
        }
    });
    let date = Signal::derive(move || iso(place.date.get()));
    let named = |view: View, name: &str| Named { code: view.code().to_owned(), name: name.to_owned() };
    let views = move || {
        let week = if place.room.get() == Room::Desktop { text.week } else { text.three_days };
        let options = vec![
            named(View::Day, text.day),
            named(View::Week, week),
            named(View::Month, text.month),
            named(View::List, text.list),
        ];
        let chosen = Signal::derive(move || place.view.get().code().to_owned());
        let choose = Callback::new(move |code: String| {
            let all = [View::Day, View::Week, View::Month, View::List];
            if let Some(view) = all.into_iter().find(|view| view.code() == code) {
                place.show_view(view);
            }
        });
        view! { <Choice id="view" label=text.views bare=true value=chosen options=options on_choose=choose /> }
    };
    view! {
        <div class="agenda-bar">
            <div class="agenda-when">
                <button type="button" class="button" on:click=move |_| place.show_date(place.today.get_untracked())>{text.today}</button>
                <span class="agenda-arrows">{arrow(Icon::Left, text.previous, -1)}{arrow(Icon::Right, text.next, 1)}</span>
                <h2 aria-live="polite">{move || title(board)}</h2>
                <label class="agenda-jump">
                    <span class="hidden">{text.go_to_date}</span>
                    {Icon::Calendar.draw()}
                    {date_input(None, None, Signal::stored(String::new()), date, jump)}
                </label>
            </div>
            <div class="agenda-how">
                {other_clock(board)}
                {views}
                <button type="button" class="button quiet icon-only agenda-keys" aria-label=text.keys aria-haspopup="dialog"
                    on:click=move |_| board.help.set(true)>{Icon::Keys.draw()}</button>
            </div>
        </div>
        {waiting(board)}
        {strip(board)}
    }
    .into_any()
}

fn title(board: Board) -> String {
    let place = board.place;
    let date = place.date.get();
    match (place.view.get(), place.days().as_slice()) {
        (View::List, _) => list_title(board, date),
        (View::Month, _) => month_title(date.year(), date.month()),
        // The days stand below it.
        (View::Day | View::Week, _) if place.room.get() == Room::Phone => {
            month_title(date.year(), date.month())
        }
        (View::Day, _) | (_, []) => day_heading(date),
        (_, days) => period(days[0], days[days.len() - 1]),
    }
}

/// From when on the list goes, or what of it is shown.
fn list_title(board: Board, date: Date) -> String {
    let text = &t().dashboard;
    match board.place.show.get().as_str() {
        "requests" => text.requests.to_owned(),
        "past" => text.past.to_owned(),
        "cancelled" => text.cancelled.to_owned(),
        // The days stand below it.
        _ if board.place.room.get() == Room::Phone => month_title(date.year(), date.month()),
        _ => format!("{} {}", text.from_day, day_heading(date)),
    }
}

/// Which zone the hours are in, where the person lives in another, and the switch for a second column.
fn other_clock(board: Board) -> AnyView {
    let other = Memo::new(move |_| grid::other_zone(board));
    Effect::new(move |_| board.other.set(other.get().filter(|_| grid::other_shown())));
    let shown = Memo::new(move |_| board.other.with(Option::is_some));
    let hidden = move || matches!(board.place.view.get(), View::List | View::Month);
    let clocks = move |zone: String| {
        let text = &t().agenda;
        let name = (text.own_clock)(&zone_city(&zone));
        let press = move |_| {
            let show = !shown.get_untracked();
            grid::show_other(show);
            board.other.set(show.then(|| zone.clone()));
        };
        view! {
            <div class="agenda-zone" hidden=hidden>
                <span class="muted">{move || (text.zone_note)(&own_clock(board))}</span>
                <button type="button" class="button quiet small" aria-pressed=move || shown.get().to_string() on:click=press>{Icon::Clock.draw()}{name}</button>
            </div>
        }
    };
    (move || other.get().map(clocks)).into_any()
}

/// `Berlin (GMT+1)`, or `Berlin (GMT+1 / GMT+2)` where the days in view have both.
fn own_clock(board: Board) -> String {
    let zone = board.place.zone_name();
    zone_label_over(&zone, &grid::ends(board))
}

/// Requests that nobody has answered yet.
fn waiting(board: Board) -> AnyView {
    let (api, id) = board.own.with_value(|own| (own.api, own.provider.id));
    let query =
        || BookingQuery { status: Some("pending".to_owned()), limit: Some(100), ..BookingQuery::default() };
    let requests = Remote::new(move || {
        // A booking that was answered here is asked about anew.
        board.answered.track();
        api.bookings(id, query())
    });
    // What is remembered from the last time stands at once, so that the days below do not move when the answer comes.
    let name = format!("appointed.requests.{id}");
    let last = browser::recall(&name).and_then(|count| count.parse().ok()).unwrap_or_default();
    let count = Memo::new(move |before: Option<&usize>| match requests.get() {
        Load::Ready(page) => page.items.iter().filter(|it| !is_unpaid(it)).count(),
        Load::Loading => before.copied().unwrap_or(last),
        Load::Failed(_) => 0,
    });
    Effect::new(move |_| browser::remember(&name, &count.get().to_string()));
    let href = board.place.below("?view=list&show=requests");
    (move || {
        (count.get() > 0).then(|| {
            view! { <p class="agenda-waiting"><a href=href.clone()>{Icon::Clock.draw()}{(t().agenda.waiting)(count.get())}<span class="end">{Icon::Right.draw()}</span></a></p> }
        })
    })
    .into_any()
}

/// The days of the week, to go from one to the next by thumb.
fn strip(board: Board) -> AnyView {
    let place = board.place;
    let shown = move || place.view.get() == View::Day && place.room.get() != Room::Desktop;
    let day = move |date: Date| {
        let chosen = move || place.date.get() == date;
        let busy = move || !board.store.within(place.span(date)).is_empty();
        view! {
            <li>
                <button type="button" aria-label=day_heading(date) aria-pressed=move || chosen().to_string()
                    aria-current=move || (place.today.get() == date).then_some("date") class:busy=busy
                    on:click=move |_| place.show_date(date)>
                    <span>{weekday_short(date.weekday())}</span><b>{date.day()}</b>
                </button>
            </li>
        }
    };
    let week = Memo::new(move |_| monday(place.date.get()));
    (move || {
        shown().then(|| {
            let first = week.get();
            view! { <ul class="agenda-strip">{(0..7).map(|on| day(first + Duration::days(on))).collect_view()}</ul> }
        })
    })
    .into_any()
}
