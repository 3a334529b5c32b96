//! Receipts in the database.

use contract::receipts::ReceiptContent;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

type Result<T> = std::result::Result<T, sqlx::Error>;

/// What receipts tell of a booking, as it is now.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) provider_id: Uuid,
    pub(super) booking_id: Uuid,
    pub(super) provider_name: String,
    pub(super) address_line: String,
    pub(super) city: String,
    pub(super) country: Option<String>,
    pub(super) time_zone: String,
    pub(super) tax_number: String,
    pub(super) client_name: String,
    pub(super) service_name: String,
    pub(super) party_size: i32,
    pub(super) start_at: OffsetDateTime,
    pub(super) status: String,
    pub(super) currency: String,
    pub(super) price_minor: i64,
    pub(super) discount_minor: i64,
    pub(super) vat_rate: Option<i32>,
    pub(super) due_minor: i64,
    pub(super) in_minor: i64,
    pub(super) back_minor: i64,
    pub(super) is_settled: bool,
    /// What a bank has taken from the provider for good and given back to the client.
    pub(super) lost_minor: i64,
    /// What the bank holds, and will be taken.
    pub(super) held_minor: i64,
    /// What goes back and has no credit note yet.
    pub(super) going_minor: i64,
}

/// What a booking's receipts of one rate of tax are for, all together.
#[derive(Debug, Clone)]
pub(super) struct Covered {
    pub(super) vat_rate: Option<u32>,
    pub(super) minor: i64,
}

impl Facts {
    /// What was paid through the platform and has not gone back.
    pub(super) fn kept_minor(&self) -> i64 {
        self.in_minor - self.back_minor - self.lost_minor
    }

    /// What is paid beside what was paid ahead, as the booking itself has it ([`domain::payment::rest::Account`]).
    fn rest_minor(&self) -> i64 {
        (self.price_minor - self.due_minor.min(self.in_minor)).max(0)
    }

    /// What was paid and has not gone back, through the platform and at the provider's.
    pub(super) fn paid_minor(&self) -> i64 {
        self.kept_minor() + if self.is_settled { self.rest_minor() } else { 0 }
    }

    /// What is left to pay.
    pub(super) fn left_minor(&self) -> i64 {
        self.owed_minor() - self.paid_minor()
    }

    /// What the booking costs as it stands: where it does not, what was kept. A receipt is written a moment before a rest that has
    /// come in counts as paid ahead.
    pub(super) fn owed_minor(&self) -> i64 {
        let paid = self.paid_minor();
        if self.stands() {
            paid.max(self.price_minor.min(self.kept_minor() + self.rest_minor()))
        } else {
            paid
        }
    }

    /// What receipts will be for without anybody asking: money that is under way brings its own.
    pub(super) fn under_way_minor(&self) -> i64 {
        if self.stands() { self.held_minor - self.going_minor } else { -self.going_minor }
    }

    /// A receipt is written as the money comes in, a moment before what was pending for it stands.
    fn stands(&self) -> bool {
        match self.status.as_str() {
            "cancelled" => false,
            "pending" => self.in_minor > 0,
            _ => true,
        }
    }
}

/// The facts of a booking.
pub(super) async fn facts(db: &mut PgConnection, provider_id: Uuid, id: Uuid) -> Result<Option<Facts>> {
    sqlx::query_as!(
        Facts,
        r#"
        select b.provider_id, b.id as booking_id, p.name as provider_name, p.address_line, p.city, p.country::text as country,
            p.time_zone, p.tax_number, b.client_name, b.service_name, b.party_size, b.start_at, b.status, b.currency::text as "currency!",
            b.price_minor, b.discount_minor, b.vat_rate, b.due_minor, b.paid_minor as in_minor, b.refunded_minor as back_minor,
            b.settled_at is not null as "is_settled!",
            coalesce((select sum(e.amount_minor) from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
                join payments p on p.provider_id = t.provider_id and p.id = t.payment_id
                where t.booking_id = b.id and t.movement like 'dispute%' and t.movement = 'dispute_lost' and e.account = 'clients'
                    and p.account_id is null), 0)::bigint as "lost_minor!",
            back.going as "going_minor!",
            coalesce((select sum(p.amount_minor) from payments p
                where p.provider_id = b.provider_id and p.booking_id = b.id and p.state = 'authorised'), 0)::bigint as "held_minor!"
        from bookings b join providers p on p.id = b.provider_id
        cross join lateral (
            select coalesce(sum(r.amount_minor), 0)::bigint as going
            from refunds r
            where r.provider_id = b.provider_id and r.booking_id = b.id and r.state not in ('succeeded', 'failed', 'canceled')
                and not exists (select from receipts note where note.provider_id = r.provider_id and note.refund_id = r.id)
        ) back
        where b.provider_id = $1 and b.id = $2
        "#,
        provider_id,
        id
    )
    .fetch_optional(db)
    .await
}

/// What a booking's receipts are for, by rates of tax.
pub(super) async fn covered(db: &mut PgConnection, provider_id: Uuid, id: Uuid) -> Result<Vec<Covered>> {
    let rows = sqlx::query!(
        r#"
        select (content ->> 'vat_rate')::int as vat_rate, sum(amount_minor)::bigint as "minor!"
        from receipts where provider_id = $1 and booking_id = $2 group by 1 order by 1
        "#,
        provider_id,
        id
    )
    .fetch_all(db)
    .await?;
    let covered =
        |vat_rate: Option<i32>, minor| Covered { vat_rate: vat_rate.map(i32::cast_unsigned), minor };
    Ok(rows.into_iter().map(|row| covered(row.vat_rate, row.minor)).collect())
}

/// Which of a booking's receipts of a rate of tax a credit note of this amount corrects: of those that leave most of it to be
/// credited the one of the payment that it goes back from, else the last. What goes back from no payment corrects rather what
/// none brought. A receipt that takes a credit note back counts for the one which that had corrected.
pub(super) async fn to_correct(
    db: &mut PgConnection,
    facts: &Facts,
    vat_rate: Option<u32>,
    payment_id: Option<Uuid>,
    amount_minor: i64,
) -> Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        with own as (
            select number, kind, amount_minor, corrects, payment_id from receipts
            where provider_id = $1 and booking_id = $2 and (content ->> 'vat_rate')::int is not distinct from $3
        )
        select receipt.number as "number!"
        from own receipt
        left join own note on note.corrects = receipt.number
        left join own again on again.corrects = note.number
        where receipt.kind = 'receipt' and not exists (select from own taken where taken.number = receipt.corrects)
        group by receipt.number, receipt.amount_minor, receipt.payment_id
        order by least(receipt.amount_minor + coalesce(sum(note.amount_minor), 0) + coalesce(sum(again.amount_minor), 0), $5::bigint) desc,
            receipt.payment_id is not distinct from $4 desc, receipt.number desc
        limit 1
        "#,
        facts.provider_id,
        facts.booking_id,
        vat_rate.map(u32::cast_signed),
        payment_id,
        amount_minor
    )
    .fetch_optional(db)
    .await
}

/// A refund that is on its way back to the client.
#[derive(Debug)]
pub(super) struct Going {
    pub(super) id: Uuid,
    pub(super) payment_id: Uuid,
    pub(super) amount_minor: i64,
}

/// The refunds of a booking that go back and have no credit note yet, in the order in which they were planned.
pub(super) async fn going(db: &mut PgConnection, provider_id: Uuid, id: Uuid) -> Result<Vec<Going>> {
    sqlx::query_as!(
        Going,
        "select r.id, r.payment_id, r.amount_minor from refunds r
        where r.provider_id = $1 and r.booking_id = $2 and r.state not in ('succeeded', 'failed', 'canceled')
            and not exists (select from receipts note where note.provider_id = r.provider_id and note.refund_id = r.id)
        order by r.created_at, r.id",
        provider_id,
        id
    )
    .fetch_all(db)
    .await
}

/// What stands on a receipt.
pub(super) async fn content(
    db: &mut PgConnection,
    provider_id: Uuid,
    number: i64,
) -> Result<Option<ReceiptContent>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content: Json<ReceiptContent>" from receipts where provider_id = $1 and number = $2"#,
        provider_id,
        number
    );
    Ok(content.fetch_optional(db).await?.map(|content| content.0))
}

/// The receipt of this kind that a refund has, with its amount.
pub(super) async fn of_refund(
    db: &mut PgConnection,
    provider_id: Uuid,
    refund_id: Uuid,
    kind: &str,
) -> Result<Option<(i64, i64)>> {
    let row = sqlx::query!(
        "select number, amount_minor from receipts where provider_id = $1 and refund_id = $2 and kind = $3",
        provider_id,
        refund_id,
        kind
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.number, row.amount_minor)))
}

/// A receipt to be issued.
#[derive(Debug)]
pub(super) struct New<'a> {
    pub(super) kind: &'a str,
    pub(super) amount_minor: i64,
    pub(super) corrects: Option<i64>,
    pub(super) payment_id: Option<Uuid>,
    pub(super) refund_id: Option<Uuid>,
    pub(super) content: ReceiptContent,
}

/// Issues a receipt; the number that the schema gives it.
pub(super) async fn insert(db: &mut PgConnection, facts: &Facts, new: &New<'_>) -> Result<i64> {
    // The trigger takes the next number whatever stands here.
    sqlx::query_scalar!(
        "insert into receipts (provider_id, number, booking_id, kind, amount_minor, corrects, payment_id, refund_id, content)
        values ($1, 0, $2, $3, $4, $5, $6, $7, $8) returning number",
        facts.provider_id,
        facts.booking_id,
        new.kind,
        new.amount_minor,
        new.corrects,
        new.payment_id,
        new.refund_id,
        Json(&new.content) as _
    )
    .fetch_one(db)
    .await
}

/// A receipt as it was issued.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) booking_id: Uuid,
    pub(super) number: i64,
    pub(super) kind: String,
    pub(super) corrects: Option<i64>,
    pub(super) issued_at: OffsetDateTime,
    pub(super) content: Json<ReceiptContent>,
    /// The provider's.
    pub(super) time_zone: String,
}

/// The receipts of these bookings, oldest first; or the one of this number.
pub(super) async fn of_bookings(
    db: &mut PgConnection,
    bookings: &[Uuid],
    number: Option<i64>,
) -> Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"
        select r.booking_id, r.number, r.kind, r.corrects, r.issued_at, r.content as "content: Json<ReceiptContent>", p.time_zone
        from receipts r join providers p on p.id = r.provider_id
        where r.booking_id = any($1) and ($2::bigint is null or r.number = $2) order by r.issued_at, r.number
        "#,
        bookings,
        number
    )
    .fetch_all(db)
    .await
}
