use super::combobox::{Combobox, Suggestion};
use crate::browser;
use crate::format::{now, of_before, offset_label, zone_city, zone_label, zones};
use crate::later::later;
use crate::messages::{city, further, part_of_world};
use leptos::ev;
use leptos::prelude::*;
use time::OffsetDateTime;
use web_sys::HtmlInputElement;

/// Where so few zones fit what was typed, their clocks are worth looking at.
const FEW: usize = 12;

/// A time zone, found by the name of a city; the likely ones first. What finds it comes when somebody turns to the field.
#[component]
pub fn ZoneField(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    on_choose: Callback<String>,
    /// The person's own zone and the provider's, where they matter.
    #[prop(optional)]
    likely: Vec<(&'static str, String)>,
    /// When the clocks are read; now, where it is not given.
    #[prop(optional, into)]
    at: Option<Signal<OffsetDateTime>>,
) -> impl IntoView {
    let at = at.unwrap_or_else(|| Signal::derive(now));
    let shown = Memo::new(move |_| zone_label(&value.get(), at.get()));
    let finder = RwSignal::new(None::<fn(Finding) -> AnyView>);
    let pressed = StoredValue::new(false);
    let fetch = move |event: ev::FocusEvent| {
        let field: HtmlInputElement = event_target(&event);
        field.select();
        leptos::task::spawn_local(async move {
            // Where it cannot be had now, it is asked for again the next time somebody comes here.
            if let Ok(draw) = finding().await {
                // What was typed meanwhile is what to find.
                let typed =
                    Some(field.value()).filter(|typed| shown.try_get_untracked().as_ref() != Some(typed));
                // Whoever has moved on stays where they are.
                let stays = document().active_element().is_some_and(|element| element.id() == id);
                finder.try_set(Some(draw));
                if stays {
                    browser::enter_soon(id, pressed.get_value(), typed);
                }
            }
        });
    };
    // What nothing was found for is no zone.
    let leave = move |event: ev::FocusEvent| {
        if let Some(shown) = shown.try_get_untracked() {
            event_target::<HtmlInputElement>(&event).set_value(&shown);
        }
    };
    // Half a name is nothing to send.
    let hold = move |event: ev::KeyboardEvent| {
        let typed = event_target::<HtmlInputElement>(&event).value();
        if event.key() == "Enter" && shown.try_get_untracked().is_some_and(|shown| shown != typed) {
            event.prevent_default();
        }
    };
    let still_label = label.clone();
    let still = move || {
        let label = still_label.clone();
        view! {
            <div class="field combobox">
                <label for=id>{label}</label>
                <div class="control select">
                    <input id=id type="text" role="combobox" aria-expanded="false" autocomplete="off" prop:value=shown
                        on:pointerdown=move |_| pressed.set_value(true) on:focus=fetch on:keydown=hold on:blur=leave />
                </div>
            </div>
        }
        .into_any()
    };
    let finding = Finding { id, label, shown, on_choose, likely, at };
    view! { <div class="zone">{move || finder.get().map_or_else(&still, |draw| draw(finding.clone()))}</div> }
        .into_any()
}

/// What a zone is found with.
#[derive(Clone)]
struct Finding {
    id: &'static str,
    label: String,
    shown: Memo<String>,
    on_choose: Callback<String>,
    likely: Vec<(&'static str, String)>,
    at: Signal<OffsetDateTime>,
}

later!(zone_later: finding(Finding) = find);

fn find(Finding { id, label, shown, on_choose, likely, at }: Finding) -> AnyView {
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| typed.with(|typed| matching(typed, &likely)));
    let suggestions = Signal::derive(move || {
        found.with(|found| {
            let at = (found.len() <= FEW).then(|| at.get());
            found.iter().map(|(about, zone)| suggest(about, zone, at)).collect()
        })
    });
    let choose = move |index: usize| {
        if let Some((_, zone)) = found.with_untracked(|found| found.get(index).cloned()) {
            on_choose.run(zone);
        }
    };
    view! {
        <Combobox id=id label=label value=RwSignal::new(shown.get_untracked()) suggestions=suggestions
            on_type=Callback::new(move |text| typed.set(text)) on_choose=Callback::new(choose) only=shown />
    }
    .into_any()
}

/// The zones that have the text in a name, those of a city that begins with it first. Case, accents and points do not matter.
fn matching(text: &str, likely: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let wanted = fold(text.trim());
    let rest = zones().into_iter().filter(|zone| likely.iter().all(|(_, known)| known != zone));
    let mut found: Vec<(&'static str, String)> = likely.to_vec();
    found.extend(rest.map(|zone| ("", zone)));
    if !wanted.is_empty() {
        // Each name with a stroke before it, so that it can be told where one begins.
        let names = |zone: &str| {
            let others = city(zone).into_iter().chain(further(zone).iter().copied());
            let others: String = others.flat_map(|name| ["/", name]).collect();
            fold(&format!("/{zone}/{}/{}{others}", of_before(zone), part_of_world(zone)))
        };
        let named = found.into_iter().map(|(about, zone)| (names(&zone), about, zone));
        let mut named: Vec<_> = named.filter(|(names, ..)| names.contains(&wanted)).collect();
        named.sort_by_key(|(names, ..)| !names.contains(&format!("/{wanted}")));
        found = named.into_iter().map(|(_, about, zone)| (about, zone)).collect();
    }
    found
}

/// Without case, accents, points and what stands between words.
fn fold(text: &str) -> String {
    let apart = String::from(js_sys::JsString::from(text).normalize("NFD"));
    let plain = apart.chars().filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}' | '.' | '\'' | '’'));
    let plain = plain.map(|letter| if matches!(letter, '_' | '-') { ' ' } else { letter });
    plain.collect::<String>().to_lowercase().replace('ß', "ss")
}

/// City, and what tells it from others: what it is to the person, or where it lies, and its clock at an instant.
fn suggest(about: &str, zone: &str, at: Option<OffsetDateTime>) -> Suggestion {
    let about = if about.is_empty() { part_of_world(zone) } else { about.to_owned() };
    let clock = at.map(|at| offset_label(zone, at));
    let detail: Vec<String> =
        [Some(about).filter(|about| !about.is_empty()), clock].into_iter().flatten().collect();
    Suggestion { name: zone_city(zone), detail: detail.join(" · ") }
}
