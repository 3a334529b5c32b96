//! Issuing receipts. What is on receipts follows what was paid: each is for a difference, so that those of a booking add up,
//! and so do their taxes, for each rate.

use super::store::{self, Covered, Facts, New};
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
    /// This refund went back from this payment.
    Credited { refund: Uuid, payment: Uuid },
    /// This refund went back and did not arrive after all.
    Returned(Uuid),
    /// The provider asks.
    Asked,
    /// A bank has given it back to the client, from this payment.
    Lost(Uuid),
    /// The booking has become one of another service.
    Changed,
}

/// A booking and what its receipts of its rate of tax are for. Those of other rates were all taken back when it became one of this.
pub(super) struct Account {
    pub(super) facts: Facts,
    pub(super) covered: Covered,
}

impl Account {
    /// What the booking's receipts are for, all together.
    pub(super) fn covered_minor(&self) -> i64 {
        self.covered.minor
    }

    /// What is on no receipt yet, in minor units; below zero where more is on them than the booking costs now.
    pub(super) fn missing_minor(&self) -> i64 {
        let covered = self.covered_minor();
        (self.facts.owed_minor() - (covered + self.facts.under_way_minor()).max(0)).max(-covered)
    }

    /// What a receipt may be for that takes a credit note back: what is on none yet, of what is still there, and of what goes
    /// back and brings its own credit note.
    fn returned_minor(&self) -> i64 {
        let facts = &self.facts;
        let missing = facts.owed_minor() - facts.under_way_minor() - self.covered_minor();
        missing.min(facts.kept_minor() + facts.going_minor)
    }
}

/// Issues the receipt of a payment that has arrived, for what is on none yet: the provider may have asked for one of the rest
/// before it was paid. The caller holds the provider's lock, as with all of these.
///
/// # Errors
/// Those of the database.
pub async fn paid(
    db: &mut PgConnection,
    booking: (Uuid, Uuid),
    payment_id: Uuid,
    amount_minor: i64,
) -> ApiResult<()> {
    let account = account(db, booking).await?;
    let amount = amount_minor.min(account.missing_minor());
    if amount > 0 {
        issue(db, &account, Occasion::Paid(payment_id), amount).await?;
    }
    Ok(())
}

/// Issues the credit note of a refund that went back from a payment, for what was on receipts. Once for each refund.
///
/// # Errors
/// Those of the database.
pub async fn credited(
    db: &mut PgConnection,
    booking: (Uuid, Uuid),
    payment: Uuid,
    refund: Uuid,
    amount_minor: i64,
) -> ApiResult<()> {
    if store::of_refund(db, booking.0, refund, "credit_note").await?.is_some() {
        return Ok(());
    }
    let account = account(db, booking).await?;
    let amount = amount_minor.min(account.covered_minor());
    if amount > 0 {
        issue(db, &account, Occasion::Credited { refund, payment }, -amount).await?;
    }
    Ok(())
}

/// Takes the credit note of a refund back that did not arrive, where there is one, as far as the money is not gone otherwise.
///
/// # Errors
/// Those of the database.
pub async fn returned(db: &mut PgConnection, booking: (Uuid, Uuid), refund_id: Uuid) -> ApiResult<()> {
    let credit = store::of_refund(db, booking.0, refund_id, "credit_note").await?;
    let again = store::of_refund(db, booking.0, refund_id, "receipt").await?;
    if let (Some((_, amount)), None) = (credit, again) {
        let account = account(db, booking).await?;
        let amount = (-amount).min(account.returned_minor());
        if amount > 0 {
            issue(db, &account, Occasion::Returned(refund_id), amount).await?;
        }
    }
    Ok(())
}

/// Issues the credit note of a dispute of a payment that was lost: the bank has given the client's money back.
///
/// # Errors
/// Those of the database.
pub async fn lost(
    db: &mut PgConnection,
    booking: (Uuid, Uuid),
    payment: Uuid,
    amount_minor: i64,
) -> ApiResult<()> {
    let account = account(db, booking).await?;
    let amount = amount_minor.min(account.covered_minor());
    if amount > 0 {
        issue(db, &account, Occasion::Lost(payment), -amount).await?;
    }
    Ok(())
}

/// A booking and its receipts.
pub(super) async fn account(db: &mut PgConnection, booking: (Uuid, Uuid)) -> ApiResult<Account> {
    let facts = store::facts(db, booking.0, booking.1).await?.ok_or_else(ApiError::not_found)?;
    let vat_rate = facts.vat_rate.map(i32::cast_unsigned);
    let mut all = store::covered(db, booking.0, booking.1).await?.into_iter();
    let covered = all.find(|covered| covered.vat_rate == vat_rate);
    Ok(Account { facts, covered: covered.unwrap_or(Covered { vat_rate, minor: 0 }) })
}

/// Issues a receipt, or a credit note where the amount is below zero; its number.
pub(super) async fn issue(
    db: &mut PgConnection,
    account: &Account,
    occasion: Occasion,
    amount_minor: i64,
) -> ApiResult<i64> {
    let facts = &account.facts;
    let kind = if amount_minor < 0 { ReceiptKind::CreditNote } else { ReceiptKind::Receipt };
    let (payment_id, refund_id, from) = match occasion {
        Occasion::Paid(payment) => (Some(payment), None, None),
        Occasion::Credited { refund, payment } => (None, Some(refund), Some(payment)),
        Occasion::Returned(refund) => (None, Some(refund), None),
        Occasion::Lost(payment) => (None, None, Some(payment)),
        Occasion::Asked | Occasion::Changed => (None, None, None),
    };
    let corrects = match (occasion, kind) {
        (Occasion::Returned(refund), _) => {
            let credit = store::of_refund(db, facts.provider_id, refund, "credit_note").await?;
            credit.map(|(number, _)| number)
        }
        (_, ReceiptKind::CreditNote) => {
            store::to_correct(db, facts, account.covered.vat_rate, from, -amount_minor).await?
        }
        (_, ReceiptKind::Receipt) => None,
    };
    let mut content = content(facts, &account.covered, amount_minor)?;
    // Who stands on what is corrected stands on the correction, whatever became of the account.
    if let Some(number) = corrects
        && let Some(corrected) = store::content(db, facts.provider_id, number).await?
    {
        content.client_name = corrected.client_name;
    }
    let new = New {
        kind: match kind {
            ReceiptKind::Receipt => "receipt",
            ReceiptKind::CreditNote => "credit_note",
        },
        amount_minor,
        corrects,
        payment_id,
        refund_id,
        content,
    };
    Ok(store::insert(db, facts, &new).await?)
}

/// What stands on a receipt for this amount, now, after those that cover so much.
pub(super) fn content(facts: &Facts, covered: &Covered, amount_minor: i64) -> ApiResult<ReceiptContent> {
    let zone = Zone::parse(&facts.time_zone).map_err(ApiError::internal)?;
    let rate = covered.vat_rate;
    let (before, after) = (covered.minor, covered.minor + amount_minor);
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
