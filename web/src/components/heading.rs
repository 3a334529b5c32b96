use crate::browser;
use crate::first;
use crate::messages::t;
use leptos::html::H1;
use leptos::prelude::*;

/// Whether the next heading that appears takes the focus: after the person moved to another page, so that
/// screen readers read where they are.
#[derive(Clone, Copy)]
pub struct FocusTurn(StoredValue<bool>);

impl FocusTurn {
    /// Nobody has moved yet.
    pub fn new() -> Self {
        Self(StoredValue::new(false))
    }

    /// The one of this app.
    pub fn here() -> Self {
        expect_context()
    }

    /// The person moves.
    pub fn next(self) {
        self.0.set_value(true);
    }

    fn take(self) -> bool {
        let turn = self.0.get_value();
        self.0.set_value(false);
        turn
    }
}

/// The one main heading of a page. Names the tab as well.
#[component]
pub fn Heading(
    #[prop(into)] text: String,
    /// What the tab is called, where the heading alone says too little.
    #[prop(optional, into)]
    title: Option<String>,
) -> impl IntoView {
    let element = NodeRef::<H1>::new();
    let turn = FocusTurn::here();
    browser::set_title(&(t().common.title)(title.as_deref().unwrap_or(&text)));
    Effect::new(move |_| {
        first::give_way();
        if let Some(element) = element.get().filter(|_| turn.take()) {
            browser::focus(&element);
        }
    });
    view! { <h1 tabindex="-1" node_ref=element>{text}</h1> }.into_any()
}
