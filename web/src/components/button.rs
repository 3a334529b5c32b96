use leptos::prelude::*;

/// How loud a button is. One page has one primary action.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Beside the main thing.
    #[default]
    Plain,
    /// The main thing.
    Primary,
    /// In passing.
    Quiet,
    /// Ends something.
    Danger,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Plain => "button",
            Kind::Primary => "button primary",
            Kind::Quiet => "button quiet",
            Kind::Danger => "button danger",
        }
    }
}

/// A button. While `busy` it keeps its place and focus but does nothing.
#[component]
pub fn Button(
    #[prop(optional)] kind: Kind,
    /// Sends the form around it.
    #[prop(optional)]
    submit: bool,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// What it is called where its words alone do not say enough.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            aria-label=label
            aria-busy=move || busy.get().then_some("true")
            disabled=move || disabled.get()
            on:click=move |_| {
                if let Some(press) = on_press.filter(|_| !busy.get_untracked()) {
                    press.run(());
                }
            }
        >
            {children()}
        </button>
    }
    .into_any()
}
