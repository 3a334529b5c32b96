//! A booking as its reader sees it.

use super::access::Side;
use super::app::{can_settle, online_now};
use super::store::{self, Row};
use crate::app::App;
use crate::db::seconds;
use crate::http::{ApiError, ApiResult};
use crate::payments;
use crate::slots::in_zone;
use crate::terms;
use contract::bookings::{
    Awaits, Booking, BookingProvider, BookingService, BookingStatus, CancelledBy, Client,
};
use contract::payments::BookingMoney;
use contract::services::Location;
use domain::booking::{self, Action, State, Status};
use domain::payment::vat;
use domain::zone::Zone;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;

/// The row on the wire, with what `side` may do now.
pub(super) fn view(row: &Row, side: Side) -> ApiResult<Booking> {
    let status: BookingStatus = word(&row.status)?;
    let zone = Zone::parse(&row.client_time_zone).map_err(ApiError::internal)?;
    let told = side == Side::Provider || !matches!(status, BookingStatus::Pending | BookingStatus::Cancelled);
    Ok(Booking {
        id: row.id,
        status,
        cancelled_by: row.cancelled_by.as_deref().map(word::<CancelledBy>).transpose()?,
        cancel_reason: row.cancel_reason.clone(),
        start_at: in_zone(&zone, seconds(row.start_at)),
        end_at: in_zone(&zone, seconds(row.end_at)),
        client_time_zone: row.client_time_zone.clone(),
        provider: BookingProvider {
            id: row.provider_id,
            slug: row.provider_slug.clone(),
            name: row.provider_name.clone(),
            time_zone: row.provider_time_zone.clone(),
            address: row.provider_address.clone(),
        },
        service: BookingService {
            id: row.service_id,
            name: row.service_name.clone(),
            duration_minutes: u32::try_from((row.end_at - row.start_at).whole_minutes()).unwrap_or_default(),
            location: word::<Location>(&row.location)?,
            location_detail: if told { row.location_detail.clone() } else { String::new() },
        },
        client: Client {
            name: row.client_name.clone(),
            email: row.client_email.clone(),
            phone: row.client_phone.clone(),
        },
        notes: row.client_notes.clone(),
        address: row.client_address.clone(),
        party_size: u32::try_from(row.party_size).unwrap_or_default(),
        price_minor: row.price_minor,
        currency: row.currency.clone(),
        money: money(row),
        awaits: row.awaits.as_deref().map(word::<Awaits>).transpose()?,
        expires_at: row.hold_expires_at.filter(|_| status == BookingStatus::Pending),
        created_at: row.created_at,
        actions: actions(row, side)?,
        version: row.version,
        manage_token: None,
    })
}

/// The row on the wire, with its refunds, what became of what was reserved and what of its rest can be paid online: what the
/// answers about one booking show.
pub(super) async fn whole(app: &App, db: &mut PgConnection, row: &Row, side: Side) -> ApiResult<Booking> {
    let whole = all_whole(db, std::slice::from_ref(row), |_| side).await?.pop();
    let mut booking = whole.ok_or_else(ApiError::not_found)?;
    booking.money.rest_online_minor = Some(online_now(app, db, row).await?);
    if booking.awaits == Some(Awaits::Payment) {
        booking.money.try_declined = payments::was_declined(db, row.provider_id, row.id).await?;
    }
    if row.disputed_minor > 0 {
        let at_banks: i64 = payments::at_banks(db, row.id).await?.iter().map(|(_, minor)| minor).sum();
        booking.money.taken_back_minor = Some(row.disputed_minor - at_banks).filter(|minor| *minor > 0);
    }
    if booking.status == BookingStatus::Cancelled && row.due_minor > 0 {
        let ended = store::ended(db, row).await?;
        // What was taken in the very moment in which it was to be let go of goes back as a refund.
        booking.money.released_minor = ended.released_minor.filter(|_| row.paid_minor == 0);
        booking.money.lost_minor = ended.lost_minor;
    }
    Ok(booking)
}

/// Several rows with their refunds.
pub(super) async fn all_whole(
    db: &mut PgConnection,
    rows: &[Row],
    side: impl Fn(&Row) -> Side,
) -> ApiResult<Vec<Booking>> {
    // What was never paid was never given back.
    let paid: Vec<_> =
        rows.iter().filter(|row| row.paid_minor > 0).map(|row| (row.provider_id, row.id)).collect();
    let mut refunds = payments::refunds_of(db, &paid).await?;
    let mut whole = |row: &Row| {
        let mut booking = view(row, side(row))?;
        booking.money.refunds = Some(refunds.remove(&row.id).unwrap_or_default());
        Ok(booking)
    };
    rows.iter().map(&mut whole).collect()
}

/// What the rules need to know of the row.
pub(super) fn state(row: &Row) -> ApiResult<State> {
    Ok(State {
        status: Status::parse(&row.status)
            .ok_or_else(|| ApiError::internal("unknown status of a booking"))?,
        awaits: row.awaits.as_deref().and_then(booking::Awaits::parse),
        needs_approval: row.needs_approval,
        cancelled_by: row.cancelled_by.as_deref().and_then(booking::CancelledBy::parse),
        start: seconds(row.start_at),
        end: seconds(row.end_at),
        expires_at: row.hold_expires_at.map(seconds),
    })
}

fn money(row: &Row) -> BookingMoney {
    let vat_rate = row.vat_rate.map(i32::cast_unsigned);
    BookingMoney {
        mode: terms::read_mode(&row.payment_mode),
        due_minor: row.due_minor,
        paid_minor: row.paid_minor,
        refunded_minor: row.refunded_minor,
        disputed_minor: row.disputed_minor,
        taken_back_minor: None,
        discount_minor: row.discount_minor,
        vat_rate,
        vat_minor: vat_rate.map(|rate| vat::contained(row.price_minor, rate)),
        rest_online_minor: None,
        released_minor: None,
        lost_minor: None,
        try_declined: false,
        settled_at: row.settled_at,
        cancellation_policy: terms::as_wire(&row.policy, terms::percent(row.no_show_percent)),
        refunds: None,
    }
}

fn actions(row: &Row, side: Side) -> ApiResult<Vec<String>> {
    let (state, now) = (state(row)?, seconds(row.now));
    let all = [
        ("confirm", Action::Confirm, true),
        ("decline", Action::Decline, true),
        ("reschedule", Action::Reschedule, false),
        ("cancel", Action::Cancel(side.party()), false),
        ("complete", Action::Complete, true),
        ("no_show", Action::MarkNoShow, true),
    ];
    let is_provider = side == Side::Provider;
    // A client moves nothing of a page that is hidden or suspended.
    let is_theirs = |action: &Action| is_provider || row.open || *action != Action::Reschedule;
    let moves = all.into_iter().filter(|(_, action, providers_only)| {
        (!providers_only || is_provider)
            && is_theirs(action)
            && booking::transition(&state, *action, now).is_ok()
    });
    let notes = [
        ("settle", can_settle(row)?),
        ("unsettle", row.settled_at.is_some()),
        ("refund", row.kept_minor() > 0),
    ];
    let notes = notes.into_iter().filter(|(_, allowed)| is_provider && *allowed);
    Ok(moves.map(|(name, ..)| name).chain(notes.map(|(name, _)| name)).map(str::to_owned).collect())
}

/// Words in the database are held to these sets by constraints.
fn word<T: DeserializeOwned>(stored: &str) -> ApiResult<T> {
    serde_json::from_value(stored.into()).map_err(ApiError::internal)
}
