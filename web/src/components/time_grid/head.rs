//! The names of the days, and the lane of what takes whole days.

use super::layout::WHOLE_DAY;
use super::{Grid, Ground};
use crate::calendar::Column;
use crate::components::Icon;
use crate::format::{day_heading, weekday_short, zone_city};
use leptos::prelude::*;

/// Stays in view while the hours scroll.
pub fn draw(grid: Grid, other: Signal<Option<String>>) -> AnyView {
    let corner = move || {
        other.get().map(|zone| {
            let own = grid.zone.with_value(|own| zone_city(&own.0));
            view! { <span>{zone_city(&zone)}</span><span>{own}</span> }
        })
    };
    let days =
        move || grid.axis.with(|axis| axis.columns.iter().map(|column| day(grid, column)).collect_view());
    let lane = move || {
        let lanes: Vec<AnyView> =
            grid.axis.with(|axis| axis.columns.iter().map(|column| whole_day(grid, column)).collect());
        lanes.collect_view()
    };
    let needed = Memo::new(move |_| {
        grid.axis.with(|axis| axis.columns.iter().any(|column| has_whole_day(grid, column)))
    });
    view! {
        <div class="tg-head">
            <div class="tg-row">
                <div class="tg-corner" class:two=move || other.with(Option::is_some)>{corner}</div>
                <div class="tg-days">{days}</div>
            </div>
            {move || needed.get().then(|| view! {
                <div class="tg-row tg-lane">
                    <div class="tg-corner" class:two=move || other.with(Option::is_some)><span>{grid.words.all_day}</span></div>
                    <div class="tg-days">{lane}</div>
                </div>
            })}
        </div>
    }
    .into_any()
}

fn day(grid: Grid, column: &Column) -> AnyView {
    let date = column.date;
    let name = day_heading(date);
    let today = Memo::new(move |_| grid.date(grid.now.get().unix_timestamp()) == date);
    view! {
        <div class="tg-day" class:today=move || today.get()>
            <button type="button" class="tg-date" aria-label=(grid.words.open_day)(&name) aria-current=move || today.get().then_some("date")
                on:click=move |_| grid.on_day.run(date)>
                <span>{weekday_short(date.weekday())}</span>
                <b>{date.day()}</b>
            </button>
            <button type="button" class="tg-more" aria-label=(grid.words.more)(&name) aria-haspopup="dialog"
                on:click=move |_| grid.on_more.run(date)>{Icon::More.draw()}</button>
        </div>
    }
    .into_any()
}

fn has_whole_day(grid: Grid, column: &Column) -> bool {
    let away = grid.shades.with(|shades| {
        shades.iter().any(|shade| shade.ground == Ground::Away && shade.time.covers(column.span))
    });
    away || grid.items.with(|items| {
        items.iter().any(|item| item.time.len() >= WHOLE_DAY && item.time.and(column.span).is_some())
    })
}

fn whole_day(grid: Grid, column: &Column) -> AnyView {
    let away = grid.shades.with(|shades| {
        let all =
            shades.iter().filter(|shade| shade.ground == Ground::Away && shade.time.covers(column.span));
        all.map(|shade| view! { <p class="tg-off">{shade.label.clone()}</p> }).collect_view()
    });
    let items = grid.items.with(|items| {
        let all = items.iter().filter(|item| item.time.len() >= WHOLE_DAY);
        all.filter(|item| item.time.and(column.span).is_some())
            .map(|item| {
                let id = item.id;
                view! {
                    <button type="button" class=format!("tg-whole {}", item.class) aria-label=item.label.clone()
                        on:click=move |_| grid.on_open.run(id)>{item.title.clone()}</button>
                }
            })
            .collect_view()
    });
    view! { <div class="tg-whole-day">{away}{items}</div> }.into_any()
}
