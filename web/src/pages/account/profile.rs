//! `/account`: the person's own page.

use super::data::Data;
use super::guard::members_only;
use super::security::ChangePassword;
use super::sessions::Sessions;
use crate::api::AuthorizedApi;
use crate::browser;
use crate::changes::{changed, follow_all, in_words, tell};
use crate::components::{Button, Field, FormMessage, Heading, Select, Toasts, ZoneField, speak, spoken_at};
use crate::form::Form;
use crate::format::{Named, browser_zone, language, now, zone_label};
use crate::messages::{LANGUAGES, account_words, privacy_words, t};
use crate::session::Session;
use contract::accounts::{PatchUser, User};
use leptos::prelude::*;

/// `/account`
#[component]
pub fn Account() -> impl IntoView {
    members_only(|api| {
        // The form starts from the person as of now and is not overwritten by its own saving.
        let Some(user) = untrack(|| Session::here().user()) else { return ().into_any() };
        view! { <Ready api=api user=user /> }.into_any()
    })
}

#[component]
fn Ready(api: AuthorizedApi, user: User) -> impl IntoView {
    view! {
        <div class="page narrow stack">
            <Heading text=account_words().account_title />
            <Unverified api=api />
            <About api=api user=user />
            <Pages />
            <ChangePassword api=api />
            <Sessions api=api />
            <Data api=api />
        </div>
    }
    .into_any()
}

/// Reminds of the mail that proves the address.
#[component]
fn Unverified(api: AuthorizedApi) -> impl IntoView {
    let text = account_words();
    let (form, session, toasts) = (Form::new(), Session::here(), Toasts::here());
    let resend =
        Callback::new(move |()| form.send(api.resend_verification(), move |()| toasts.say(text.resent)));
    let email = Memo::new(move |_| session.user().filter(|user| !user.email_verified).map(|user| user.email));
    move || {
        email.get().map(|email| {
            view! {
                <div class="notice">
                    <p>{(text.unverified)(&email)}</p>
                    <FormMessage form=form />
                    <Button busy=form.busy() on_press=resend>{text.resend}</Button>
                </div>
            }
        })
    }
}

const LANGUAGE: &str = "account-language";
/// Where a language is chosen with the account.
const HERE: &str = "account";

#[component]
fn About(api: AuthorizedApi, user: User) -> impl IntoView {
    let text = account_words();
    let (form, session, toasts) = (Form::new(), Session::here(), Toasts::here());
    let version = RwSignal::new(user.version);
    let (name, zone, locale) =
        (RwSignal::new(user.name), RwSignal::new(user.time_zone), RwSignal::new(user.locale.clone()));
    let mut languages: Vec<Named> =
        LANGUAGES.map(|(code, name)| Named { code: code.to_owned(), name: name.to_owned() }).into();
    if !languages.iter().any(|known| known.code == user.locale) {
        languages.push(Named { name: language(&user.locale), code: user.locale });
    }
    let form = form.guard_fields([name, zone, locale]);
    let seen = [name, zone, locale].map(|field| RwSignal::new(field.get_untracked()));
    let whole = |[name, zone, locale]: [RwSignal<String>; 3]| PatchUser {
        name: Some(name.get_untracked().trim().to_owned()),
        locale: Some(locale.get_untracked()),
        time_zone: Some(zone.get_untracked()),
    };
    // What was changed elsewhere shows, except where it was changed here as well.
    let take = move |user: &User| {
        let stored = [&user.name, &user.time_zone, &user.locale].map(|text| RwSignal::new(text.clone()));
        // The field of a zone shows no faults: it is said below the form, by its name.
        let pointers = ["/name", t().common.time_zone, "/locale"];
        let rivals = follow_all(pointers, [name, zone, locale], seen, stored);
        version.try_set(user.version);
        let rivals = in_words(rivals, t().common.time_zone, |zone| zone_label(zone, now()));
        in_words(rivals, "/locale", language)
    };
    let proven = move || {
        session
            .user()
            .filter(|user| user.email_verified)
            .map(|user| (privacy_words().email_proven)(&user.email))
    };
    let spoken = StoredValue::new(locale.get_untracked());
    // Where the same was changed here and elsewhere, the server says so.
    Effect::new(move |_| {
        let Some(user) = session.user() else { return };
        let theirs = [&user.name, &user.time_zone, &user.locale];
        let typed =
            |mine: RwSignal<String>, seen: RwSignal<String>| mine.get_untracked() != seen.get_untracked();
        let mut fields = [name, zone, locale].into_iter().zip(seen).zip(theirs);
        let clean = !fields.clone().any(|((mine, seen), _)| typed(mine, seen));
        if !fields.any(|((mine, seen), theirs)| typed(mine, seen) && seen.get_untracked() != *theirs) {
            take(&user);
        }
        if clean {
            form.settle();
        }
    });
    // Saving has loaded the page anew: it goes on where it was.
    if spoken_at(HERE) {
        toasts.say(t().common.saved);
        browser::focus_if_lost(format!("#{LANGUAGE}"));
    }
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&[("/name", name)]) {
            let changes = changed(&whole(seen), &whole([name, zone, locale]));
            form.send_or(
                api.patch_me(version.get_untracked(), changes),
                move |user| {
                    if spoken.get_value() != user.locale {
                        spoken.set_value(user.locale.clone());
                        speak(user.locale.split('-').next().unwrap_or_default(), HERE);
                    }
                    take(&user);
                    form.settle();
                    session.set_user(user);
                    toasts.say(t().common.saved);
                },
                move |error| {
                    form.renew_with(error, api.me(), move |user| tell(form, take(&user)));
                },
            );
        }
    };
    view! {
        <section class="card">
            <h2>{text.profile}</h2>
            <p class="muted">{proven}</p>
            <form novalidate=true class="form" on:submit=submit>
                <Field id="account-name" label=text.name value=name autocomplete="name" error=form.at("/name") />
                <ZoneField id="account-zone" label=t().common.time_zone value=zone on_choose=Callback::new(move |chosen| zone.set(chosen))
                    likely=vec![(t().common.your_zone, browser_zone())] />
                <Select id=LANGUAGE label=text.language value=locale options=languages error=form.at("/locale") />
                <FormMessage form=form />
                <div class="actions"><Button submit=true busy=form.busy()>{t().common.save}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

/// The providers this person acts for, and the way to become one.
#[component]
fn Pages() -> impl IntoView {
    let text = account_words();
    let session = Session::here();
    let pages = move || session.user().map(|user| user.providers).unwrap_or_default();
    let list = move || {
        pages()
            .into_iter()
            .map(|page| {
                view! { <li><a href=format!("/dashboard/{}", page.provider_id)>{page.name}</a></li> }
            })
            .collect_view()
    };
    view! {
        <section class="card">
            <h2>{text.your_pages}</h2>
            <p class="muted">{text.become_provider_text}</p>
            <ul class="plain">{list}</ul>
            <div class="actions"><a class="button" href="/dashboard/new">{text.become_provider}</a></div>
        </section>
    }
    .into_any()
}
