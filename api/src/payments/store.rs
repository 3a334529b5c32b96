//! Payments in the database.

use contract::payments::PaymentFlow;
use serde_json::Value;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing is at the processor yet.
    New,
    /// The client can pay.
    Open,
    /// The bank holds the amount.
    Authorised,
    /// The money has arrived.
    Paid,
    /// It will never be paid.
    Over,
}

impl Payment {
    /// Whether it is for the rest and its page has at most so many seconds to live: then it is given up, and begun anew when its
    /// client comes again. What a booking waits for ends with the booking.
    #[must_use]
    pub fn is_lapsing(&self, real_now: OffsetDateTime, seconds: i64) -> bool {
        let waits = matches!(self.state, State::New | State::Open);
        let ends = |end: OffsetDateTime| end - real_now <= Duration::seconds(seconds);
        self.is_rest && waits && self.page_expires_at.is_some_and(ends)
    }
}

impl State {
    /// The word for it in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Authorised => "authorised",
            Self::Paid => "paid",
            Self::Over => "over",
        }
    }

    /// The schema allows these five.
    fn read(stored: &str) -> Self {
        [Self::New, Self::Open, Self::Authorised, Self::Paid]
            .into_iter()
            .find(|state| state.as_str() == stored)
            .unwrap_or(Self::Over)
    }
}

/// A payment of a booking.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// Never changes; names it at the processor too.
    pub id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
    /// What is to be paid, in minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// The platform's share.
    pub fee_minor: i64,
    /// Whether a refund gives the platform's share back in proportion.
    pub fee_returned: bool,
    /// The provider's account at the processor.
    pub account_id: Option<String>,
    /// Whether it is authorised first.
    pub captured_later: bool,
    /// Whether it is for the rest of a booking that stands, so that nothing else waits for it.
    pub is_rest: bool,
    /// How far it is.
    pub state: State,
    /// How its client pays.
    pub flow: PaymentFlow,
    /// The payment page.
    pub page_id: Option<String>,
    /// When nobody can pay on the page any more, in real time. Asking for the page again must ask for the same.
    pub page_expires_at: Option<OffsetDateTime>,
    /// The payment at the processor.
    pub intent_id: Option<String>,
    /// What went back, or is on its way.
    pub refunded_minor: i64,
    /// What was quoted before the money was taken: to whoever called the booking off, or did not come.
    pub quote: Option<Value>,
}

macro_rules! payments {
    ($condition:literal $(, $argument:expr)*) => {
        sqlx::query!(
            "select provider_id, id, booking_id, amount_minor, currency::text as \"currency!\", fee_minor, fee_returned, account_id,
                captured_later, is_rest, state, flow, page_id, page_expires_at, intent_id, refunded_minor, quote
            from payments where " + $condition
            $(, $argument)*
        )
        .map(|row| Payment {
            provider_id: row.provider_id,
            id: row.id,
            booking_id: row.booking_id,
            amount_minor: row.amount_minor,
            currency: row.currency,
            fee_minor: row.fee_minor,
            fee_returned: row.fee_returned,
            account_id: row.account_id,
            captured_later: row.captured_later,
            is_rest: row.is_rest,
            state: State::read(&row.state),
            flow: if row.flow == "form" { PaymentFlow::Form } else { PaymentFlow::Page },
            page_id: row.page_id,
            page_expires_at: row.page_expires_at,
            intent_id: row.intent_id,
            refunded_minor: row.refunded_minor,
            quote: row.quote,
        })
    };
}

type Result<T> = std::result::Result<T, sqlx::Error>;

/// One payment.
///
/// # Errors
/// Those of the database.
pub async fn find(db: &mut PgConnection, provider_id: Uuid, id: Uuid) -> Result<Option<Payment>> {
    payments!("provider_id = $1 and id = $2", provider_id, id).fetch_optional(db).await
}

/// The payment that the processor knows by this id.
///
/// # Errors
/// Those of the database.
pub async fn by_intent(db: &mut PgConnection, intent: &str) -> Result<Option<Payment>> {
    payments!("intent_id = $1", intent).fetch_optional(db).await
}

/// The payment of a booking that may still bring money.
///
/// # Errors
/// Those of the database.
pub async fn live(db: &mut PgConnection, provider_id: Uuid, booking_id: Uuid) -> Result<Option<Payment>> {
    payments!(
        "provider_id = $1 and booking_id = $2 and state in ('new', 'open', 'authorised')",
        provider_id,
        booking_id
    )
    .fetch_optional(db)
    .await
}

/// All payments of a booking, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn of_booking(db: &mut PgConnection, provider_id: Uuid, booking_id: Uuid) -> Result<Vec<Payment>> {
    payments!("provider_id = $1 and booking_id = $2 order by created_at, id", provider_id, booking_id)
        .fetch_all(db)
        .await
}

/// What banks dispute of a booking's payments, or have taken back for good, in minor units.
///
/// # Errors
/// Those of the database.
pub(super) async fn disputed(db: &mut PgConnection, booking_id: Uuid) -> Result<HashMap<Uuid, i64>> {
    let rows = sqlx::query!(
        r#"
        select t.payment_id as "payment_id!", sum(e.amount_minor)::bigint as "minor!"
        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
        where t.booking_id = $1 and t.payment_id is not null and t.movement like 'dispute%' and t.movement <> 'dispute_lost'
            and e.account = 'disputes'
        group by 1
        "#,
        booking_id
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.payment_id, row.minor)).collect())
}

/// What of a booking's payments went back as a gift, by hand or at the processor, or is on its way, in minor units.
///
/// # Errors
/// Those of the database.
pub async fn given(db: &mut PgConnection, provider_id: Uuid, booking_id: Uuid) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(amount_minor), 0)::bigint as "minor!" from refunds
        where provider_id = $1 and booking_id = $2 and cause in ('by_hand', 'outside') and state not in ('failed', 'canceled')"#,
        provider_id,
        booking_id
    )
    .fetch_one(db)
    .await
}

/// What banks have of a booking's payments while they look into disputes, by payment, in minor units; what goes back already is
/// not counted again.
///
/// # Errors
/// Those of the database.
pub async fn at_banks(db: &mut PgConnection, booking_id: Uuid) -> Result<Vec<(Uuid, i64)>> {
    let rows = sqlx::query!(
        r#"
        select p.id, least(sum(e.amount_minor)::bigint, p.amount_minor - p.refunded_minor) as "minor!"
        from ledger_transactions t
        join ledger_entries e on e.transaction_id = t.id and e.account = 'disputes'
        join payments p on p.provider_id = t.provider_id and p.id = t.payment_id
        where t.booking_id = $1 and t.movement like 'dispute%'
        group by p.provider_id, p.id
        order by p.created_at, p.id
        "#,
        booking_id
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter(|row| row.minor > 0).map(|row| (row.id, row.minor)).collect())
}

/// A payment to be made.
#[derive(Debug)]
pub struct NewPayment<'a> {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
    /// What is to be paid, in minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: &'a str,
    /// The platform's share.
    pub fee_minor: i64,
    /// Whether a refund gives it back in proportion.
    pub fee_returned: bool,
    /// The provider's account at the processor.
    pub account_id: Option<&'a str>,
    /// Whether it is authorised first.
    pub captured_later: bool,
    /// Whether it is for the rest of a booking that stands.
    pub is_rest: bool,
    /// How its client pays.
    pub flow: PaymentFlow,
    /// When nobody can pay on its page any more, in real time.
    pub page_expires_at: OffsetDateTime,
}

/// Adds a payment.
///
/// # Errors
/// Those of the database.
pub async fn add(db: &mut PgConnection, new: &NewPayment<'_>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into payments (provider_id, id, booking_id, amount_minor, currency, fee_minor, account_id, captured_later, fee_returned,
            page_expires_at, flow, is_rest)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new.provider_id,
        id,
        new.booking_id,
        new.amount_minor,
        new.currency,
        new.fee_minor,
        new.account_id,
        new.captured_later,
        new.fee_returned,
        new.page_expires_at,
        match new.flow {
            PaymentFlow::Page => "page",
            PaymentFlow::Form => "form",
        },
        new.is_rest
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Notes what the processor opened for a payment: a page, or a payment that the client's own form completes. What was noted
/// first stays. The payment as it then stands; none where it was given up meanwhile.
///
/// # Errors
/// Those of the database.
pub async fn opened(
    db: &mut PgConnection,
    payment: &Payment,
    page_id: Option<&str>,
    intent_id: Option<&str>,
) -> Result<Option<Payment>> {
    let noted = sqlx::query!(
        "update payments set state = case when state = 'new' then 'open' else state end,
            page_id = coalesce(page_id, $3), intent_id = coalesce(intent_id, $4), updated_at = app_now()
        where provider_id = $1 and id = $2 and state <> 'over'",
        payment.provider_id,
        payment.id,
        page_id,
        intent_id
    )
    .execute(&mut *db)
    .await?;
    if noted.rows_affected() == 0 {
        return Ok(None);
    }
    find(db, payment.provider_id, payment.id).await
}

/// Notes by which id the processor knows a payment, also one that was given up: what arrives has arrived. The id that was noted
/// first stays. The payment as it then stands.
///
/// # Errors
/// Those of the database.
pub(super) async fn known_as(
    db: &mut PgConnection,
    provider_id: Uuid,
    id: Uuid,
    intent_id: &str,
) -> Result<Option<Payment>> {
    sqlx::query!(
        "update payments set state = case when state = 'new' then 'open' else state end,
            intent_id = coalesce(intent_id, $3), updated_at = app_now()
        where provider_id = $1 and id = $2",
        provider_id,
        id,
        intent_id
    )
    .execute(&mut *db)
    .await?;
    find(db, provider_id, id).await
}

/// Writes how far a payment is; whether that was new. What has arrived has arrived, also where it was given up before; and
/// whoever read earlier and writes later takes nothing back.
///
/// # Errors
/// Those of the database.
pub(super) async fn advance(
    db: &mut PgConnection,
    payment: &Payment,
    state: State,
    intent_id: Option<&str>,
    charge_id: Option<&str>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update payments set state = $3, intent_id = coalesce(intent_id, $4), charge_id = coalesce(charge_id, $5),
            updated_at = app_now()
        where provider_id = $1 and id = $2 and state <> $3 and state <> 'paid' and (state <> 'over' or $3 = 'paid')
            and not (state = 'authorised' and $3 = 'open')",
        payment.provider_id,
        payment.id,
        state.as_str(),
        intent_id,
        charge_id
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes whether the last try to pay was declined, while it may still be paid.
///
/// # Errors
/// Those of the database.
pub(super) async fn note_try(db: &mut PgConnection, payment: &Payment, declined: bool) -> Result<()> {
    sqlx::query!(
        "update payments set declined = $3
        where provider_id = $1 and id = $2 and state in ('new', 'open') and declined <> $3",
        payment.provider_id,
        payment.id,
        declined
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Whether the last try to pay what a booking waits for was declined.
///
/// # Errors
/// Those of the database.
pub async fn was_declined(db: &mut PgConnection, provider_id: Uuid, booking_id: Uuid) -> Result<bool> {
    let declined = sqlx::query_scalar!(
        "select declined from payments where provider_id = $1 and booking_id = $2 and state in ('new', 'open', 'authorised')",
        provider_id,
        booking_id
    )
    .fetch_optional(db)
    .await?;
    Ok(declined.unwrap_or_default())
}

/// Notes what was quoted to whoever calls a booking off before the bank's money is taken. The caller holds the provider's lock.
///
/// # Errors
/// Those of the database.
pub(super) async fn keep_quote(db: &mut PgConnection, payment: &Payment, quote: &Value) -> Result<()> {
    sqlx::query!(
        "update payments set quote = $3 where provider_id = $1 and id = $2",
        payment.provider_id,
        payment.id,
        quote
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Notes that a payment will never be paid, unless a page or a form was opened for it since it was read: that is to be closed
/// first. Whether nobody can pay any more.
///
/// # Errors
/// Those of the database.
pub async fn give_up(db: &mut PgConnection, payment: &Payment, intent_id: Option<&str>) -> Result<bool> {
    let done = sqlx::query!(
        "update payments set state = 'over', intent_id = coalesce($3, intent_id), updated_at = app_now()
        where provider_id = $1 and id = $2 and state not in ('paid', 'over')
            and page_id is not distinct from $4 and (intent_id is not distinct from $5 or intent_id = $3)",
        payment.provider_id,
        payment.id,
        intent_id,
        payment.page_id,
        payment.intent_id
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(true);
    }
    let now = find(db, payment.provider_id, payment.id).await?;
    Ok(now.is_none_or(|now| matches!(now.state, State::Paid | State::Over)))
}
