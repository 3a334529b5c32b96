use crate::messages::t;
use leptos::prelude::*;

/// One grey stretch in the place of what comes.
#[component]
pub fn Bone(#[prop(optional)] class: &'static str) -> impl IntoView {
    view! { <span class=format!("bone {class}")></span> }.into_any()
}

/// Rows with a square, two lines and a button, as lists have them.
pub fn skeleton_rows(rows: usize) -> AnyView {
    let row = || view! { <div class="bone-row"><Bone class="square" /><div><Bone class="long" /><Bone class="short" /></div><Bone class="pill" /></div> };
    view! {
        <div class="skeleton" role="status" aria-label=t().common.loading>
            {(0..rows).map(|_| row()).collect_view()}
        </div>
    }
    .into_any()
}

/// Lines of a form or text.
pub fn skeleton_lines(lines: usize) -> AnyView {
    view! {
        <div class="skeleton" role="status" aria-label=t().common.loading>
            <Bone class="title" />
            {(0..lines).map(|line| view! { <Bone class=if line % 3 == 2 { "short" } else { "long" } /> }).collect_view()}
        </div>
    }
    .into_any()
}
