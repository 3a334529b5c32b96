//! A booking as its reader sees it.

use super::access::Side;
use super::store::Row;
use crate::db::seconds;
use crate::http::{ApiError, ApiResult};
use crate::slots::in_zone;
use contract::bookings::{Booking, BookingProvider, BookingService, BookingStatus, CancelledBy, Client};
use contract::services::Location;
use domain::booking::{self, Action, State, Status};
use domain::zone::Zone;
use serde::de::DeserializeOwned;

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
        expires_at: row.hold_expires_at.filter(|_| status == BookingStatus::Pending),
        created_at: row.created_at,
        actions: actions(&state(row)?, side, seconds(row.now)),
        version: row.version,
        manage_token: None,
    })
}

/// What the rules need to know of the row.
pub(super) fn state(row: &Row) -> ApiResult<State> {
    Ok(State {
        status: Status::parse(&row.status)
            .ok_or_else(|| ApiError::internal("unknown status of a booking"))?,
        start: seconds(row.start_at),
        end: seconds(row.end_at),
        expires_at: row.hold_expires_at.map(seconds),
    })
}

fn actions(state: &State, side: Side, now: i64) -> Vec<String> {
    let all = [
        ("confirm", Action::Confirm, true),
        ("decline", Action::Decline, true),
        ("reschedule", Action::Reschedule, false),
        ("cancel", Action::Cancel(side.party()), false),
        ("complete", Action::Complete, true),
        ("no_show", Action::MarkNoShow, true),
    ];
    all.into_iter()
        .filter(|(_, action, providers_only)| {
            (!providers_only || side == Side::Provider) && booking::transition(state, *action, now).is_ok()
        })
        .map(|(name, ..)| name.to_owned())
        .collect()
}

/// Words in the database are held to these sets by constraints.
fn word<T: DeserializeOwned>(stored: &str) -> ApiResult<T> {
    serde_json::from_value(stored.into()).map_err(ApiError::internal)
}
