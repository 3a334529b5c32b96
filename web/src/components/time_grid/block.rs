//! A piece of an item.

use super::layout::Placed;
use super::{Grid, Hold, percent};
use super::{drag, keys};
use leptos::prelude::*;
use uuid::Uuid;

/// The id of an item's first piece on the page, which takes the focus.
pub fn dom_id(id: Uuid) -> String {
    format!("item-{id}")
}

/// Draws one. It stays on the page, with the focus, while it moves within its column.
pub fn draw(grid: Grid, column: usize, id: Uuid, index: usize) -> AnyView {
    let placed = Memo::new(move |before: Option<&Option<Placed>>| {
        let now = grid
            .placed
            .with(|columns| columns.get(column)?.iter().find(|it| it.id == id && it.index == index).cloned());
        // It is about to go.
        now.or_else(|| before.cloned().flatten())
    });
    let item = Memo::new(move |before: Option<&Option<super::Item>>| {
        let now = grid.items.with(|items| items.iter().find(|item| item.id == id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let height = move || grid.axis.with(|axis| axis.height);
    let part = move |read: fn(&Placed) -> i64| placed.with(|it| it.as_ref().map_or(0, read));
    let top = move || percent(part(|it| it.at.from), height());
    let tall = move || percent(part(|it| it.at.len()), height());
    let left = move || percent(part(|it| it.lane as i64), part(|it| it.lanes as i64));
    let wide = move || percent(1, part(|it| it.lanes as i64));
    let first = move || placed.with(|it| it.as_ref().is_some_and(|it| it.first));
    let last = move || placed.with(|it| it.as_ref().is_some_and(|it| it.last));
    let taken = move || grid.drag.with(|drag| drag.as_ref().is_some_and(|drag| drag.id == id));
    let class = move || {
        let length = part(|it| it.at.len());
        let size = match length {
            ..=1200 => "tiny",
            1201..=2100 => "short",
            _ => "",
        };
        let movable = item.with(|item| item.as_ref().is_some_and(|item| item.movable));
        let kind = item.with(|item| item.as_ref().map_or("", |item| item.class));
        format!(
            "tg-block {kind} {size}{}{}{}{}",
            if movable { " movable" } else { "" },
            if first() { " first" } else { "" },
            if last() { " last" } else { "" },
            if taken() { " taken" } else { "" },
        )
    };
    let text = move |read: fn(&super::Item) -> &String| item.with(|item| item.as_ref().map(read).cloned());
    let times = move || item.with(|item| item.as_ref().map(|item| grid.times(item.time)));
    let starts = move || item.with(|item| item.as_ref().map(|item| grid.time(item.time.from)));
    let label = move || {
        let words = text(|item| &item.label);
        if first() { words } else { words.map(|words| format!("{words}, {}", grid.words.continues)) }
    };
    let buffers = move || {
        let buffers = placed.with(|it| it.as_ref().map(|it| it.buffers.clone()).unwrap_or_default());
        let height = height();
        let draw = buffers.into_iter().map(|at| {
            view! { <div class="tg-buffer" aria-hidden="true" style:top=percent(at.from, height) style:height=percent(at.len(), height) style:left=left() style:width=wide()></div> }
        });
        draw.collect_view()
    };
    let grip = move || {
        (last() && item.with(|item| item.as_ref().is_some_and(|item| item.movable))).then(|| {
            view! { <div class="tg-grip" aria-hidden="true" on:pointerdown=move |event| drag::take(grid, id, Hold::Resize, &event)
                on:click=move |_| open(grid, id)></div> }
        })
    };
    view! {
        {buffers}
        <div class=class style:top=top style:height=tall style:left=left style:width=wide
            on:touchmove=move |event| if grid.drag.with_untracked(Option::is_some) { event.prevent_default() }
            on:contextmenu=move |event| if drag::by_touch(grid) { event.prevent_default() }>
            <button type="button" class="tg-item" id=move || first().then(|| dom_id(id)) tabindex=move || (!first()).then_some("-1")
                aria-label=label
                on:pointerdown=move |event| drag::take(grid, id, Hold::Move, &event)
                on:keydown=move |event| keys::on_item(grid, id, &event)
                on:click=move |_| open(grid, id)>
                <b>{move || text(|item| &item.title)}</b>
                <span class="tg-when">{times}</span>
                <span class="tg-start">{starts}</span>
                <span class="tg-what">{move || text(|item| &item.detail)}</span>
            </button>
            {grip}
        </div>
    }
    .into_any()
}

fn open(grid: Grid, id: Uuid) {
    if !grid.dropped.get_value() {
        grid.on_open.run(id);
    }
}
