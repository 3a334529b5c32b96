//! What a cancellation would bring back, before anybody cancels.

use crate::api::BookingKey;
use crate::browser::sleep;
use crate::components::skeleton_lines;
use crate::format::{moment, money};
use crate::messages::till;
use crate::pages::client_zone;
use crate::pages::manage::Side;
use crate::remote::{Load, Remote};
use contract::bookings::Booking;
use contract::payments::CancellationQuote;
use leptos::prelude::*;
use time::Duration;

/// How far it is known what comes back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quoted {
    /// It is asked for.
    Asked,
    /// It is said, and holds.
    Said,
    /// It could not be had.
    Failed,
}

/// The longest that a browser's timer runs, and longer than anybody keeps a question open.
const LONGEST: Duration = Duration::hours(24);

/// Asks and tells, and asks again as soon as what was said no longer holds.
pub fn draw((key, booking, side, quoted): (BookingKey, Booking, Side, RwSignal<Quoted>)) -> AnyView {
    let id = booking.id;
    let quote = Remote::new(move || key.clone().cancellation_quote(id));
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let mine = turn.get_value() + 1;
        turn.set_value(mine);
        let load = quote.get();
        quoted.try_set(match &load {
            Load::Loading => Quoted::Asked,
            Load::Ready(_) => Quoted::Said,
            Load::Failed(_) => Quoted::Failed,
        });
        let Load::Ready(said) = load else { return };
        let Some(left) = holds_for(&said).filter(|left| *left < LONGEST) else { return };
        leptos::task::spawn_local(async move {
            sleep(u32::try_from(left.whole_milliseconds()).unwrap_or_default()).await;
            if turn.try_get_value() == Some(mine) {
                quote.retry();
            }
        });
    });
    let told = quote.view(
        || skeleton_lines(1),
        move |quote| view! { <p class="notice quote">{sentence(&quote, &booking, side)}</p> }.into_any(),
    );
    view! { <div role="status">{told}</div> }.into_any()
}

/// For how long it holds, with a second more: the last one is inside.
fn holds_for(quote: &CancellationQuote) -> Option<Duration> {
    let stage = quote.stages.get(usize::try_from(quote.stage).ok()?)?;
    Some((stage.until? - quote.at).max(Duration::ZERO) + Duration::SECOND)
}

/// What comes back now, what it was before and what it will be.
fn sentence(quote: &CancellationQuote, booking: &Booking, side: Side) -> String {
    let zone = &client_zone(booking);
    let words = till();
    let amount = |minor: i64| money(minor, &quote.currency);
    let disputed = Some(quote.disputed_minor).filter(|minor| *minor > 0).map(amount);
    let at_bank = disputed.map(|disputed| match side {
        Side::Client => (words.quote_disputed)(&disputed),
        Side::Provider => (words.quote_disputed_theirs)(&disputed),
    });
    if quote.kept_minor == 0 {
        return at_bank.unwrap_or_else(|| words.quote_none.to_owned());
    }
    if side == Side::Provider {
        let sentences = [Some((words.quote_theirs)(&amount(quote.refund_minor))), at_bank];
        return sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    let all = amount(quote.kept_minor + quote.disputed_minor);
    let mut sentences = vec![match quote.refund_minor {
        0 => (words.quote_nothing)(&all),
        back if at_bank.is_none() && back == quote.kept_minor => (words.quote_all)(&all),
        back => (words.quote_part)(&amount(back), &all),
    }];
    sentences.extend(at_bank);
    let stage = usize::try_from(quote.stage).unwrap_or_default();
    let before = stage.checked_sub(1).and_then(|before| quote.stages.get(before));
    // Before it was booked, nobody could have cancelled.
    let before = before.and_then(|before| Some((before, before.until?)));
    if let Some((before, until)) = before.filter(|(_, until)| *until > booking.created_at) {
        sentences.push((words.quote_before)(&moment(until, zone), &amount(before.refund_minor)));
    }
    let until = quote.stages.get(stage).and_then(|now| now.until);
    if let Some((then, until)) = quote.stages.get(stage + 1).zip(until) {
        let then = Some(then.refund_minor).filter(|minor| *minor > 0).map(amount);
        sentences.push((words.quote_after)(&moment(until, zone), then.as_deref()));
    }
    sentences.join(" ")
}
