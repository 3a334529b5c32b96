//! What a mail about a booking needs to know, read when the mail is written.

use super::{Notice, Recipient, Stretch};
use crate::app::Payments;
use crate::jobs::Failure;
use domain::booking::{CancelledBy, Status};
use domain::money::{Currency, Money};
use domain::payment::policy::Policy;
use domain::payment::quote::{Paid, Stage};
use domain::payment::rest::Account;
use domain::zone::Zone;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

/// A booking as its mails tell it.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) booking_id: Uuid,
    pub(super) provider_id: Uuid,
    pub(super) provider_name: String,
    pub(super) provider_zone: Zone,
    pub(super) address_line: String,
    pub(super) city: String,
    pub(super) coordinates: Option<(f64, f64)>,
    pub(super) owner_id: Option<Uuid>,
    pub(super) owner_name: String,
    pub(super) owner_email: Option<String>,
    pub(super) service_name: String,
    pub(super) location: String,
    pub(super) location_detail: String,
    pub(super) is_guest: bool,
    pub(super) client_name: String,
    pub(super) client_email: Option<String>,
    pub(super) client_phone: Option<String>,
    pub(super) client_notes: String,
    pub(super) client_address: String,
    pub(super) client_zone: Zone,
    pub(super) start_at: OffsetDateTime,
    pub(super) end_at: OffsetDateTime,
    pub(super) status: Status,
    /// Whether it stands only once it is paid.
    pub(super) awaits_payment: bool,
    pub(super) cancelled_by: Option<CancelledBy>,
    pub(super) cancel_reason: String,
    /// The provider's word with the last move.
    pub(super) move_message: String,
    /// What the service was before the last move, where that changed it.
    pub(super) service_before: String,
    pub(super) hold_expires_at: Option<OffsetDateTime>,
    pub(super) party_size: i32,
    pub(super) price: Option<Money>,
    /// How it is paid, where something is paid when booking.
    pub(super) payment: Option<Payment>,
    /// What of its rest can be paid online, where the provider can take payments.
    pub(super) rest_online: Option<Money>,
    has_account: bool,
    /// What of its payments goes back because it ended.
    pub(super) refund: Option<Money>,
    /// What was only reserved on the card when it ended, and is let go of.
    pub(super) released: Option<Money>,
    /// What was reserved when it ended and is taken all the same, for not all of it goes back.
    pub(super) charged: Option<Money>,
    /// What the end of it owes of what the client's bank has: it goes back once the bank lets the payment stand.
    pub(super) withheld: Option<Money>,
    pub(super) sequence: i32,
    pub(super) updated_at: OffsetDateTime,
    known: Known,
}

/// How a booking is paid, of which something is paid when booking.
#[derive(Debug, Clone)]
pub(super) struct Payment {
    /// What came in.
    pub(super) paid: Money,
    /// What is on the card until it is taken: reserved, or about to be charged.
    pub(super) on_card: Money,
    /// What is left for the appointment.
    pub(super) rest: Money,
    /// What a cancellation by the client brings back, from now on.
    pub(super) stages: Vec<Stage>,
}

impl Payment {
    fn of(row: &Row, currency: Currency) -> Option<Self> {
        let agreed = row.due_minor.max(row.paid_minor);
        if agreed == 0 {
            return None;
        }
        let money = |minor: i64| Money::new(minor.max(0), currency);
        let terms = Paid {
            policy: row.policy.0.clone(),
            no_show_percent: 0,
            anchor: row.policy_anchor.unix_timestamp(),
            kept_minor: agreed - row.refunded_minor,
            currency,
        };
        let now = row.now.unix_timestamp();
        let mut stages = terms.stages();
        stages.retain(|stage| stage.until.is_none_or(|until| now <= until));
        let is_settled = row.settled_at.is_some();
        let rest = row.price_minor - row.due_minor;
        Some(Self {
            paid: money(row.paid_minor),
            on_card: money(row.due_minor - row.paid_minor),
            rest: money(if is_settled { 0 } else { rest }),
            stages,
        })
    }
}

/// The time of a booking as its client was last told it: the news of a provider's move waits a moment.
#[derive(Debug, Clone, Copy)]
struct Known {
    time: Stretch,
    sequence: i32,
}

impl Facts {
    /// The booking as this side knows it.
    pub(super) fn known_by(self, recipient: Recipient) -> Self {
        let Known { time, sequence } = self.known;
        match recipient {
            Recipient::Client => Self { start_at: time.start_at, end_at: time.end_at, sequence, ..self },
            Recipient::Provider => self,
        }
    }

    /// The same, where only providers who can take payments have a rest that is paid online.
    pub(super) fn payable_through(self, payments: Option<&Payments>) -> Self {
        let takes = payments.is_some_and(|payments| !payments.connect || self.has_account);
        Self { rest_online: self.rest_online.filter(|_| takes), ..self }
    }

    /// The booking at the time at which it was known.
    pub(super) fn at(self, known: Stretch) -> Self {
        Self { start_at: known.start_at, end_at: known.end_at, ..self }
    }

    /// Whether the notice is still what there is to say; `to` is the time that a move told of.
    pub(super) fn is_current(&self, notice: Notice, to: Option<Stretch>) -> bool {
        match notice {
            Notice::Requested => self.status == Status::Pending,
            Notice::Booked | Notice::Confirmed => self.status == Status::Confirmed,
            // After a later move, the mail about that one tells the time.
            Notice::Moved => {
                let stands = matches!(self.status, Status::Pending | Status::Confirmed);
                stands && to.is_none_or(|to| (to.start_at, to.end_at) == (self.start_at, self.end_at))
            }
            Notice::Declined => self.cancelled_by == Some(CancelledBy::Declined),
            Notice::Expired | Notice::Unpaid => self.cancelled_by == Some(CancelledBy::Expired),
            // Whoever pays at the start may be heard of before the time is let go of.
            Notice::PaidLate => self.status == Status::Cancelled || self.awaits_payment,
            Notice::Cancelled => {
                matches!(self.cancelled_by, Some(CancelledBy::Client | CancelledBy::Provider))
            }
        }
    }

    /// Where the recipient can be reached.
    pub(super) fn address(&self, recipient: Recipient) -> Option<&str> {
        match recipient {
            Recipient::Client => self.client_email.as_deref(),
            Recipient::Provider => self.owner_email.as_deref(),
        }
    }

    /// The provider's address in one line.
    pub(super) fn provider_address(&self) -> String {
        let parts = [self.address_line.as_str(), self.city.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Where it takes place: an address, or where to call or click.
    pub(super) fn place(&self) -> String {
        match self.location.as_str() {
            "customer" => self.client_address.clone(),
            "online" | "phone" => self.location_detail.clone(),
            _ => self.provider_address(),
        }
    }

    /// The provider's place on a map: its address where there is one, for the coordinates may be no more than the city's.
    pub(super) fn map_url(&self) -> Option<String> {
        if !self.address_line.is_empty() {
            let address = self.provider_address();
            let query: String = form_urlencoded::byte_serialize(address.as_bytes()).collect();
            return Some(format!("https://www.openstreetmap.org/search?query={query}"));
        }
        let (latitude, longitude) = self.coordinates?;
        let place = format!("mlat={latitude:.5}&mlon={longitude:.5}#map=12/{latitude:.5}/{longitude:.5}");
        Some(format!("https://www.openstreetmap.org/?{place}"))
    }
}

struct Row {
    booking_id: Uuid,
    provider_id: Uuid,
    provider_name: String,
    provider_zone: String,
    address_line: String,
    city: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    owner_id: Option<Uuid>,
    owner_name: Option<String>,
    owner_email: Option<String>,
    service_name: String,
    location: String,
    location_detail: String,
    client_id: Option<Uuid>,
    client_name: String,
    client_email: Option<String>,
    client_phone: Option<String>,
    client_notes: String,
    client_address: String,
    client_zone: String,
    start_at: OffsetDateTime,
    end_at: OffsetDateTime,
    status: String,
    awaits_payment: bool,
    cancelled_by: Option<String>,
    cancel_reason: String,
    move_message: String,
    service_before: String,
    hold_expires_at: Option<OffsetDateTime>,
    party_size: i32,
    price_minor: i64,
    refunded_minor: i64,
    goes_back_minor: Option<i64>,
    released_minor: i64,
    charged_minor: i64,
    withheld_minor: i64,
    paid_minor: i64,
    due_minor: i64,
    settled_at: Option<OffsetDateTime>,
    service_prepays: bool,
    has_account: bool,
    policy: Json<Policy>,
    policy_anchor: OffsetDateTime,
    now: OffsetDateTime,
    currency: String,
    sequence: i32,
    updated_at: OffsetDateTime,
    known_start: OffsetDateTime,
    known_end: OffsetDateTime,
    known_sequence: i32,
}

impl TryFrom<Row> for Facts {
    type Error = BadRow;

    fn try_from(row: Row) -> Result<Self, BadRow> {
        let zone = |name: &str| Zone::parse(name).map_err(|_| BadRow("a time zone"));
        let currency = Currency::parse(&row.currency).map_err(|_| BadRow("the currency"))?;
        let cancelled_by =
            row.cancelled_by.as_deref().map(|by| CancelledBy::parse(by).ok_or(BadRow("who cancelled")));
        let payment = Payment::of(&row, currency);
        let status = Status::parse(&row.status).ok_or(BadRow("the status"))?;
        let account = Account {
            status,
            price: Money::new(row.price_minor, currency),
            due_minor: row.due_minor,
            paid_minor: row.paid_minor,
            is_settled: row.settled_at.is_some(),
        };
        let rest_online = Some(Money::new(account.online(row.service_prepays), currency));
        let goes_back = row.goes_back_minor.unwrap_or(row.refunded_minor);
        Ok(Self {
            booking_id: row.booking_id,
            provider_id: row.provider_id,
            provider_name: row.provider_name,
            provider_zone: zone(&row.provider_zone)?,
            address_line: row.address_line,
            city: row.city,
            coordinates: row.latitude.zip(row.longitude),
            owner_id: row.owner_id,
            owner_name: row.owner_name.unwrap_or_default(),
            owner_email: row.owner_email,
            service_name: row.service_name,
            location: row.location,
            location_detail: row.location_detail,
            is_guest: row.client_id.is_none(),
            client_name: row.client_name,
            client_email: row.client_email,
            client_phone: row.client_phone,
            client_notes: row.client_notes,
            client_address: row.client_address,
            client_zone: zone(&row.client_zone)?,
            start_at: row.start_at,
            end_at: row.end_at,
            status,
            awaits_payment: row.awaits_payment,
            cancelled_by: cancelled_by.transpose()?,
            cancel_reason: row.cancel_reason,
            move_message: row.move_message,
            service_before: row.service_before,
            hold_expires_at: row.hold_expires_at,
            party_size: row.party_size,
            price: Some(Money::new(row.price_minor, currency)).filter(|price| price.minor > 0),
            payment,
            rest_online: rest_online.filter(|rest| rest.minor > 0),
            has_account: row.has_account,
            refund: Some(Money::new(goes_back, currency)).filter(|refund| refund.minor > 0),
            released: Some(Money::new(row.released_minor, currency)).filter(|held| held.minor > 0),
            charged: Some(Money::new(row.charged_minor, currency)).filter(|held| held.minor > 0),
            withheld: Some(Money::new(row.withheld_minor, currency)).filter(|held| held.minor > 0),
            sequence: row.sequence,
            updated_at: row.updated_at,
            known: Known {
                time: Stretch { start_at: row.known_start, end_at: row.known_end },
                sequence: row.known_sequence,
            },
        })
    }
}

/// A row that does not say what a booking's row says.
#[derive(Debug, thiserror::Error)]
#[error("{0} of the booking is unknown to this version")]
pub(super) struct BadRow(&'static str);

/// Reads one booking.
pub(super) async fn of_booking(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
) -> Result<Option<Facts>, Failure> {
    Ok(read(db, &[provider_id], &[booking_id]).await?.pop())
}

/// Reads the coming bookings of the address that made this one, the next one first.
pub(super) async fn coming_of_same_address(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
) -> Result<Vec<Facts>, Failure> {
    let coming = sqlx::query!(
        "select other.provider_id, other.id
         from bookings given join bookings other on other.client_email = given.client_email
         where given.provider_id = $1 and given.id = $2
             and other.end_at > app_now() and other.status in ('pending', 'confirmed')
         order by other.start_at
         limit 50",
        provider_id,
        booking_id
    )
    .fetch_all(&mut *db)
    .await?;
    let (providers, bookings): (Vec<_>, Vec<_>) =
        coming.into_iter().map(|row| (row.provider_id, row.id)).unzip();
    read(db, &providers, &bookings).await
}

/// A provider's mail goes to the owner of longest standing.
async fn read(db: &mut PgConnection, providers: &[Uuid], bookings: &[Uuid]) -> Result<Vec<Facts>, Failure> {
    let rows = sqlx::query_as!(
        Row,
        r#"select b.id as booking_id, b.provider_id, p.name as provider_name, p.time_zone as provider_zone,
             p.address_line, p.city, p.latitude, p.longitude,
             owner.id as "owner_id?", owner.name as "owner_name?", owner.email as "owner_email?",
             b.service_name, b.location, s.location_detail, b.client_id, b.client_name,
             b.client_email::text, b.client_phone, b.client_notes, b.client_address,
             b.client_time_zone as client_zone,
             b.start_at, b.end_at,
             coalesce(untold.start_at, b.start_at) as "known_start!", coalesce(untold.end_at, b.end_at) as "known_end!",
             coalesce(untold.sequence, b.sequence) as "known_sequence!",
             b.status, b.awaits is not distinct from 'payment' as "awaits_payment!", b.cancelled_by, b.cancel_reason,
             coalesce(move.detail ->> 'message', '') as "move_message!",
             coalesce(move.detail ->> 'from_service', '') as "service_before!",
             b.hold_expires_at, b.party_size, b.price_minor, b.refunded_minor, goes_back.minor as "goes_back_minor?",
             coalesce(goes_back.released, 0) as "released_minor!", coalesce(goes_back.charged, 0) as "charged_minor!",
             coalesce(goes_back.withheld, 0) as "withheld_minor!", b.currency::text as "currency!", b.sequence, b.updated_at,
             b.paid_minor, b.due_minor, b.settled_at, s.payment_mode <> 'on_site' as "service_prepays!",
             exists (select from payment_accounts a where a.provider_id = b.provider_id and a.can_charge) as "has_account!",
             b.policy as "policy: Json<Policy>", b.policy_anchor, app_now() as "now!"
         from unnest($1::uuid[], $2::uuid[]) as wanted (provider_id, id)
         join bookings b on b.provider_id = wanted.provider_id and b.id = wanted.id
         join providers p on p.id = b.provider_id
         join services s on s.provider_id = b.provider_id and s.id = b.service_id
         left join untold_moves untold on untold.provider_id = b.provider_id and untold.booking_id = b.id
         left join lateral (
             select e.detail from booking_events e
             where e.provider_id = b.provider_id and e.booking_id = b.id and e.kind = 'moved'
             order by e.at desc, e.id desc limit 1
         ) move on true
         left join lateral (
             -- who was given something back before has had a mail of that; what was taken in the very moment has one of its own
             select case when e.kind <> 'expired' then coalesce((e.detail ->> 'refund_minor')::bigint, 0) end as minor,
                 case when not exists (select from payments taken where taken.provider_id = b.provider_id
                     and taken.booking_id = b.id and taken.captured_later and taken.state = 'paid')
                     then (e.detail ->> 'released_minor')::bigint end as released,
                 (e.detail ->> 'charged_minor')::bigint as charged, (e.detail ->> 'withheld_minor')::bigint as withheld
             from booking_events e
             where e.provider_id = b.provider_id and e.booking_id = b.id and e.kind in ('cancelled', 'declined', 'expired')
             order by e.at desc, e.id desc limit 1
         ) goes_back on true
         left join lateral (
             select u.id, u.name, u.email::text from memberships m join users u on u.id = m.user_id
             where m.provider_id = b.provider_id and m.role = 'owner'
             order by m.created_at, u.id limit 1
         ) owner on true
         order by b.start_at, b.id"#,
        providers,
        bookings
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Facts::try_from(row).map_err(Failure::fail)).collect()
}
