use super::icon::Icon;
use crate::messages::t;
use leptos::prelude::*;
use std::time::Duration;

const STAYS: Duration = Duration::from_secs(7);

/// Short notes that something worked, said once and gone.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<(u32, String)>>,
    count: StoredValue<u32>,
}

impl Toasts {
    /// None yet.
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), count: StoredValue::new(0) }
    }

    /// The ones of this app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Says something.
    pub fn say(self, text: impl Into<String>) {
        let id = self.count.get_value() + 1;
        self.count.set_value(id);
        self.list.update(|list| list.push((id, text.into())));
        set_timeout(move || self.drop(id), STAYS);
    }

    fn drop(self, id: u32) {
        self.list.update(|list| list.retain(|(other, _)| *other != id));
    }
}

/// Where the notes appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = Toasts::here();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.list.get() key=|(id, _)| *id let((id, text))>
                <div class="toast">
                    {Icon::Check.draw()}
                    <span>{text}</span>
                    <button type="button" class="button quiet icon-only" aria-label=t().common.close on:click=move |_| toasts.drop(id)>
                        {Icon::Cross.draw()}
                    </button>
                </div>
            </For>
        </div>
    }
    .into_any()
}
