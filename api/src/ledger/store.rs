//! The book as one provider sees it. What the platform pays out of its own share is not the provider's business, and with
//! Connect neither is what a bank takes from the platform.

use super::month::Stretch;
use contract::ledger::Balance;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A transaction with the booking that it was for.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) movement: String,
    pub(super) currency: String,
    pub(super) at: OffsetDateTime,
    pub(super) balance_minor: i64,
    pub(super) fee_minor: i64,
    /// What the platform gave of a refund out of its own money; below zero where it has what did not arrive.
    pub(super) platform_minor: i64,
    /// What of it was the client's: what came in, below zero where it went back or a bank has given it back for good.
    pub(super) client_minor: i64,
    /// The booking's, where a client's money moved.
    pub(super) vat_rate: Option<i32>,
    /// As it stands on a receipt or credit note of its own for all of it.
    pub(super) receipt_vat_minor: Option<i64>,
    /// What came in for the booking before and did not go back.
    pub(super) before_minor: i64,
    pub(super) booking_id: Option<Uuid>,
    pub(super) service_name: Option<String>,
    pub(super) client_name: Option<String>,
    pub(super) start_at: Option<OffsetDateTime>,
}

/// The zone of a provider.
pub(super) async fn zone(db: &mut PgConnection, provider_id: Uuid) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select time_zone from providers where id = $1", provider_id).fetch_optional(db).await
}

/// The provider's transactions, the newest first.
pub(super) async fn list(
    db: &mut PgConnection,
    provider_id: Uuid,
    within: Option<Stretch>,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: Option<i64>,
) -> Result<Vec<Row>, sqlx::Error> {
    let (from, until) = within.unzip();
    let (after_at, after_id) = after.unzip();
    sqlx::query_as!(
        Row,
        r#"
        select t.id, t.movement, t.currency::text as "currency!", t.at, moved.balance as "balance_minor!",
            case when t.movement = 'processor_fee' then -moved.balance
                when t.movement = 'refund_returned' or t.movement like 'dispute%' then 0
                else moved.fee + given.minor end as "fee_minor!",
            case when t.movement = 'refund_returned' then -moved.fee else given.minor end as "platform_minor!",
            moved.client as "client_minor!",
            case when t.movement in ('charge', 'refund', 'refund_returned', 'dispute_lost') then b.vat_rate end as "vat_rate?",
            receipt.vat_minor as "receipt_vat_minor?", earlier.minor as "before_minor!",
            b.id as "booking_id?", b.service_name as "service_name?", b.client_name as "client_name?", b.start_at as "start_at?"
        from ledger_transactions t
        cross join lateral (
            select coalesce(sum(e.amount_minor) filter (where e.account = 'provider_balance'), 0)::bigint as balance,
                coalesce(sum(e.amount_minor) filter (where e.account = 'platform_fees'), 0)::bigint as fee,
                coalesce(-sum(e.amount_minor) filter (where e.account = 'clients'), 0)::bigint as client
            from ledger_entries e where e.transaction_id = t.id
        ) moved
        left join bookings b on b.provider_id = t.provider_id and b.id = t.booking_id
        left join lateral (
            select (r.content ->> 'vat_minor')::bigint as vat_minor from receipts r
            where r.provider_id = t.provider_id and (t.movement = 'charge' and r.payment_id = t.payment_id
                or t.movement = 'refund' and r.refund_id = t.refund_id and r.kind = 'credit_note'
                or t.movement = 'refund_returned' and r.refund_id = t.refund_id and r.kind = 'receipt')
                and r.amount_minor = moved.client and (r.content ->> 'vat_rate')::int = b.vat_rate
        ) receipt on true
        cross join lateral (
            select coalesce(-sum(e.amount_minor), 0)::bigint as minor
            from ledger_transactions o join ledger_entries e on e.transaction_id = o.id and e.account = 'clients'
            left join payments paid on paid.provider_id = o.provider_id and paid.id = o.payment_id
            where o.booking_id = b.id and b.vat_rate is not null and (o.movement in ('charge', 'refund', 'refund_returned')
                    or (o.movement = 'dispute_lost' and paid.account_id is null))
                and (o.at, o.id) < (t.at, t.id)
        ) earlier
        left join refunds back on back.provider_id = t.provider_id and back.id = t.refund_id and t.movement = 'refund'
        cross join lateral (select coalesce(back.unreversed_minor, 0) as minor) given
        left join payments p on p.provider_id = t.provider_id and p.id = t.payment_id
        where t.provider_id = $1 and (moved.balance <> 0
                or t.movement not in ('processor_fee', 'dispute_opened', 'dispute_won', 'dispute_lost')
                or (t.movement = 'dispute_lost' and p.account_id is null))
            and ($2::timestamptz is null or t.at >= $2) and ($3::timestamptz is null or t.at < $3)
            and ($4::timestamptz is null or (t.at, t.id) < ($4, $5::uuid))
        order by t.at desc, t.id desc limit $6
        "#,
        provider_id,
        from,
        until,
        after_at,
        after_id,
        limit
    )
    .fetch_all(db)
    .await
}

/// The provider's sums within a time, and its balance at the end of it, by currency.
pub(super) async fn balances(
    db: &mut PgConnection,
    provider_id: Uuid,
    within: Option<Stretch>,
) -> Result<Vec<Balance>, sqlx::Error> {
    let (from, until) = within.unzip();
    sqlx::query_as!(
        Balance,
        r#"
        with moved as (
            select t.currency, t.movement, e.account, e.amount_minor, $2::timestamptz is null or t.at >= $2 as within,
                case when t.movement = 'refund_returned' then -e.amount_minor else coalesce(back.unreversed_minor, 0) end as given
            from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
            left join refunds back on back.provider_id = t.provider_id and back.id = t.refund_id and t.movement = 'refund'
            where t.provider_id = $1 and ($3::timestamptz is null or t.at < $3)
        )
        select currency::text as "currency!",
            coalesce(-sum(amount_minor) filter (where within and account = 'clients' and movement = 'charge'), 0)::bigint
                as "charged_minor!",
            coalesce(sum(amount_minor) filter (where within and account = 'clients'
                and movement in ('refund', 'refund_returned')), 0)::bigint as "refunded_minor!",
            coalesce(sum(amount_minor + given) filter (where within and account = 'platform_fees'
                and movement <> 'processor_fee' and movement not like 'dispute%'), 0)::bigint
                + coalesce(-sum(amount_minor) filter (where within and account = 'provider_balance'
                    and movement = 'processor_fee'), 0)::bigint as "fees_minor!",
            coalesce(sum(given) filter (where within and account = 'platform_fees'), 0)::bigint as "platform_minor!",
            coalesce(-sum(amount_minor) filter (where within and account = 'provider_balance'
                and movement like 'dispute%'), 0)::bigint as "disputed_minor!",
            coalesce(-sum(amount_minor) filter (where within and account = 'provider_balance'
                and movement like 'payout%'), 0)::bigint as "paid_out_minor!",
            coalesce(sum(amount_minor) filter (where account = 'provider_balance'), 0)::bigint as "balance_minor!"
        from moved group by currency order by currency
        "#,
        provider_id,
        from,
        until
    )
    .fetch_all(db)
    .await
}
