//! Who and where, in as few fields as can be.

use super::steps::Step;
use crate::api::{Api, AuthorizedApi};
use crate::browser;
use crate::categories;
use crate::changes::{NOTHING, Rival, changed, follow_all, follow_with, in_words, tell};
use crate::components::{
    Button, Field, FieldNotes, FormMessage, Heading, Kind, PlaceField, Select, Toasts, ZoneField, failure,
    skeleton_lines, until_changed,
};
use crate::form::Form;
use crate::format::{browser_zone, currencies, now, zone_label};
use crate::json;
use crate::messages::{page_form, t, welcome};
use crate::nav::Go;
use crate::pages::dashboard::frame::Own;
use crate::pages::dashboard::stranded::{left_outside, newly};
use crate::session::Session;
use contract::bookings::Booking;
use contract::providers::{Address, CreateProvider, Place, PlaceQuery, Provider};
use leptos::prelude::*;

const DRAFT: &str = "appointed.new-page";

#[derive(Clone, Copy)]
struct Basics {
    name: RwSignal<String>,
    category: RwSignal<String>,
    city: RwSignal<String>,
    zone: RwSignal<String>,
    currency: RwSignal<String>,
    /// The city as it was chosen or stored, with its country and coordinates.
    place: RwSignal<Address>,
}

impl Basics {
    fn new(name: &str, category: &str, address: Address, zone: &str, currency: &str) -> Self {
        Self {
            name: RwSignal::new(name.to_owned()),
            category: RwSignal::new(category.to_owned()),
            city: RwSignal::new(address.city.clone()),
            zone: RwSignal::new(zone.to_owned()),
            currency: RwSignal::new(currency.to_owned()),
            place: RwSignal::new(address),
        }
    }

    /// As they are stored.
    fn of(page: &Provider) -> Self {
        Self::new(&page.name, &page.category, page.address.clone(), &page.time_zone, &page.currency)
    }

    /// Takes over what was changed elsewhere since `seen`, except where it was changed here as well.
    fn follow(self, seen: Self, now: Self) -> Vec<Rival> {
        let chosen = |all: Self| [all.city, all.zone, all.currency];
        let [city, ..] =
            follow_with([self.place, seen.place, now.place], chosen(self), chosen(seen), chosen(now));
        let typed = |all: Self| [all.name, all.category];
        let rivals = follow_all(["/name", "/category"], typed(self), typed(seen), typed(now));
        let rivals = in_words(rivals, "/category", categories::name);
        let city = city.then(|| ("/address/city", now.city.get_untracked()));
        rivals.into_iter().chain(city).collect()
    }

    fn needed(self) -> [(&'static str, RwSignal<String>); 2] {
        [("/name", self.name), ("/category", self.category)]
    }

    fn choose(self, place: Place) {
        self.zone.set(place.time_zone);
        self.currency.set(place.currency);
        self.place.update(|address| {
            address.city = place.city;
            address.country = Some(place.country);
            (address.latitude, address.longitude) = (Some(place.latitude), Some(place.longitude));
        });
    }

    /// Coordinates hold only for the city they came with.
    fn address(self) -> Address {
        let city = self.city.get().trim().to_owned();
        let known = self.place.get();
        if known.city == city { known } else { Address { line: known.line, city, ..Address::default() } }
    }

    /// What is typed, reactively.
    fn typed(self) -> CreateProvider {
        CreateProvider {
            name: self.name.get().trim().to_owned(),
            slug: None,
            category: self.category.get(),
            headline: String::new(),
            bio: String::new(),
            address: self.address(),
            time_zone: self.zone.get(),
            currency: self.currency.get(),
            languages: vec![t().language.to_owned()],
        }
    }
}

/// For those who have no page yet.
#[component]
pub fn Create(api: AuthorizedApi) -> impl IntoView {
    let (form, go, session) = (Form::new(), Go::here(), Session::here());
    let draft = browser::recall(DRAFT).and_then(|kept| json::read::<CreateProvider>(&kept));
    let own_name = untrack(|| session.user()).map(|user| user.name).unwrap_or_default();
    let fields = match &draft {
        Some(kept) => {
            Basics::new(&kept.name, &kept.category, kept.address.clone(), &kept.time_zone, &kept.currency)
        }
        None => Basics::new(&own_name, "", Address::default(), &browser_zone(), "EUR"),
    };
    if draft.is_none() {
        guess_currency(fields);
    }
    Effect::new(move |_| {
        if let Ok(text) = serde_json::to_string(&fields.typed()) {
            browser::remember(DRAFT, &text);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&fields.needed()) {
            form.send(api.create_provider(form.key(), untrack(|| fields.typed())), move |provider| {
                leptos::task::spawn_local(async move {
                    // The session lists the pages one acts for.
                    session.reload().await;
                    browser::forget(DRAFT);
                    // So that "back" leads to what was made, not to making another.
                    go.replace(&Step::Profile.path(provider.id));
                    go.to(&Step::Service.path(provider.id));
                });
            });
        }
    };
    view! { <BasicsForm form=form fields=fields on_submit=Callback::new(submit) /> }
}

/// For those who come back to it. A change of the zone may leave bookings outside the hours; those in `left`.
#[component]
pub fn Edit(own: Own, left: RwSignal<Vec<Booking>>) -> impl IntoView {
    let (form, go, toasts) = (Form::new(), Go::here(), Toasts::here());
    let provider = &own.provider;
    let zone = provider.time_zone.clone();
    let (fields, seen) = (Basics::of(provider), Basics::of(provider));
    let (id, version) = (provider.id, RwSignal::new(provider.version));
    let (api, remote) = (own.api, own.remote);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !form.require(&fields.needed()) {
            return;
        }
        let changes = untrack(|| changed(&seen.typed(), &fields.typed()));
        let next = Step::Service.path(id);
        if changes == NOTHING {
            return go.to(&next);
        }
        form.send_or(
            api.patch_provider(id, version.get_untracked(), changes),
            move |change| {
                let now_outside = newly(change.stranded, &change.newly_stranded);
                let count = now_outside.len();
                left.try_set(now_outside);
                remote.set(change.provider);
                if count == 0 {
                    go.to(&next);
                } else {
                    // They are to be seen first; the way on is open.
                    toasts.warn((t().hours.stranded)(count));
                }
            },
            move |error| {
                let now = async move { api.provider(id.to_string()).await };
                form.renew_with(error, now, move |now| {
                    version.try_set(now.version);
                    tell(form, fields.follow(seen, Basics::of(&now)));
                });
            },
        );
    };
    let list = move || left_outside(id, &zone, left.get());
    view! { <BasicsForm form=form fields=fields on_submit=Callback::new(submit) note=ViewFn::from(list) /> }
}

/// Until a place is chosen, the currency of the zone's own city is the best guess.
fn guess_currency(fields: Basics) {
    let zone = fields.zone.get_untracked();
    let city = zone.rsplit('/').next().unwrap_or_default().replace('_', " ");
    leptos::task::spawn_local(async move {
        // A guess that fails is no matter.
        let places = Api.places(PlaceQuery { q: city }).await.map(|places| places.items).unwrap_or_default();
        let found = places.into_iter().find(|place| place.time_zone == zone);
        let untouched = fields.place.try_with_untracked(|place| place.city.is_empty()) == Some(true);
        if let Some(place) = found.filter(|_| untouched) {
            fields.currency.try_set(place.currency);
        }
    });
}

#[component]
fn BasicsForm(
    form: Form,
    fields: Basics,
    on_submit: Callback<web_sys::SubmitEvent>,
    #[prop(optional)] note: ViewFn,
) -> impl IntoView {
    let (text, words) = (welcome(), page_form());
    let exact = RwSignal::new(false);
    let zone_error = form.at("/time_zone");
    let currency_error = form.at("/currency");
    let shown =
        move || exact.get() || zone_error.with(Option::is_some) || currency_error.with(Option::is_some);
    let guess = move || (text.guess)(&zone_label(&fields.zone.get(), now()), &fields.currency.get());
    view! {
        <Heading text=text.profile_title />
        <p class="lead">{text.profile_lead}</p>
        <form novalidate=true class="form card" on:submit=move |event| on_submit.run(event)>
            <Field id="provider-name" label=words.name value=fields.name hint=words.name_hint autocomplete="organization" error=form.at("/name") />
            <Trades value=fields.category error=form.at("/category") />
            <PlaceField id="city" label=words.city value=fields.city hint=text.city_hint error=form.at("/address/city")
                on_choose=Callback::new(move |place| fields.choose(place)) />
            <div class="guess" hidden=shown>
                <p class="muted">{guess}</p>
                <button type="button" class="button quiet small" aria-label=text.change_guess on:click=move |_| exact.set(true)>{text.change}</button>
            </div>
            <div class="row" hidden=move || !shown()>
                <ZoneField id="provider-zone" label=words.zone value=fields.zone on_choose=Callback::new(move |zone| fields.zone.set(zone)) />
                <Select id="currency" label=words.currency value=fields.currency options=currencies() error=currency_error />
            </div>
            <FormMessage form=form />
            <div role="status">{move || note.run()}</div>
            <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.go_on}</Button></div>
        </form>
    }
    .into_any()
}

/// The trades, all in view: one tap.
#[component]
fn Trades(value: RwSignal<String>, #[prop(into)] error: Signal<Option<String>>) -> impl IntoView {
    let error = until_changed(error, value.into());
    // A retired category stays with the pages that have it.
    let mine = value.get_untracked();
    let chips = move || {
        let list = categories::list().unwrap_or_default().into_iter();
        list.filter(|known| !known.retired || known.slug == mine).map(|known| {
            let name = categories::name_of(&known);
            let (mine, chosen) = (known.slug.clone(), known.slug.clone());
            view! {
                <label class="pick">
                    <input type="radio" name="trade" value=known.slug prop:checked=move || value.with(|value| *value == mine)
                        aria-invalid=move || error.with(Option::is_some).then_some("true") on:change=move |_| value.set(chosen.clone()) />
                    <span>{name}</span>
                </label>
            }
        }).collect_view()
    };
    let missing = move || match categories::failed() {
        Some(error) => failure(error, Some(Callback::new(move |()| categories::reload()))),
        None if categories::list().is_none() => skeleton_lines(2),
        None => ().into_any(),
    };
    view! {
        <fieldset class="choice field">
            <legend>{page_form().category}</legend>
            <div class="picks">{chips}</div>
            {missing}
            <FieldNotes id="trade" hint="" error=error />
        </fieldset>
    }
    .into_any()
}
