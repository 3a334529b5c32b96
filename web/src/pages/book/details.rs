//! Who comes. Losing the race for a time is part of it: what was typed stays, other times are one press away.

use super::draft::{Draft, Sent};
use super::flow::For;
use super::place::Place;
use crate::api::ApiError;
use crate::browser;
use crate::components::{Button, Field, FormMessage, Heading, Icon, Kind, Toasts};
use crate::form::Form;
use crate::format::{around, iso, moment, money, now, time, today, wall};
use crate::holds;
use crate::messages::{capital, t};
use crate::nav::{Go, address};
use crate::pages::manage::refused_time;
use crate::pages::pay;
use crate::picker::Months;
use crate::session::{Session, Standing};
use contract::bookings::Awaits;
use contract::coupons::PriceQuote;
use contract::payments::PaymentMode;
use contract::problem::Code;
use contract::providers::Provider;
use contract::services::{Location, Service};
use leptos::html;
use leptos::prelude::*;
use time::{Duration, OffsetDateTime};

/// A time that cannot be had any more, and what is free near it.
#[derive(Clone, PartialEq)]
struct Lost {
    sentence: String,
    alternatives: Vec<OffsetDateTime>,
    /// The time that is gone.
    wanted: OffsetDateTime,
}

/// The form, and what happens when it is sent.
#[component]
pub fn Details(
    provider: Provider,
    service: Service,
    place: Place,
    months: Months,
    draft: Draft,
    whom: For,
) -> impl IntoView {
    let words = &t().booking;
    let (form, go, session, toasts) = (Form::new(), Go::here(), Session::here(), Toasts::here());
    let lost = RwSignal::new(None::<Lost>);
    let wanted = StoredValue::new(OffsetDateTime::UNIX_EPOCH);
    let request = service.approval_required && whom == For::Oneself;
    let kept = StoredValue::new(service.clone());
    let provider_id = provider.id;
    // Set once it is booked: what comes next may take a moment to arrive.
    let leaving = RwSignal::new(false);
    let (quote, stale) = (RwSignal::new(None::<PriceQuote>), RwSignal::new(false));
    let price = service.price_minor;

    let done = move |Sent { booking, earlier }: Sent| {
        draft.forget();
        leaving.try_set(true);
        // What an earlier try had booked may cost something else than what is on the page now.
        let expected =
            quote.try_with_untracked(|quote| quote.as_ref().map(|quote| quote.price_minor)).flatten();
        let expected = expected.unwrap_or(price * i64::from(booking.party_size));
        let surprise = earlier && whom == For::Oneself && expected != booking.price_minor;
        if surprise {
            let amount = money(booking.price_minor, &booking.currency);
            toasts.warn((t().pay.earlier_price)(&amount));
        }
        match whom {
            For::Oneself if booking.awaits == Some(Awaits::Payment) => {
                holds::keep(&booking, booking.manage_token.as_deref().unwrap_or_default());
                // Who has to read about the price first, or was not told yet what is due, goes on by themselves.
                let is_told = quote.try_with_untracked(Option::is_some) == Some(true);
                let go_on = if surprise || !is_told { "" } else { "1" };
                go.replace(&address(&format!("/pay/{}", booking.id), &[("go", go_on)]));
            }
            For::Oneself => go.replace(&match &booking.manage_token {
                Some(token) => format!("/booked/{}#{token}", booking.id),
                None => format!("/booked/{}", booking.id),
            }),
            For::Client => {
                let when = moment(booking.start_at, &booking.provider.time_zone);
                toasts.say((words.client_booked)(&booking.client.name, &when));
                // To where the booking now stands.
                let date = iso(wall(booking.start_at, &booking.provider.time_zone).date());
                go.replace(&address(&format!("/dashboard/{provider_id}"), &[("date", &date)]));
            }
        }
    };
    let failed =
        move |error: ApiError| match lost_race(&error, &place.zone.get_untracked(), wanted.get_value()) {
            Some(what) => {
                months.forget();
                lost.try_set(Some(what));
            }
            None => form.fail(error),
        };
    let submit = move |start: OffsetDateTime| {
        if leaving.get_untracked() || stale.get_untracked() {
            return;
        }
        wanted.set_value(start);
        let location = kept.with_value(|service| service.location);
        let mut needed = vec![("/client/name", draft.name)];
        if whom == For::Oneself {
            needed.push(("/client/email", draft.email));
        }
        if location == Location::Phone {
            needed.push(("/client/phone", draft.phone));
        }
        if location == Location::Customer {
            needed.push(("/address", draft.address));
        }
        if !form.require(&needed) {
            return;
        }
        let request = kept.with_value(|service| {
            draft.request(service, start, place.party.get_untracked(), place.zone.get_untracked())
        });
        form.send_or(draft.book(session.api_now(), request), done, failed);
    };
    let instead = Callback::new(move |start: OffsetDateTime| {
        lost.set(None);
        place.choose_instead(start);
        submit(start);
    });
    let choose = Callback::new(move |start: OffsetDateTime| {
        browser::focus_if_lost(".step form input".to_owned());
        place.choose_instead(start);
    });
    // A provider may book what customers are not offered, so only theirs is looked after.
    let gone = Memo::new(move |_| {
        let start = place.start.get().filter(|_| whom == For::Oneself);
        start.is_some_and(|start| months.lacks(start, &place.zone.get(), place.party.get()))
    });
    Effect::new(move |_| {
        let (zone, party) = (place.zone.get(), place.party.get());
        if let Some(start) = place.start.get().filter(|_| whom == For::Oneself) {
            months.ensure(wall(start, &zone).date(), today(&zone), &zone, party);
        }
    });
    let went = Memo::new(move |_| {
        let told = lost.with(Option::is_some) || form.busy().get() || leaving.get();
        let start = place.start.get().filter(|_| gone.get() && !told)?;
        let (zone, why) = (place.zone.get(), kept.with_value(|service| why_gone(service, start)));
        Some(Lost::new(why, months.near(start, &zone, place.party.get()), &zone, start))
    });
    let notice = move || {
        let (told, went) = (lost.get(), went.get());
        let by_itself = told.is_none();
        // Who has asked for the booking already gets it with one more press.
        let instead = if by_itself { choose } else { instead };
        let (lost, typed) = (told.or(went)?, draft.is_typed());
        Some(
            view! { <LostRace lost=lost place=place instead=instead busy=form.busy() typed=typed by_itself=by_itself /> },
        )
    };
    let login = move || {
        (whom == For::Oneself && session.standing() == Standing::Guest).then(|| {
            let here = address("/login", &[("next", &place.here_path())]);
            view! { <p class="aside-link"><a href=here>{words.have_account}</a></p> }
        })
    };
    let (heading, email_hint, notes, notes_hint) = match whom {
        For::Oneself => (words.details_heading, words.email_hint, words.notes, ""),
        For::Client => {
            (words.client_heading, words.client_email_hint, words.client_notes, words.client_notes_hint)
        }
    };
    let prepaid =
        whom == For::Oneself && service.payment_mode != PaymentMode::OnSite && service.price_minor > 0;
    let currency = service.currency.clone();
    let due = move || quote.with(|quote| quote.as_ref().map(|quote| quote.due_minor));
    let send = move || match due() {
        // What a coupon leaves nothing of is booked at once.
        due if prepaid && due != Some(0) => {
            (t().pay.to_payment)(due.map(|due| money(due, &currency)).as_deref())
        }
        _ => if request { words.request } else { words.confirm }.to_owned(),
    };
    let terms = (whom == For::Oneself && service.price_minor > 0).then(|| {
        pay::due(pay::Due {
            provider: provider.clone(),
            service: service.clone(),
            start: place.start.into(),
            zone: place.zone.into(),
            party: place.party.into(),
            coupon: draft.coupon,
            form,
            quote,
            stale,
        })
    });
    // Who holds too much is led to what waits.
    let holds_much = Memo::new(move |_| {
        let much = |error: &Option<ApiError>| {
            error.as_ref().is_some_and(|error| error.code() == Some(Code::TooManyHolds))
        };
        form.failure().with(much)
    });
    let held = move || holds_much.get().then(pay::held);
    let busy = Signal::derive(move || form.busy().get() || leaving.get() || stale.get());
    let phone_hint = if service.location == Location::Phone { words.phone_hint } else { "" };
    view! {
        <Heading text=heading title=(words.choose_title)(&service.name) />
        <p class="change-time"><a href=move || place.without_time()>{Icon::Left.draw()}{words.change_time}</a></p>
        {notice}
        <form novalidate=true class="form" on:submit=move |event| {
            event.prevent_default();
            if let Some(start) = place.start.get_untracked() {
                lost.set(None);
                submit(start);
            }
        }>
            {login}
            <Field id="name" label=words.name value=draft.name autocomplete=if whom == For::Oneself { "name" } else { "off" } error=form.at("/client/name") />
            <Field id="email" label=words.email value=draft.email kind="email" inputmode="email" hint=email_hint
                autocomplete=if whom == For::Oneself { "email" } else { "off" } optional=whom == For::Client error=form.at("/client/email") />
            <Field id="phone" label=words.phone value=draft.phone kind="tel" inputmode="tel" hint=phone_hint
                autocomplete=if whom == For::Oneself { "tel" } else { "off" } optional=service.location != Location::Phone error=form.at("/client/phone") />
            {(service.location == Location::Customer).then(|| view! {
                <Field id="address" label=words.address value=draft.address hint=words.address_hint autocomplete="street-address" error=form.at("/address") />
            })}
            <Field id="notes" label=notes value=draft.notes hint=notes_hint rows=3 optional=true error=form.at("/notes") />
            {terms}
            <FormMessage form=form />
            {held}
            <div class="actions">
                <Button kind=Kind::Primary submit=true busy=busy>{send}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Why a time is listed no more, as far as one can tell from here: the clock does it too, not only other people.
fn why_gone(service: &Service, start: OffsetDateTime) -> &'static str {
    let ahead = start - now();
    let reason = if ahead.is_negative() {
        "past"
    } else if ahead < Duration::minutes(service.minimum_notice_minutes.into()) {
        "notice"
    } else {
        return t().live.chosen_gone;
    };
    (t().booking.refused)(Some(reason))
}

/// Says kindly why the time cannot be had, for instance that somebody was quicker.
#[component]
fn LostRace(
    lost: Lost,
    place: Place,
    instead: Callback<OffsetDateTime>,
    #[prop(into)] busy: Signal<bool>,
    /// Whether there is anything to lose.
    typed: bool,
    /// The time went while the person was here: what they are at stays where it is, with the focus.
    by_itself: bool,
) -> impl IntoView {
    let words = &t().booking;
    let element = NodeRef::<html::Div>::new();
    let held = by_itself.then(|| browser::hold(".step form :focus")).flatten();
    let held = StoredValue::new_local(held);
    Effect::new(move |_| match element.get() {
        Some(_) if by_itself => held.update_value(|held| held.take().into_iter().for_each(|settle| settle())),
        Some(element) => {
            let _ = element.focus();
        }
        None => {}
    });
    let zone = place.zone.get_untracked();
    let wanted = lost.wanted;
    let (_, labels) = name_times(&lost.alternatives, &zone, wanted);
    let buttons = lost.alternatives.into_iter().zip(labels).map(|(start, label)| {
        let (name, shown) = if by_itself {
            ((words.take_instead)(&label), capital(label))
        } else {
            ((words.book_instead)(&label), (words.book_time)(&label))
        };
        view! {
            <li><Button busy=busy label=name on_press=Callback::new(move |()| instead.run(start))>{shown}</Button></li>
        }
    });
    view! {
        <div class="notice lost" role="alert" tabindex="-1" node_ref=element>
            <p><b>{lost.sentence}</b> {typed.then(|| format!(" {}", words.taken_kept))}</p>
            <ul class="actions">
                {buttons.collect_view()}
                <li><a class="button quiet" href=move || place.without_time()>{t().booking.all_times}</a></li>
            </ul>
        </div>
    }
    .into_any()
}

/// What to say where the time is gone; nothing where the error is another one.
fn lost_race(error: &ApiError, zone: &str, wanted: OffsetDateTime) -> Option<Lost> {
    let problem = refused_time(error)?;
    let why = (t().booking.refused)(problem.reason.as_deref());
    Some(Lost::new(why, problem.alternatives.clone(), zone, wanted))
}

impl Lost {
    fn new(why: &str, alternatives: Vec<OffsetDateTime>, zone: &str, wanted: OffsetDateTime) -> Self {
        let words = &t().booking;
        let free = match name_times(&alternatives, zone, wanted) {
            (_, times) if times.is_empty() => words.free_none.to_owned(),
            (true, times) => (words.free)(&times),
            (false, _) => words.free_near.to_owned(),
        };
        Self { sentence: format!("{why} {free}"), alternatives, wanted }
    }
}

/// Times by their hour alone where all of them lie on the day that was wanted.
fn name_times(times: &[OffsetDateTime], zone: &str, wanted: OffsetDateTime) -> (bool, Vec<String>) {
    let day = wall(wanted, zone).date();
    let same_day = times.iter().all(|at| wall(*at, zone).date() == day);
    let name = |at: &OffsetDateTime| if same_day { time(*at, zone) } else { around(*at, zone) };
    (same_day, times.iter().map(name).collect())
}
