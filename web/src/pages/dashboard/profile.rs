//! Who the provider is and where.

use super::frame::{Own, Part, frame, heading};
use super::publish::Publish;
use crate::browser;
use crate::categories;
use crate::components::{
    Button, Field, FieldNotes, FormMessage, Icon, Kind, PlaceField, Select, Toasts, ZoneSelect,
};
use crate::form::Form;
use crate::format::{Named, currencies, language, languages};
use crate::messages::t;
use contract::providers::{Address, CreateProvider, PatchProvider, Place, Provider};
use leptos::prelude::*;

/// What the profile's form holds.
#[derive(Clone, Copy)]
pub struct ProfileFields {
    name: RwSignal<String>,
    category: RwSignal<String>,
    headline: RwSignal<String>,
    bio: RwSignal<String>,
    street: RwSignal<String>,
    city: RwSignal<String>,
    zone: RwSignal<String>,
    currency: RwSignal<String>,
    languages: RwSignal<Vec<String>>,
    /// The city as it was chosen or stored, with its country and coordinates.
    place: RwSignal<Address>,
}

impl ProfileFields {
    fn of(provider: &Provider) -> Self {
        let text = |value: &String| RwSignal::new(value.clone());
        Self {
            name: text(&provider.name),
            category: text(&provider.category),
            headline: text(&provider.headline),
            bio: text(&provider.bio),
            street: text(&provider.address.line),
            city: text(&provider.address.city),
            zone: text(&provider.time_zone),
            currency: text(&provider.currency),
            languages: RwSignal::new(provider.languages.clone()),
            place: RwSignal::new(provider.address.clone()),
        }
    }

    /// What must not stay empty.
    pub fn needed(self) -> [(&'static str, RwSignal<String>); 2] {
        [("/name", self.name), ("/category", self.category)]
    }

    fn choose_place(self, place: Place) {
        self.zone.set(place.time_zone);
        self.currency.set(place.currency);
        self.place.set(Address {
            line: String::new(),
            city: place.city,
            country: Some(place.country),
            latitude: Some(place.latitude),
            longitude: Some(place.longitude),
        });
    }

    /// The address; coordinates hold only for the city they came with.
    fn address(self) -> Address {
        let city = trimmed(self.city);
        let known = self.place.get_untracked();
        let same = known.city == city;
        Address {
            line: trimmed(self.street),
            country: known.country.filter(|_| same),
            latitude: known.latitude.filter(|_| same),
            longitude: known.longitude.filter(|_| same),
            city,
        }
    }

    /// The request to make a page.
    pub fn create(self) -> CreateProvider {
        CreateProvider {
            name: trimmed(self.name),
            slug: None,
            category: self.category.get_untracked(),
            headline: trimmed(self.headline),
            bio: trimmed(self.bio),
            address: self.address(),
            time_zone: self.zone.get_untracked(),
            currency: self.currency.get_untracked(),
            languages: self.languages.get_untracked(),
        }
    }

    fn patch(self) -> PatchProvider {
        let CreateProvider {
            name,
            slug: _,
            category,
            headline,
            bio,
            address,
            time_zone,
            currency,
            languages,
        } = self.create();
        PatchProvider {
            name: Some(name),
            category: Some(category),
            headline: Some(headline),
            bio: Some(bio),
            address: Some(address),
            time_zone: Some(time_zone),
            currency: Some(currency),
            languages: Some(languages),
            ..PatchProvider::default()
        }
    }
}

fn trimmed(field: RwSignal<String>) -> String {
    field.get_untracked().trim().to_owned()
}

/// The fields that making and changing a page share.
#[component]
pub fn ProfileForm(form: Form, fields: ProfileFields) -> impl IntoView {
    let text = &t().dashboard;
    // A retired category stays with the pages that have it.
    let mine = fields.category.get_untracked();
    let options = Signal::derive(move || {
        let known = categories::list().unwrap_or_default();
        let open = known.into_iter().filter(|known| !known.retired || known.slug == mine);
        open.map(|known| Named { name: categories::name_of(&known), code: known.slug }).collect::<Vec<_>>()
    });
    view! {
        <fieldset class="group">
            <legend>{text.basics}</legend>
            <Field id="provider-name" label=text.name value=fields.name hint=text.name_hint autocomplete="organization" error=form.at("/name") />
            <Select id="category" label=text.category value=fields.category options=options empty=text.choose error=form.at("/category") />
            <Field id="headline" label=text.headline value=fields.headline hint=text.headline_hint optional=true error=form.at("/headline") />
            <Field id="bio" label=text.bio value=fields.bio rows=5 hint=text.bio_hint optional=true error=form.at("/bio") />
            <LanguagePicker value=fields.languages error=form.at("/languages") />
        </fieldset>
        <fieldset class="group">
            <legend>{text.place}</legend>
            <PlaceField id="city" label=text.city value=fields.city hint=text.city_hint error=form.at("/address/city")
                on_choose=Callback::new(move |place| fields.choose_place(place)) />
            <Field id="street" label=text.street value=fields.street autocomplete="street-address" optional=true error=form.at("/address/line") />
            <div class="row">
                <ZoneSelect id="provider-zone" label=text.zone value=fields.zone on_choose=Callback::new(move |zone| fields.zone.set(zone)) />
                <Select id="currency" label=text.currency value=fields.currency options=currencies() error=form.at("/currency") />
            </div>
            <p class="hint">{text.zone_hint}</p>
        </fieldset>
    }
    .into_any()
}

/// Languages as chips, and a list to add one from.
#[component]
fn LanguagePicker(
    value: RwSignal<Vec<String>>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let text = &t().dashboard;
    let chosen = move || {
        value.get().into_iter().map(|tag| {
            let name = language(&tag);
            let label = (text.language_remove)(&name);
            view! {
                <li><button type="button" class="chip" aria-label=label on:click=move |_| value.update(|list| list.retain(|other| *other != tag))>
                    {name}{Icon::Cross.draw()}
                </button></li>
            }
        }).collect_view()
    };
    let rest = move || {
        let known = value.get();
        languages()
            .into_iter()
            .filter(|language| !known.contains(&language.code))
            .map(|Named { code, name }| view! { <option value=code>{name}</option> })
            .collect_view()
    };
    let add = move |event: web_sys::Event| {
        let tag = event_target_value(&event);
        if !tag.is_empty() {
            value.update(|list| list.push(tag));
        }
    };
    view! {
        <div class="field">
            <label for="languages">{text.languages}</label>
            <ul class="chosen-chips">{chosen}</ul>
            <div class="control select">
                <select id="languages" prop:value=move || { value.track(); "" } on:change=add>
                    <option value="">{text.languages_add}</option>
                    {rest}
                </select>
            </div>
            <FieldNotes id="languages" hint="" error=error />
        </div>
    }
    .into_any()
}

/// `/dashboard/{id}/profile`
#[component]
pub fn Profile() -> impl IntoView {
    frame(Part::Profile, |own| {
        view! {
            <div class="desk-narrow stack">
                {heading(t().dashboard.profile_title, &own.provider)}
                <Publish own=own.clone() />
                <Edit own=own />
            </div>
        }
        .into_any()
    })
}

#[component]
fn Edit(own: Own) -> impl IntoView {
    let text = &t().dashboard;
    let (form, toasts) = (Form::new(), Toasts::here());
    let fields = ProfileFields::of(&own.provider);
    let slug = RwSignal::new(own.provider.slug.clone());
    let number = |value: Option<u32>| RwSignal::new(value.map(|value| value.to_string()).unwrap_or_default());
    let (day_limit, week_limit) = (number(own.provider.day_limit), number(own.provider.week_limit));
    let expiry = RwSignal::new(own.provider.request_expiry_minutes.to_string());
    let (id, version, api, remote) = (own.provider.id, own.provider.version, own.api, own.remote);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !form.require(&fields.needed()) {
            return;
        }
        let (day_limit, week_limit) =
            (form.limit("/day_limit", day_limit), form.limit("/week_limit", week_limit));
        if form.refused() {
            return;
        }
        let body = PatchProvider {
            slug: Some(trimmed(slug)),
            day_limit: Some(day_limit),
            week_limit: Some(week_limit),
            request_expiry_minutes: expiry.get_untracked().parse().ok(),
            ..fields.patch()
        };
        form.send(api.patch_provider(id, version, body), move |change| {
            toasts.say(t().common.saved);
            if !change.stranded.is_empty() {
                toasts.say((t().hours.stranded)(change.stranded.len()));
            }
            remote.set(change.provider);
        });
    };
    let address = (text.slug_hint)(&format!("{}/p/{}", browser::origin(), own.provider.slug));
    view! {
        <form novalidate=true class="form card" on:submit=submit>
            <ProfileForm form=form fields=fields />
            <fieldset class="group">
                <legend>{text.rules}</legend>
                <Field id="slug" label=text.slug value=slug hint=address error=form.at("/slug") />
                <Select id="expiry" label=text.expiry value=expiry options=expiries(own.provider.request_expiry_minutes) hint=text.expiry_hint
                    error=form.at("/request_expiry_minutes") />
                <div class="row">
                    <Field id="day-limit" label=text.day_limit value=day_limit inputmode="numeric" hint=text.limit_hint optional=true error=form.at("/day_limit") />
                    <Field id="week-limit" label=text.week_limit value=week_limit inputmode="numeric" optional=true error=form.at("/week_limit") />
                </div>
            </fieldset>
            <FormMessage form=form />
            <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.save}</Button></div>
        </form>
    }
    .into_any()
}

/// Sensible times to answer in, and the present one.
fn expiries(present: u32) -> Vec<Named> {
    let mut minutes = vec![60, 240, 720, 1440, 2880, 4320, 10080];
    if !minutes.contains(&present) {
        minutes.push(present);
        minutes.sort_unstable();
    }
    let name = |minutes: u32| {
        if minutes.is_multiple_of(60) {
            (t().dashboard.expiry_hours)(minutes / 60)
        } else {
            (t().common.duration)(minutes)
        }
    };
    minutes.into_iter().map(|minutes| Named { code: minutes.to_string(), name: name(minutes) }).collect()
}
