//! A policy told by a booking with real dates and amounts.

use super::policy::Draft;
use crate::format::{at_wall, moment, money, parse_amount, share, today};
use crate::messages::desk_money;
use crate::pages::dashboard::frame::Own;
use crate::remote::Remote;
use contract::payments::{PaymentMode, PolicyStep};
use contract::services::{Service, ServiceStatus};
use leptos::prelude::*;
use time::{Duration, OffsetDateTime, Time};

/// How many days ahead the booking is at least.
const AHEAD: i64 = 21;

/// What is booked, and what was paid for it.
#[derive(Clone, PartialEq)]
struct Sample {
    name: String,
    paid: i64,
}

/// The first service that is paid when booking, else the first that costs something.
fn sample(services: &[Service]) -> Option<Sample> {
    let offered = || services.iter().filter(|it| it.status == ServiceStatus::Active && it.price_minor > 0);
    let chosen = offered().find(|it| it.payment_mode != PaymentMode::OnSite).or_else(|| offered().next())?;
    let paid = match (chosen.deposit_minor, chosen.deposit_percent) {
        (Some(minor), _) => minor,
        (None, Some(percent)) => share(chosen.price_minor, percent, &chosen.currency),
        (None, None) => chosen.price_minor,
    };
    Some(Sample { name: chosen.name.clone(), paid })
}

/// When it begins: in some weeks, and after the first step in any case.
fn start(steps: &[PolicyStep], zone: &str) -> OffsetDateTime {
    let farthest = steps.first().map_or(0, |step| i64::from(step.hours_before) / 24 + 7);
    let date = today(zone) + Duration::days(AHEAD.max(farthest));
    at_wall(date.with_time(Time::from_hms(10, 0, 0).unwrap_or(Time::MIDNIGHT)), zone)
}

/// What comes back, by when the client cancels.
#[component]
pub fn Example(own: Own, draft: Draft) -> impl IntoView {
    let text = desk_money();
    let (zone, currency) = (own.provider.time_zone.clone(), own.provider.currency.clone());
    let (api, id) = (own.api, own.provider.id);
    let services = Remote::of(move || api.services(id));
    let any = Sample {
        name: text.example_booking.to_owned(),
        paid: parse_amount("100", &currency).unwrap_or_default(),
    };
    let chosen = Memo::new(move |_| {
        services.value().and_then(|services| sample(&services.items)).unwrap_or_else(|| any.clone())
    });
    let told = move || {
        let (Sample { name, paid }, steps) = (chosen.get(), draft.steps());
        let start = start(&steps, &zone);
        let back = |percent: u8| match share(paid, percent.into(), &currency) {
            0 => text.nothing_back.to_owned(),
            minor => (text.back)(&money(minor, &currency)),
        };
        let row = |what: String, back: String| view! { <div><dt>{what}</dt><dd>{back}</dd></div> };
        let rows = steps.iter().map(|step| {
            let until = start - Duration::hours(step.hours_before.into());
            row((text.example_until)(&moment(until, &zone)), back(step.refund_percent))
        });
        let later = steps.last().is_none_or(|step| step.hours_before > 0);
        view! {
            <p>{(text.example_paid)(&name, &moment(start, &zone), &money(paid, &currency))}</p>
            <dl>
                {rows.collect_view()}
                {later.then(|| row(text.example_later.to_owned(), text.nothing_back.to_owned()))}
                {draft.no_show().map(|percent| row(text.example_never.to_owned(), back(percent)))}
            </dl>
        }
    };
    view! {
        <section class="card policy-example" aria-labelledby="example">
            <h2 id="example">{text.example}</h2>
            {told}
        </section>
    }
    .into_any()
}
