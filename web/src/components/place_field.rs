use crate::api::Api;
use crate::components::FieldNotes;
use crate::format::country;
use contract::providers::{Place, PlaceQuery};
use leptos::prelude::*;
use std::time::Duration;

/// A city, with suggestions while typing. Free text is kept as typed.
#[component]
pub fn PlaceField(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    on_choose: Callback<Place>,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let found = RwSignal::new(Vec::<Place>::new());
    let active = RwSignal::new(None::<usize>);
    let asked = StoredValue::new(0_u32);
    let option_id = move |index: usize| format!("{id}-option-{index}");

    let close = move || {
        found.set(Vec::new());
        active.set(None);
        asked.update_value(|asked| *asked += 1);
    };
    let choose = move |place: Place| {
        value.set(place.city.clone());
        close();
        on_choose.run(place);
    };
    let ask = move |text: String| {
        let mine = asked.get_value() + 1;
        asked.set_value(mine);
        active.set(None);
        if text.trim().is_empty() {
            found.set(Vec::new());
            return;
        }
        let current = move || asked.try_get_value() == Some(mine);
        set_timeout(
            move || {
                leptos::task::spawn_local(async move {
                    if !current() {
                        return;
                    }
                    // Without suggestions the field is a plain one; no need to trouble anybody.
                    let places = Api
                        .places(PlaceQuery { q: text })
                        .await
                        .map(|places| places.items)
                        .unwrap_or_default();
                    if current() {
                        found.try_set(places);
                    }
                });
            },
            Duration::from_millis(150),
        );
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" => active.update(|at| *at = Some(at.map_or(count - 1, |at| (at + count - 1) % count))),
            "Enter" => match active
                .get_untracked()
                .and_then(|at| found.with_untracked(|found| found.get(at).cloned()))
            {
                Some(place) => choose(place),
                None => return close(),
            },
            "Escape" => close(),
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        found.get().into_iter().enumerate().map(|(index, place)| {
            let detail = country(&place.country);
            let city = place.city.clone();
            view! {
                <li id=option_id(index) role="option" aria-selected=move || (active.get() == Some(index)).to_string()
                    // Before the input loses focus and closes the list.
                    on:pointerdown=move |event| { event.prevent_default(); choose(place.clone()); }>
                    <span>{city}</span> " " <span class="muted">{detail}</span>
                </li>
            }
        }).collect_view()
    };
    let list_label = label.clone();
    let described_by = (!hint.is_empty()).then(|| format!("{id}-about"));
    view! {
        <div class="field combobox">
            <label for=id>{label}</label>
            <div class="control">
                <input id=id name=id type="text" role="combobox" autocomplete="off" placeholder=placeholder
                    aria-autocomplete="list" aria-controls=format!("{id}-options") aria-describedby=described_by
                    aria-expanded=move || (!found.with(Vec::is_empty)).to_string()
                    aria-activedescendant=move || active.get().map(option_id)
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || value.get()
                    on:input=move |event| { let text = event_target_value(&event); value.set(text.clone()); ask(text); }
                    on:keydown=on_key on:blur=move |_| close() />
                <ul id=format!("{id}-options") role="listbox" aria-label=list_label hidden=move || found.with(Vec::is_empty)>
                    {options}
                </ul>
            </div>
            <FieldNotes id=id hint=hint error=error />
        </div>
    }
    .into_any()
}
