use crate::messages::t;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

/// How many dialogs are open: what is below them is not drawn anew meanwhile.
#[derive(Clone, Copy)]
pub struct Dialogs {
    questions: RwSignal<u32>,
    drawers: RwSignal<u32>,
}

impl Dialogs {
    /// None yet.
    pub fn new() -> Self {
        Self { questions: RwSignal::new(0), drawers: RwSignal::new(0) }
    }

    /// The ones of this app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Whether a question is open, reactively.
    pub fn any(self) -> bool {
        self.questions.get() > 0
    }

    /// Whether a question or a drawer is open, reactively. What stands in a drawer, and what is live below it, is drawn anew all
    /// the same; a page as a whole is not.
    pub fn any_or_drawer(self) -> bool {
        self.any() || self.drawers.get() > 0
    }

    /// Counts a drawer for as long as it is there.
    pub(super) fn count_drawer(self) {
        self.drawers.update(|open| *open += 1);
        on_cleanup(move || self.drawers.update(|open| *open = open.saturating_sub(1)));
    }

    /// Counts one from when it is open until it is closed or gone.
    fn count(self, open: RwSignal<bool>) {
        let counted = StoredValue::new(false);
        let count = move |now: bool| {
            if counted.try_get_value().is_some_and(|before| before != now) {
                counted.set_value(now);
                self.questions.update(|open| *open = if now { *open + 1 } else { open.saturating_sub(1) });
            }
        };
        Effect::new(move |_| count(open.get()));
        on_cleanup(move || count(false));
    }
}

/// What a dialog asks may be drawn after it opens. The focus goes there then, not to the cross.
fn begin(dialog: HtmlDialogElement) {
    request_animation_frame(move || {
        let first = dialog.query_selector("input:not([type=hidden]), select, textarea, button, a[href]");
        let focused = document().active_element();
        let astray = focused.is_none_or(|element| {
            !dialog.contains(Some(&element)) || element.class_list().contains("dialog-close")
        });
        let first = first.ok().flatten().filter(|_| astray && dialog.open());
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
    });
}

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
    Dialogs::here().count(open);
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        if open.get() {
            if !dialog.open() {
                // Refused only for a dialog that is out of the page.
                let _ = dialog.show_modal();
                begin(dialog);
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let heading = id.clone();
    // The browser tells of a closing later, when the dialog may be open again.
    let closed = move |_| {
        if element.get_untracked().is_none_or(|dialog| !dialog.open()) {
            open.set(false);
        }
    };
    view! {
        <dialog node_ref=element class="dialog" aria-labelledby=heading on:close=closed>
            <div class="dialog-head">
                <h2 id=id>{move || title.get()}</h2>
            </div>
            {move || open.get().then(|| children())}
            // Last, so that the browser gives the focus to the first field or the first answer.
            <button type="button" class="button quiet icon-only dialog-close" aria-label=t().common.close on:click=move |_| open.set(false)>
                {super::Icon::Cross.draw()}
            </button>
        </dialog>
    }
    .into_any()
}
