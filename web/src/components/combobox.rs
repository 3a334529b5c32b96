use super::field::{FieldNotes, described, until_changed};
use crate::messages::t;
use leptos::prelude::*;

/// Something a [`Combobox`] proposes.
#[derive(Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is written into the field.
    pub name: String,
    /// What tells it from others of that name.
    pub detail: String,
}

/// A line of text with suggestions below it, by the combobox pattern of the ARIA practices: arrows walk the list while
/// the focus stays in the field, Enter takes what is marked, Escape closes the list, Alt+Down opens it again.
#[component]
pub fn Combobox(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// What fits the text as it stands; they may arrive late.
    #[prop(into)]
    suggestions: Signal<Vec<Suggestion>>,
    /// The person typed.
    on_type: Callback<String>,
    /// The person took the suggestion at this place.
    on_choose: Callback<usize>,
    /// What stands here while nobody types. Where it is given, only what is suggested can be taken.
    #[prop(optional, into)]
    only: Option<Signal<String>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let wanted = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let open = Memo::new(move |_| wanted.get() && !suggestions.with(Vec::is_empty));
    let option_id = move |index: usize| format!("{id}-option-{index}");
    // Other suggestions: the mark would stand at another one.
    Effect::new(move |_| {
        suggestions.track();
        active.set(None);
    });
    let close = move || {
        wanted.set(false);
        active.set(None);
    };
    let settle = move || {
        if let Some(only) = only {
            value.set(only.get_untracked());
            on_type.run(String::new());
        }
    };
    if let Some(only) = only {
        Effect::new(move |_| value.set(only.get()));
    }
    let choose = move |index: usize| {
        if let Some(name) = suggestions.with_untracked(|all| all.get(index).map(|one| one.name.clone())) {
            value.set(name);
            close();
            on_choose.run(index);
            settle();
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = suggestions.with_untracked(Vec::len);
        let is_open = open.get_untracked();
        let walk = |to: usize| {
            wanted.set(true);
            active.set(Some(to));
            show(option_id(to));
        };
        match (event.key().as_str(), active.get_untracked()) {
            ("ArrowDown", _) if count > 0 && event.alt_key() => wanted.set(true),
            ("ArrowDown", at) if count > 0 => walk(at.map_or(0, |at| (at + 1) % count)),
            ("ArrowUp", at) if count > 0 => walk(at.map_or(count - 1, |at| (at + count - 1) % count)),
            ("Enter", Some(at)) if is_open => choose(at),
            ("Enter", None) if is_open && only.is_some() => choose(0),
            // Sends the form, with the text as it was typed.
            ("Enter", None) => return close(),
            ("Escape", _) if is_open => close(),
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        if !open.get() {
            return None;
        }
        let option = |(index, Suggestion { name, detail }): (usize, Suggestion)| {
            view! {
                <li id=option_id(index) role="option" aria-selected=move || (active.get() == Some(index)).to_string()
                    // The field keeps the focus, which would close the list before the click.
                    on:mousedown=move |event| event.prevent_default() on:click=move |_| choose(index)>
                    <span>{name}</span> " " <span class="muted">{detail}</span>
                </li>
            }
        };
        Some(suggestions.get().into_iter().enumerate().map(option).collect_view())
    };
    let list_label = label.clone();
    let error = until_changed(error, value.into());
    let described_by = described(id, !hint.is_empty(), error);
    let told = move || {
        if open.get() { suggestions.with(|all| (t().find.suggestions)(all.len())) } else { String::new() }
    };
    view! {
        <div class="field combobox">
            <label for=id>{label}</label>
            <div class="control" class:select=only.is_some()>
                <input id=id name=id type="text" role="combobox" autocomplete="off" placeholder=placeholder
                    aria-autocomplete="list" aria-controls=format!("{id}-options") aria-describedby=move || described_by.get()
                    aria-expanded=move || open.get().to_string()
                    aria-activedescendant=move || active.get().filter(|_| open.get()).map(option_id)
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || value.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        value.set(text.clone());
                        wanted.set(true);
                        active.set(None);
                        on_type.run(text);
                    }
                    on:keydown=on_key on:blur=move |_| { close(); settle(); }
                    on:focus=move |event| if only.is_some() { event_target::<web_sys::HtmlInputElement>(&event).select() }
                    on:click=move |_| wanted.set(true) />
                <ul id=format!("{id}-options") role="listbox" aria-label=list_label hidden=move || !open.get()>{options}</ul>
            </div>
            <span class="hidden" role="status">{told}</span>
            <FieldNotes id=id hint=hint error=error />
        </div>
    }
    .into_any()
}

/// Brings what is marked into view.
fn show(option: String) {
    request_animation_frame(move || {
        if let Some(option) = document().get_element_by_id(&option) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
