//! What becomes of receipts where a booking becomes one of another service: none stays that is for more than it costs now, nor
//! for another rate of tax than its own.

use super::issue::{Occasion, account, content, issue};
use super::store::{self, Covered, Facts, Going, New};
use crate::http::ApiResult;
use contract::receipts::ReceiptContent;
use sqlx::PgConnection;
use uuid::Uuid;

/// Corrects the receipts of a booking that has become one of another service, when what goes back for that is planned. What is
/// on receipts of another rate of tax is credited, and issued anew as far as the booking costs as much now. What is on receipts
/// beyond the price is credited, except what goes back and brings its own credit note. The caller holds the provider's lock.
///
/// # Errors
/// Those of the database.
pub async fn changed(db: &mut PgConnection, booking: (Uuid, Uuid)) -> ApiResult<()> {
    let facts = account(db, booking).await?.facts;
    let mut again = 0;
    for old in store::covered(db, booking.0, booking.1).await? {
        if old.vat_rate != facts.vat_rate.map(i32::cast_unsigned) && old.minor > 0 {
            again += take_back(db, &facts, old).await?;
        }
    }
    let account = account(db, booking).await?;
    let amount = again.min(account.missing_minor());
    if amount != 0 {
        issue(db, &account, Occasion::Changed, amount).await?;
    }
    Ok(())
}

/// Credits all that receipts of another rate of tax are for; what of it does not go back to the client, in minor units.
async fn take_back(db: &mut PgConnection, facts: &Facts, mut old: Covered) -> ApiResult<i64> {
    for refund in store::going(db, facts.provider_id, facts.booking_id).await? {
        let amount = refund.amount_minor.min(old.minor);
        if amount > 0 {
            credit(db, facts, &old, amount, Some(&refund)).await?;
            old.minor -= amount;
        }
    }
    if old.minor > 0 {
        credit(db, facts, &old, old.minor, None).await?;
    }
    Ok(old.minor)
}

/// Credits an amount of what receipts of a rate of tax are for. On it stands what stands on the one that it corrects: the service
/// that was booked then, its price and what was paid of it.
async fn credit(
    db: &mut PgConnection,
    facts: &Facts,
    old: &Covered,
    amount_minor: i64,
    refund: Option<&Going>,
) -> ApiResult<()> {
    let from = refund.map(|refund| refund.payment_id);
    let corrects = store::to_correct(db, facts, old.vat_rate, from, amount_minor).await?;
    let corrected = match corrects {
        Some(number) => store::content(db, facts.provider_id, number).await?,
        None => None,
    };
    let own = content(facts, old, -amount_minor)?;
    let content = ReceiptContent {
        gross_minor: own.gross_minor,
        net_minor: own.net_minor,
        vat_minor: own.vat_minor,
        provider_name: own.provider_name.clone(),
        provider_address: own.provider_address.clone(),
        provider_tax_number: own.provider_tax_number.clone(),
        ..corrected.unwrap_or(own)
    };
    let (kind, refund_id) = ("credit_note", refund.map(|refund| refund.id));
    let new = New { kind, amount_minor: -amount_minor, corrects, payment_id: None, refund_id, content };
    store::insert(db, facts, &new).await?;
    Ok(())
}
