//! The platform's categories, which admins keep: asked for once, when somebody first wants to name one.

use crate::api::{Api, ApiError};
use crate::messages::t;
use contract::providers::Category;
use leptos::prelude::*;

thread_local! {
    static KNOWN: ArcRwSignal<Option<Vec<Category>>> = ArcRwSignal::new(None);
    static ASKED: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static FAILED: ArcRwSignal<Option<ApiError>> = ArcRwSignal::new(None);
}

/// All categories in their order, reactively; nothing until they are here.
pub fn list() -> Option<Vec<Category>> {
    ask();
    KNOWN.with(|known| known.get())
}

/// Why they are not here, reactively.
pub fn failed() -> Option<ApiError> {
    FAILED.with(|failed| failed.get())
}

/// What a category is called, reactively. Until the platform's names are here, the catalogue's stand in.
pub fn name(slug: &str) -> String {
    ask();
    KNOWN
        .with(|known| {
            known.with(|known| known.iter().flatten().find(|category| category.slug == slug).map(name_of))
        })
        .unwrap_or_else(|| (t().common.category)(slug))
}

/// What a category is called in the app's language, or at least in English.
pub fn name_of(category: &Category) -> String {
    let known = |language: &str| category.names.get(language).cloned();
    known(t().language).or_else(|| known("en")).unwrap_or_else(|| (t().common.category)(&category.slug))
}

/// They changed, or somebody wants them: asks the server.
pub fn reload() {
    ASKED.with(|asked| asked.set(true));
    FAILED.with(|failed| failed.set(None));
    leptos::task::spawn_local(async {
        match Api.categories().await {
            Ok(answer) => KNOWN.with(|known| known.set(Some(answer.items))),
            // The next who wants them asks again.
            Err(error) => {
                ASKED.with(|asked| asked.set(false));
                FAILED.with(|failed| failed.set(Some(error)));
            }
        }
    });
}

fn ask() {
    if !ASKED.with(ArcRwSignal::get_untracked) {
        reload();
    }
}
