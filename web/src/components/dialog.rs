use crate::messages::t;
use leptos::html;
use leptos::prelude::*;

/// A question that wants an answer before anything else: the browser's own modal dialog.
#[component]
pub fn Dialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: Signal<String>,
    open: RwSignal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        if open.get() {
            if !dialog.open() {
                // Refused only for a dialog that is out of the page.
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let heading = id.clone();
    view! {
        <dialog node_ref=element class="dialog" aria-labelledby=heading on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=id>{move || title.get()}</h2>
                <button type="button" class="button quiet icon-only" aria-label=t().common.close on:click=move |_| open.set(false)>
                    {super::Icon::Cross.draw()}
                </button>
            </div>
            {move || open.get().then(|| children())}
        </dialog>
    }
    .into_any()
}
