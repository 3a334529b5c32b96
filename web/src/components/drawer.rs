use super::Dialogs;
use crate::messages::t;
use leptos::html;
use leptos::prelude::*;

/// What slides in from the side (from below on a phone): the browser's own modal dialog, so that the focus stays
/// inside, Escape closes it, and the focus goes back to where it came from.
#[component]
pub fn Drawer(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Dialogs::here().count_drawer();
    Effect::new(move |_| {
        if let Some(dialog) = element.get().filter(|dialog| !dialog.open()) {
            // Refused only for a dialog that is out of the page.
            let _ = dialog.show_modal();
        }
    });
    // Closing gives the focus back, and tells the page by its event.
    let close = move || {
        if let Some(dialog) = element.get_untracked() {
            dialog.close();
        }
    };
    let press_outside = move |event: web_sys::MouseEvent| {
        use wasm_bindgen::JsCast;
        // The dialog itself is under the pointer only where its content is not: on the backdrop.
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.id() == format!("{id}-drawer")) {
            close();
        }
    };
    view! {
        <dialog node_ref=element class="drawer" id=format!("{id}-drawer") aria-labelledby=id
            on:close=move |_| on_close.run(()) on:click=press_outside>
            <div class="drawer-inner">
                <div class="dialog-head">
                    <h2 id=id tabindex="-1">{move || title.get()}</h2>
                    <button type="button" class="button quiet icon-only" aria-label=t().common.close on:click=move |_| close()>
                        {super::Icon::Cross.draw()}
                    </button>
                </div>
                {children()}
            </div>
        </dialog>
    }
    .into_any()
}
