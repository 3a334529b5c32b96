//! Providers' accounts at the processor.

use crate::http::ApiResult;
use crate::notifications::{PageMail, PageNotice};
use crate::services;
use integrations::payments::Payee;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A provider's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub provider_id: Uuid,
    /// The processor's id.
    pub account_id: String,
    /// Whether payments can be for it.
    pub can_charge: bool,
    /// Whether money goes to its bank.
    pub can_pay_out: bool,
    /// Whether its holder has filled in everything that was asked.
    pub details_submitted: bool,
    /// How many things the processor still wants to know.
    pub missing: i32,
}

/// A provider's account, if it has one.
///
/// # Errors
/// Those of the database.
pub async fn account(db: &mut PgConnection, provider_id: Uuid) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as!(
        Account,
        "select provider_id, account_id, can_charge, can_pay_out, details_submitted, missing
        from payment_accounts where provider_id = $1",
        provider_id
    )
    .fetch_optional(db)
    .await
}

/// Keeps what the processor says of an account: a provider's new one, or one that is known already. Its owners are told where it
/// cannot take charges any more, and where it can again, once for each change.
///
/// # Errors
/// Those of the database.
pub async fn keep_account(db: &PgPool, provider_id: Option<Uuid>, payee: &Payee) -> ApiResult<()> {
    let mut tx = crate::db::begin(db).await?;
    // Locked, so that of several who hear of a change one tells it.
    let before = sqlx::query!(
        r#"select provider_id, can_charge, charges_lost_at is not null as "is_lost!" from payment_accounts
        where account_id = $1 for update"#,
        payee.id
    )
    .fetch_optional(&mut *tx)
    .await?;
    write(&mut tx, provider_id, payee).await?;
    if let Some(before) = before.filter(|before| before.can_charge != payee.can_charge) {
        services::advance(&mut tx, before.provider_id).await?;
        if before.is_lost || !payee.can_charge {
            let notice =
                if payee.can_charge { PageNotice::PaymentsResumed } else { PageNotice::PaymentsPaused };
            PageMail::to_owners(&mut tx, before.provider_id, notice).await?;
        }
    }
    Ok(tx.commit().await?)
}

async fn write(db: &mut PgConnection, provider_id: Option<Uuid>, payee: &Payee) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "
        with known as (
            update payment_accounts set can_charge = $3, can_pay_out = $4, details_submitted = $5, missing = $6,
                charges_lost_at = case when $3 then null when can_charge then app_now() else charges_lost_at end,
                updated_at = app_now()
            where account_id = $2
            returning account_id
        )
        insert into payment_accounts (provider_id, account_id, can_charge, can_pay_out, details_submitted, missing)
        select $1, $2, $3, $4, $5, $6 where $1::uuid is not null and not exists (select from known)
        on conflict (provider_id) do nothing
        ",
        provider_id,
        payee.id,
        payee.can_charge,
        payee.can_pay_out,
        payee.details_submitted,
        i32::try_from(payee.missing).unwrap_or(i32::MAX)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every account that providers have at the processor.
///
/// # Errors
/// Those of the database.
pub async fn account_ids(db: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!("select account_id from payment_accounts order by account_id").fetch_all(db).await
}
