//! Who the provider is and where.

mod cropper;
mod fields;
mod form;
mod photo;
mod rules;

use super::frame::{Own, Part, frame, heading};
use super::publish::Publish;
use super::stranded::{left_outside, newly};
use crate::browser;
use crate::changes::{changed, tell};
use crate::components::{Button, Field, FormMessage, Kind, Select, Toasts};
use crate::form::Form;
use crate::format::Named;
use crate::messages::{page_form, t};
use contract::bookings::Booking;
use fields::ProfileFields;
use form::ProfileForm;
use leptos::prelude::*;
use photo::PhotoField;
use rules::{Rules, expiry};

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
                {heading(page_form().profile_title, &own.provider)}
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
    let text = page_form();
    let (form, toasts) = (Form::new(), Toasts::here());
    let fields = ProfileFields::of(&own.provider);
    let rules = Rules::of(&own.provider);
    let seen = (ProfileFields::of(&own.provider), Rules::of(&own.provider));
    let form = form.guard(move || format!("{}\u{0}{}", fields.written(), rules.written()));
    let (id, api, remote, zone) = (own.provider.id, own.api, own.remote, own.provider.time_zone);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !form.require(&fields.needed()) {
            return;
        }
        form.limit("/day_limit", rules.day_limit);
        form.limit("/week_limit", rules.week_limit);
        if form.refused() {
            return;
        }
        let changes = changed(&seen.1.patch(seen.0), &rules.patch(fields));
        form.send_or(
            api.patch_provider(id, version.get_untracked(), changes),
            move |change| {
                toasts.say(t().common.saved);
                let now_outside = newly(change.stranded, &change.newly_stranded);
                if !now_outside.is_empty() {
                    toasts.warn((t().hours.stranded)(now_outside.len()));
                }
                left.try_set(now_outside);
                remote.set(change.provider);
            },
            move |error| {
                let now = async move { api.provider(id.to_string()).await };
                form.renew_with(error, now, move |now| {
                    version.try_set(now.version);
                    tell(form, fields.follow(seen.0, ProfileFields::of(&now)));
                    tell(form, rules.follow(seen.1, Rules::of(&now)));
                });
            },
        );
    };
    // Of a name that is being typed nobody knows yet whether it is free.
    let address = (text.slug_hint)(&format!("{}/p/…", browser::origin()));
    view! {
        <form novalidate=true class="form card" on:submit=submit>
            <ProfileForm form=form fields=fields />
            <fieldset class="group">
                <legend>{text.rules}</legend>
                <Field id="slug" label=text.slug value=rules.slug hint=address error=form.at("/slug") />
                <Select id="expiry" label=text.expiry value=rules.expiry options=expiries(own.provider.request_expiry_minutes) hint=text.expiry_hint
                    error=form.at("/request_expiry_minutes") />
                <div class="row">
                    <Field id="day-limit" label=text.day_limit value=rules.day_limit inputmode="numeric" hint=text.limit_hint optional=true error=form.at("/day_limit") />
                    <Field id="week-limit" label=text.week_limit value=rules.week_limit inputmode="numeric" optional=true error=form.at("/week_limit") />
                </div>
                <Field id="tax-number" label=text.tax_number value=rules.tax_number autocomplete="off" hint=text.tax_number_hint optional=true error=form.at("/tax_number") />
            </fieldset>
            <FormMessage form=form />
            <div role="status">{move || left_outside(id, &zone, left.get())}</div>
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
    minutes.into_iter().map(|minutes| Named { code: minutes.to_string(), name: expiry(minutes) }).collect()
}
