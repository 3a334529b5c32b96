//! Who the provider is and where.

mod cropper;
mod fields;
mod form;
mod photo;

use super::frame::{Own, Part, frame, heading};
use super::publish::Publish;
use super::stranded::stranded;
use crate::browser;
use crate::components::{Button, Field, FormMessage, Kind, Select, Toasts};
use crate::form::Form;
use crate::format::Named;
use crate::messages::t;
use contract::bookings::Booking;
use contract::providers::PatchProvider;
use fields::{ProfileFields, trimmed};
use form::ProfileForm;
use leptos::prelude::*;
use photo::PhotoField;

/// `/dashboard/{id}/profile`
#[component]
pub fn Profile() -> impl IntoView {
    // What the last change left outside the hours; the page is drawn anew with what was saved.
    let left = RwSignal::new(Vec::new());
    frame(Part::Profile, move |own| {
        // The photo has a button of its own, which must not cost what is typed below.
        let version = RwSignal::new(own.provider.version);
        view! {
            <div class="desk-narrow stack">
                {heading(t().dashboard.profile_title, &own.provider)}
                <Publish own=own.clone() version=version />
                <PhotoField own=own.clone() version=version />
                <Edit own=own version=version left=left />
            </div>
        }
        .into_any()
    })
}

#[component]
fn Edit(own: Own, version: RwSignal<i32>, left: RwSignal<Vec<Booking>>) -> impl IntoView {
    let text = &t().dashboard;
    let (form, toasts) = (Form::new(), Toasts::here());
    let fields = ProfileFields::of(&own.provider);
    let slug = RwSignal::new(own.provider.slug.clone());
    let number = |value: Option<u32>| RwSignal::new(value.map(|value| value.to_string()).unwrap_or_default());
    let (day_limit, week_limit) = (number(own.provider.day_limit), number(own.provider.week_limit));
    let expiry = RwSignal::new(own.provider.request_expiry_minutes.to_string());
    let form = form.guard(move || {
        let rules = [slug, day_limit, week_limit, expiry].map(|field| field.get());
        format!("{}\u{0}{}", fields.written(), rules.join("\u{0}"))
    });
    let (id, api, remote, zone) = (own.provider.id, own.api, own.remote, own.provider.time_zone);
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
        form.send_or(
            api.patch_provider(id, version.get_untracked(), body),
            move |change| {
                toasts.say(t().common.saved);
                if !change.stranded.is_empty() {
                    toasts.warn((t().hours.stranded)(change.stranded.len()));
                }
                left.try_set(change.stranded);
                remote.set(change.provider);
            },
            move |error| form.renew(error, version, api.provider_version(id)),
        );
    };
    // Of a name that is being typed nobody knows yet whether it is free.
    let address = (text.slug_hint)(&format!("{}/p/…", browser::origin()));
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
            <div role="status">{move || left.with(|left| stranded(id, &zone, left))}</div>
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
