//! What is opened rarely is no part of the page: it comes when it is asked for.
//!
//! [`later!`] cuts a view out, and [`show`] puts it where it belongs once it is there.

use crate::api::ApiError;
use crate::components::failure;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use std::rc::Rc;

/// A view that comes in a file of its own, together with all of the same group.
///
/// `later!(GROUP: NAME(TYPE) = DRAW)` makes `async fn NAME()`, which fetches the view and gives what draws it. When it is
/// there already, that takes no time.
macro_rules! later {
    ($(#[$doc:meta])* $group:ident: $visible:vis $name:ident($with:ty) = $draw:expr) => {
        $(#[$doc])*
        #[leptos::wasm_split::wasm_split($group, fallible, wasm_split_path = leptos::wasm_split)]
        $visible fn $name() -> Result<fn($with) -> leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
            Ok($draw)
        }
    };
}
pub(crate) use later;

/// Shows the view, its skeleton until it has come, and a way to try again where it cannot be had.
pub fn show<A, F>(fetch: fn() -> F, with: A, skeleton: fn() -> AnyView) -> AnyView
where
    A: Clone + 'static,
    F: Future<Output = Result<fn(A) -> AnyView, SplitLoaderError>> + 'static,
{
    shown(asking(fetch, with), skeleton, |again| failure(ApiError::lost(), Some(again)))
}

/// The same for what a page can do without: where it cannot be had, nothing is said, and it comes once the line is back or the page is shown
/// again.
pub fn show_if_had<A, F>(fetch: fn() -> F, with: A, skeleton: fn() -> AnyView) -> AnyView
where
    A: Clone + 'static,
    F: Future<Output = Result<fn(A) -> AnyView, SplitLoaderError>> + 'static,
{
    shown(asking(fetch, with), skeleton, |again| {
        let online = window_event_listener(ev::online, move |_| again.run(()));
        let shown = window_event_listener(ev::Custom::<ev::Event>::new("visibilitychange"), move |_| {
            if !crate::browser::is_hidden() {
                again.run(());
            }
        });
        on_cleanup(move || {
            online.remove();
            shown.remove();
        });
        ().into_any()
    })
}

/// The same for what stands far down: it comes once the page has come to rest, and is no part of a first visit.
pub fn show_at_rest<A, F>(fetch: fn() -> F, with: A, skeleton: fn() -> AnyView) -> AnyView
where
    A: Clone + Send + 'static,
    F: Future<Output = Result<fn(A) -> AnyView, SplitLoaderError>> + 'static,
{
    let rests = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        crate::browser::sleep(REST).await;
        rests.try_set(true);
    });
    (move || if rests.get() { show(fetch, with.clone(), skeleton) } else { skeleton() }).into_any()
}

/// How long after a page began what may be opened on it is fetched, in milliseconds.
const REST: u32 = 1_500;

type Draw = Rc<dyn Fn() -> AnyView>;
type Ask = Rc<dyn Fn() -> LocalBoxFuture<'static, Result<Draw, SplitLoaderError>>>;

fn asking<A, F>(fetch: fn() -> F, with: A) -> Ask
where
    A: Clone + 'static,
    F: Future<Output = Result<fn(A) -> AnyView, SplitLoaderError>> + 'static,
{
    Rc::new(move || {
        let with = with.clone();
        Box::pin(async move {
            let draw = fetch().await?;
            Ok(Rc::new(move || draw(with.clone())) as Draw)
        })
    })
}

/// `lost` is drawn where it cannot be had, with a way to try again.
fn shown(ask: Ask, skeleton: fn() -> AnyView, lost: fn(Callback<()>) -> AnyView) -> AnyView {
    let part = RwSignal::new_local(None::<Result<Draw, ()>>);
    let ask = StoredValue::new_local(ask);
    let fetch = move || {
        let Some(mut coming) = ask.try_with_value(|ask| ask()) else { return };
        // What is there already is drawn at once: nothing flashes where it is drawn anew.
        if let Some(here) = (&mut coming).now_or_never() {
            part.try_set(Some(here.map_err(drop)));
            return;
        }
        leptos::task::spawn_local(async move {
            part.try_set(Some(coming.await.map_err(drop)));
        });
    };
    fetch();
    let again = Callback::new(move |()| {
        part.set(None);
        fetch();
    });
    (move || match part.get() {
        None => skeleton(),
        Some(Ok(draw)) => draw(),
        Some(Err(())) => lost(again),
    })
    .into_any()
}

/// Fetches a view before anybody asks for it, once the page has come to rest and somebody does something on it. Who only looks
/// loads nothing of it.
pub fn soon<T: 'static>(fetch: impl Future<Output = T> + 'static) {
    leptos::task::spawn_local(async move {
        crate::browser::sleep(REST).await;
        crate::browser::sign_of_life().await;
        // Whoever opens it asks again, and hears of a failure then.
        fetch.await;
    });
}
