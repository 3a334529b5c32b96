//! Moving the day. What would fit is asked before anything is moved.

use super::Whole;
use super::ask::{Asked, Outcome, or_again};
use super::done::kept_rows;
use crate::api::ApiError;
use crate::components::{Button, Check, Choice, Field, FormMessage, Kind};
use crate::form::Form;
use crate::format::{Named, iso, parse_date};
use crate::messages::{days_words, t};
use contract::days::{DayChange, MoveDay};
use leptos::prelude::*;
use time::Date;
use uuid::Uuid;

/// Where the day goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whither {
    Date(Date),
    Minutes(i32),
}

impl Whither {
    /// The wish for it.
    pub fn wish(self) -> MoveDay {
        match self {
            Whither::Date(date) => MoveDay { to_date: Some(date), ..MoveDay::default() },
            Whither::Minutes(minutes) => MoveDay { by_minutes: Some(minutes), ..MoveDay::default() },
        }
    }
}

/// Where somebody wants the day to go, as typed.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    how: RwSignal<String>,
    to: RwSignal<String>,
    minutes: RwSignal<String>,
    close: RwSignal<bool>,
}

impl Typed {
    /// To a date, which is still to be said.
    pub fn new() -> Self {
        Self {
            how: RwSignal::new("date".to_owned()),
            to: RwSignal::new(String::new()),
            minutes: RwSignal::new("30".to_owned()),
            close: RwSignal::new(false),
        }
    }
}

/// `next` is the date that is proposed.
pub(super) fn draw(
    whole: Whole,
    asked: Asked,
    ids: Vec<Uuid>,
    next: Date,
    outcome: RwSignal<Option<Outcome>>,
) -> AnyView {
    let text = days_words();
    let Asked { word: message, place: Typed { how, to, minutes, close }, again, .. } = asked;
    let (form, count) = (Form::new(), ids.len());
    if to.with_untracked(String::is_empty) {
        to.set(iso(next));
    }
    let whither = Memo::new(move |_| {
        let by = |sign: i32| {
            let number = minutes.with(|text| text.trim().parse::<i32>().ok());
            number.filter(|number| (1..=1440).contains(number)).map(|number| Whither::Minutes(number * sign))
        };
        how.with(|how| match how.as_str() {
            "later" => by(1),
            "earlier" => by(-1),
            _ => parse_date(&to.get()).map(Whither::Date),
        })
    });
    let tried = trial(&whole, whither);
    let options = [("date", text.to_date), ("later", text.later), ("earlier", text.earlier)];
    let options = options.map(|(code, name)| Named { code: code.to_owned(), name: name.to_owned() });
    let (key, open) = (Uuid::new_v4().to_string(), whole.open);
    let go = Callback::new(move |()| {
        let (Some(whither), Some(Ok(trial))) = (whither.get_untracked(), tried.get_untracked()) else {
            return;
        };
        let body = MoveDay {
            message: message.get_untracked().trim().to_owned(),
            fitting_only: !trial.kept.is_empty(),
            close: close.get_untracked() && matches!(whither, Whither::Date(_)),
            seen_ids: Some(ids.clone()),
            ..whither.wish()
        };
        let where_to =
            body.to_date.map(iso).unwrap_or_default() + &body.by_minutes.unwrap_or_default().to_string();
        let key = format!("{key}-{where_to}-{}-{}-{}", body.fitting_only, body.close, body.message.len());
        let on_change = whole.on_change;
        let done = move |change| {
            on_change.try_run(());
            outcome.try_set(Some(Outcome { change, moved: Some(whither) }));
        };
        let call = whole.own.api.move_day(whole.own.provider.id, whole.date, key, body);
        form.send_or(call, done, move |error| or_again(form, again, error));
    });
    let where_to = move || {
        if how.with(|how| how == "date") {
            view! { <Field id="day-to" kind="date" label=text.date value=to error=form.at("/to_date") /> }
                .into_any()
        } else {
            view! { <Field id="day-minutes" inputmode="numeric" label=text.minutes suffix=text.minutes_unit value=minutes error=form.at("/by_minutes") /> }.into_any()
        }
    };
    let zone = whole.own.provider.time_zone.clone();
    let fitting = Signal::derive(move || match tried.get() {
        Some(Ok(trial)) => trial.changed.len(),
        _ => 0,
    });
    let verdict = move || {
        match (whither.get(), tried.get()) {
        (None, _) => view! { <p class="muted">{text.say_where}</p> }.into_any(),
        (_, None) => view! { <p class="muted">{text.looking}</p> }.into_any(),
        (_, Some(Err(error))) => view! { <p class="field-error">{sentence(&error)}</p> }.into_any(),
        (_, Some(Ok(trial))) if trial.kept.is_empty() => view! { <p class="day-fits">{(text.all_fit)(count)}</p> }.into_any(),
        (_, Some(Ok(trial))) => view! {
            <div class="day-note"><p>{(text.some_stay)(trial.kept.len())}</p>{kept_rows(&trial.kept, &zone)}</div>
        }
        .into_any(),
    }
    };
    let label = move || match tried.get() {
        Some(Ok(trial)) if !trial.kept.is_empty() => (text.move_some)(trial.changed.len(), trial.kept.len()),
        _ => (text.move_yes)(count),
    };
    view! {
        <Choice id="day-how" label=text.whither bare=true value=how options=options.into() on_choose=Callback::new(move |code| how.set(code)) />
        {where_to}
        <div class="day-verdict" aria-live="polite">{verdict}</div>
        <Field id="day-message" label=text.reason hint=text.reason_hint value=message rows=3 optional=true error=form.at("/message") />
        {move || how.with(|how| how == "date").then(|| view! { <Check id="day-close" label=text.close value=close hint=text.close_hint /> })}
        <FormMessage form=form />
        <div class="actions">
            <Button kind=Kind::Primary busy=form.busy() disabled=Signal::derive(move || fitting.get() == 0) on_press=go>{label}</Button>
            <Button on_press=Callback::new(move |()| open.set(false))>{text.keep}</Button>
        </div>
    }
    .into_any()
}

/// What is wrong with the place itself.
fn sentence(error: &ApiError) -> String {
    let fault = error.problem().and_then(|problem| problem.errors.first());
    fault.map_or_else(|| error.sentence(), |fault| (t().problems.field)(&fault.code, &fault.message))
}

/// What would come of it: asked anew whenever the place changes, late answers dropped.
fn trial(whole: &Whole, whither: Memo<Option<Whither>>) -> RwSignal<Option<Result<DayChange, ApiError>>> {
    let tried = RwSignal::new(None);
    let (api, id, date) = (whole.own.api, whole.own.provider.id, whole.date);
    Effect::new(move |_| {
        tried.set(None);
        let Some(place) = whither.get() else { return };
        let body = MoveDay { dry_run: true, fitting_only: true, ..place.wish() };
        leptos::task::spawn_local(async move {
            let answer = api.move_day(id, date, Uuid::new_v4().to_string(), body).await;
            // The dialog may be closed, or another place be asked for.
            if whither.try_get_untracked() == Some(Some(place)) {
                tried.try_set(Some(answer));
            }
        });
    });
    tried
}
