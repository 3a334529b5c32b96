//! A whole day called off or moved. It is opened rarely, so what is in the dialog comes when it is asked for.

mod ask;
mod cancel;
mod done;
mod relocate;

use super::frame::Own;
use crate::components::{Dialog, Kind, skeleton_lines};
use crate::format::day_heading;
use crate::messages::t;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use time::Date;

/// What the dialog works with.
#[derive(Clone)]
pub(super) struct Whole {
    pub own: Own,
    pub date: Date,
    pub open: RwSignal<bool>,
    /// Something was changed.
    pub changed: RwSignal<bool>,
}

type Body = fn(Whole) -> AnyView;

#[wasm_split(later, fallible, wasm_split_path = leptos::wasm_split)]
fn body() -> Result<Body, SplitLoaderError> {
    Ok(ask::draw)
}

/// The button beside a day, and the dialog behind it.
#[component]
pub fn WholeDay(own: Own, date: Date, on_change: Callback<()>) -> impl IntoView {
    let (open, changed) = (RwSignal::new(false), RwSignal::new(false));
    let draw = RwSignal::new(None::<Result<Body, ()>>);
    let fetch = move || {
        leptos::task::spawn_local(async move {
            draw.try_set(Some(body().await.map_err(|_| ())));
        });
    };
    let show = move |_| {
        if !matches!(draw.get_untracked(), Some(Ok(_))) {
            draw.set(None);
            fetch();
        }
        open.set(true);
    };
    Effect::new(move |_| {
        // The list is fetched anew once the dialog is closed, so that its result stays to be read.
        if !open.get() && changed.get_untracked() {
            changed.set(false);
            on_change.run(());
        }
    });
    let whole = Whole { own, date, open, changed };
    let label = (t().days.button_named)(&day_heading(date));
    view! {
        <button type="button" class="button quiet whole-day" aria-haspopup="dialog" aria-label=label on:click=show>{t().days.button}</button>
        <Dialog id=format!("day-{}", crate::format::iso(date)) title=day_heading(date) open=open>
            {
                let whole = whole.clone();
                move || match draw.get() {
                    None => skeleton_lines(3),
                    Some(Ok(draw)) => draw(whole.clone()),
                    Some(Err(())) => view! {
                        <p role="alert">{t().problems.unreachable}</p>
                        <p class="actions"><crate::components::Button kind=Kind::Primary on_press=Callback::new(move |()| fetch())>{t().common.retry}</crate::components::Button></p>
                    }.into_any(),
                }
            }
        </Dialog>
    }
    .into_any()
}
