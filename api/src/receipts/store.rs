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
    /// What the booking's receipts are for, all together.
    pub(super) covered_minor: i64,
    /// The last of them that takes nothing back.
    pub(super) last_receipt: Option<i64>,
}

impl Facts {
    /// What was paid and has not gone back, through the platform and at the provider's.
    pub(super) fn paid_minor(&self) -> i64 {
        let there = if self.is_settled { self.price_minor - self.due_minor } else { 0 };
        self.in_minor - self.back_minor + there
    }

    /// What is left to pay. What was given back is not owed again.
    pub(super) fn left_minor(&self) -> i64 {
        (self.owed_minor() - self.paid_minor()).max(0)
    }

    /// What the booking costs as it stands: where it does not, what was kept.
    pub(super) fn owed_minor(&self) -> i64 {
        match self.status.as_str() {
            "pending" | "cancelled" => self.in_minor - self.back_minor,
            _ => self.price_minor - self.back_minor,
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
            coalesce((select sum(r.amount_minor) from receipts r where r.provider_id = b.provider_id and r.booking_id = b.id), 0)::bigint
                as "covered_minor!",
            (select max(r.number) from receipts r
                where r.provider_id = b.provider_id and r.booking_id = b.id and r.kind = 'receipt') as last_receipt
        from bookings b join providers p on p.id = b.provider_id
        where b.provider_id = $1 and b.id = $2
        "#,
        provider_id,
        id
    )
    .fetch_optional(db)
    .await
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
