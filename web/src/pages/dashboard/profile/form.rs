//! The form of a profile.

use super::fields::ProfileFields;
use crate::categories;
use crate::components::{Field, FieldNotes, Icon, PlaceField, Select, ZoneField, until_changed};
use crate::form::Form;
use crate::format::{Named, currencies, language, languages};
use crate::messages::{page_form, t};
use leptos::prelude::*;

/// The fields that making and changing a page share.
#[component]
pub fn ProfileForm(form: Form, fields: ProfileFields) -> impl IntoView {
    let text = page_form();
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
            <Select id="category" label=text.category value=fields.category options=options empty=t().dashboard.choose error=form.at("/category") />
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
                <ZoneField id="provider-zone" label=text.zone value=fields.zone on_choose=Callback::new(move |zone| fields.zone.set(zone)) />
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
    let text = page_form();
    let error = until_changed(error, Signal::derive(move || value.get().join(" ")));
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
