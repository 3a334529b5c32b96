//! Issuing receipts. What is on receipts follows what was paid: each is for a difference, so that those of a booking add up,
//! and so do their taxes.

use super::store::{self, Facts, New};
use crate::db::seconds;
use crate::http::{ApiError, ApiResult};
use crate::slots::in_zone;
use contract::receipts::{ReceiptContent, ReceiptKind};
use domain::payment::vat;
use domain::zone::Zone;
use sqlx::PgConnection;
use uuid::Uuid;

/// What a receipt is issued for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Occasion {
    /// This payment has arrived.
    Paid(Uuid),
    /// This refund went back.
    Credited(Uuid),
    /// This refund went back and did not arrive after all.
    Returned(Uuid),
    /// The provider asks.
    Asked,
}

/// Issues the receipt of a payment that has arrived. The caller holds the provider's lock, as with all of these.
///
/// # Errors
/// Those of the database.
pub async fn paid(
    db: &mut PgConnection,
    booking: (Uuid, Uuid),
    payment_id: Uuid,
    amount_minor: i64,
) -> ApiResult<()> {
    let facts = facts(db, booking).await?;
    issue(db, &facts, Occasion::Paid(payment_id), amount_minor).await?;
    Ok(())
}

/// Issues the credit note of a refund that went back, for what was on receipts. Once for each refund.
///
/// # Errors
/// Those of the database.
pub async fn credited(
    db: &mut PgConnection,
    booking: (Uuid, Uuid),
    refund_id: Uuid,
    amount_minor: i64,
) -> ApiResult<()> {
    if store::of_refund(db, booking.0, refund_id, "credit_note").await?.is_some() {
        return Ok(());
    }
    let facts = facts(db, booking).await?;
    let amount = amount_minor.min(facts.covered_minor);
    if amount > 0 {
        issue(db, &facts, Occasion::Credited(refund_id), -amount).await?;
    }
    Ok(())
}

/// Takes the credit note of a refund back that did not arrive, where there is one.
///
/// # Errors
/// Those of the database.
pub async fn returned(db: &mut PgConnection, booking: (Uuid, Uuid), refund_id: Uuid) -> ApiResult<()> {
    let credit = store::of_refund(db, booking.0, refund_id, "credit_note").await?;
    let again = store::of_refund(db, booking.0, refund_id, "receipt").await?;
    if let (Some((_, amount)), None) = (credit, again) {
        let facts = facts(db, booking).await?;
        issue(db, &facts, Occasion::Returned(refund_id), -amount).await?;
    }
    Ok(())
}

/// The facts of a booking.
pub(super) async fn facts(db: &mut PgConnection, booking: (Uuid, Uuid)) -> ApiResult<Facts> {
    store::facts(db, booking.0, booking.1).await?.ok_or_else(ApiError::not_found)
}

/// Issues a receipt, or a credit note where the amount is below zero; its number.
pub(super) async fn issue(
    db: &mut PgConnection,
    facts: &Facts,
    occasion: Occasion,
    amount_minor: i64,
) -> ApiResult<i64> {
    let kind = if amount_minor < 0 { ReceiptKind::CreditNote } else { ReceiptKind::Receipt };
    let (payment_id, refund_id, corrects) = match occasion {
        Occasion::Paid(payment) => (Some(payment), None, None),
        Occasion::Credited(refund) => (None, Some(refund), facts.last_receipt),
        Occasion::Returned(refund) => {
            let credit = store::of_refund(db, facts.provider_id, refund, "credit_note").await?;
            (None, Some(refund), credit.map(|(number, _)| number))
        }
        Occasion::Asked => (None, None, facts.last_receipt.filter(|_| kind == ReceiptKind::CreditNote)),
    };
    let new = New {
        kind: match kind {
            ReceiptKind::Receipt => "receipt",
            ReceiptKind::CreditNote => "credit_note",
        },
        amount_minor,
        corrects,
        payment_id,
        refund_id,
        content: content(facts, amount_minor)?,
    };
    Ok(store::insert(db, facts, &new).await?)
}

/// What stands on a receipt for this amount, now.
fn content(facts: &Facts, amount_minor: i64) -> ApiResult<ReceiptContent> {
    let zone = Zone::parse(&facts.time_zone).map_err(ApiError::internal)?;
    let rate = facts.vat_rate.map(i32::cast_unsigned);
    let (before, after) = (facts.covered_minor, facts.covered_minor + amount_minor);
    let tax = rate.map(|rate| vat::contained(after, rate) - vat::contained(before, rate));
    let place = [facts.city.as_str(), facts.country.as_deref().unwrap_or_default()];
    let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let address = [facts.address_line.clone(), place.join(", ")];
    Ok(ReceiptContent {
        provider_name: facts.provider_name.clone(),
        provider_address: address.into_iter().filter(|line| !line.is_empty()).collect(),
        provider_tax_number: facts.tax_number.clone(),
        client_name: facts.client_name.clone(),
        service_name: facts.service_name.clone(),
        party_size: u32::try_from(facts.party_size).unwrap_or_default(),
        start_at: in_zone(&zone, seconds(facts.start_at)),
        currency: facts.currency.clone(),
        gross_minor: amount_minor,
        net_minor: tax.map(|tax| amount_minor - tax),
        vat_minor: tax,
        vat_rate: rate,
        price_minor: facts.price_minor,
        discount_minor: facts.discount_minor,
        paid_minor: facts.paid_minor(),
        left_minor: facts.left_minor(),
    })
}
