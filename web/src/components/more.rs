use super::Button;
use crate::browser;
use crate::messages::t;
use leptos::prelude::*;

/// The button that brings the next rows of a list. It goes with the last of them; whoever pressed it goes on at the first of the
/// new rows then.
#[component]
pub fn ShowMore(
    /// Finds the rows in the page, in their order.
    rows: &'static str,
    /// How many are there.
    #[prop(into)]
    shown: Signal<usize>,
    /// Whether there are more.
    #[prop(into)]
    more: Signal<bool>,
    /// Whether they are on their way.
    #[prop(into)]
    busy: Signal<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    let before = StoredValue::new(None::<usize>);
    let press = Callback::new(move |()| {
        before.set_value(Some(shown.get_untracked()));
        on_press.run(());
    });
    Effect::new(move |_| {
        let shown = shown.get();
        if let Some(first_new) = before.get_value().filter(|before| shown > *before) {
            before.set_value(None);
            browser::focus_row_if_lost(rows, first_new);
        }
    });
    let more = Memo::new(move |_| more.get());
    (move || {
        more.get().then(|| {
            view! { <p class="more"><Button busy=busy on_press=press>{t().common.load_more}</Button></p> }
        })
    })
    .into_any()
}
