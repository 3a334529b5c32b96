//! A coupon: typed, asked about, and kept with what else was typed.

use super::due::Price;
use crate::components::{Button, Field, Kind};
use crate::form::Form;
use crate::format::money;
use crate::messages::till;
use leptos::prelude::*;

/// It unfolds, unless a code was typed before.
pub fn draw(code: RwSignal<String>, form: Form, price: Price) -> AnyView {
    let words = till();
    form.claim("/coupon");
    let typed = move || code.with(|code| code.trim().to_owned());
    // Only what was asked about is right or wrong.
    let asked = Memo::new(move |_| price.applied.with(|applied| *applied == typed()));
    let apply = move |again: bool| {
        let code = untrack(typed);
        if again || price.applied.with_untracked(|applied| *applied != code) {
            form.clear();
            price.applied.set(code);
        }
    };
    let error = Signal::derive(move || {
        let refused = price.refused.get().filter(|_| asked.get());
        refused.or_else(|| form.error_at("/coupon"))
    });
    let good = move || {
        let quote = price.quote.get().filter(|quote| quote.discount_minor > 0 && asked.get())?;
        let remove = Callback::new(move |()| {
            code.set(String::new());
            apply(false);
            crate::browser::focus_soon("coupon".to_owned());
        });
        Some(view! {
            <p class="coupon-good">
                <span>{(words.coupon_good)(&money(quote.discount_minor, &quote.currency))}</span>
                <Button kind=Kind::Quiet on_press=remove>{words.coupon_remove}</Button>
            </p>
        })
    };
    let open = !code.with_untracked(String::is_empty);
    view! {
        <details class="coupon" open=open>
            <summary>{words.coupon_add}</summary>
            // Leaving the field asks as well, so that nobody books at a price that was not said.
            <div class="coupon-field" on:change=move |_| apply(false) on:keydown=move |event| {
                if event.key() == "Enter" && event_target_tag(&event) == "INPUT" {
                    event.prevent_default();
                    apply(true);
                }
            }>
                <Field id="coupon" label=words.coupon value=code error=error optional=true />
                <Button busy=price.busy on_press=Callback::new(move |()| apply(true))>{words.coupon_apply}</Button>
            </div>
            <div role="status">{good}</div>
        </details>
    }
    .into_any()
}

/// What the event happened to; Enter on the button is the button's.
fn event_target_tag(event: &web_sys::KeyboardEvent) -> String {
    use wasm_bindgen::JsCast;
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.map(|element| element.tag_name()).unwrap_or_default()
}
