use super::combobox::{Combobox, Suggestion};
use crate::api::Api;
use crate::format::country;
use contract::providers::{Place, PlaceQuery};
use leptos::prelude::*;
use std::time::Duration;

/// Typing goes on for a moment before anybody is asked.
const PAUSE: Duration = Duration::from_millis(150);

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
    let asked = StoredValue::new(0_u32);
    let ask = move |text: String| {
        let mine = asked.get_value() + 1;
        asked.set_value(mine);
        if text.trim().is_empty() {
            found.set(Vec::new());
            return;
        }
        let current = move || asked.try_get_value() == Some(mine);
        let send = move || {
            leptos::task::spawn_local(async move {
                if !current() {
                    return;
                }
                // Without suggestions the field is a plain one; no need to trouble anybody.
                let places =
                    Api.places(PlaceQuery { q: text }).await.map(|places| places.items).unwrap_or_default();
                if current() {
                    found.try_set(places);
                }
            });
        };
        set_timeout(send, PAUSE);
    };
    let suggestions = Signal::derive(move || {
        let suggest =
            |place: &Place| Suggestion { name: place.city.clone(), detail: country(&place.country) };
        found.with(|found| found.iter().map(suggest).collect())
    });
    let choose = move |index: usize| {
        asked.update_value(|asked| *asked += 1);
        if let Some(place) = found.with_untracked(|found| found.get(index).cloned()) {
            found.set(Vec::new());
            on_choose.run(place);
        }
    };
    view! {
        <Combobox id=id label=label value=value suggestions=suggestions on_type=Callback::new(ask)
            on_choose=Callback::new(choose) placeholder=placeholder hint=hint error=error />
    }
    .into_any()
}
