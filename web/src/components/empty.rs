use super::Heading;
use leptos::prelude::*;

/// Nothing here yet: what this place is for, and the one next step.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// Whether it is the whole page, and so names it.
    #[prop(optional)]
    page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let heading = if page {
        view! { <Heading text=title /> }.into_any()
    } else {
        view! { <h2>{title}</h2> }.into_any()
    };
    view! {
        <div class="empty">
            {heading}
            <p>{text}</p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
    .into_any()
}
