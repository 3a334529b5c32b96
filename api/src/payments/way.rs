//! The way that a provider's payments go.

use super::accounts;
use crate::app::App;
use crate::http::{ApiError, ApiResult};
use contract::problem::Code;
use domain::money::Money;
use domain::payment::share::share;
use integrations::payments::{Processor, ProcessorError, Split};
use sqlx::PgConnection;
use std::sync::Arc;
use uuid::Uuid;

/// Where a provider's payments go, if it can take any.
pub struct Way {
    /// Who takes them.
    pub processor: Arc<dyn Processor>,
    /// The provider's own account; none where the platform's takes the money.
    pub account: Option<String>,
    /// Whether a refund gives the platform's share back in proportion.
    pub fee_returned: bool,
    fee_rate: u32,
}

impl Way {
    /// The platform's share of an amount, in minor units. There is none where the money is the platform's own account's.
    #[must_use]
    pub fn fee(&self, amount: Money) -> i64 {
        if self.account.is_some() { share(amount.minor, self.fee_rate, amount.currency) } else { 0 }
    }

    /// How an amount is shared with the provider's account.
    #[must_use]
    pub fn split(&self, amount: Money, fee_minor: i64) -> Option<Split> {
        let fee = Money::new(fee_minor, amount.currency);
        self.account.clone().map(|payee| Split { payee, fee })
    }
}

/// The way of a provider's payments; none where it cannot take any now.
///
/// # Errors
/// Those of the database.
pub async fn way(app: &App, db: &mut PgConnection, provider_id: Uuid) -> ApiResult<Option<Way>> {
    let Some(payments) = &app.payments else { return Ok(None) };
    let account = if payments.connect {
        match accounts::account(db, provider_id).await?.filter(|account| account.can_charge) {
            Some(account) => Some(account.account_id),
            None => return Ok(None),
        }
    } else {
        None
    };
    Ok(Some(Way {
        processor: payments.processor.clone(),
        account,
        fee_returned: payments.fee_returned,
        fee_rate: payments.fee_rate,
    }))
}

/// Makes sure that a provider can take payments now.
///
/// # Errors
/// `payments_off`.
pub async fn require_ready(app: &App, db: &mut PgConnection, provider_id: Uuid) -> ApiResult<Way> {
    let words = "What is paid when booking cannot be booked here until it can. Please ask the provider, or come back later.";
    way(app, db, provider_id).await?.ok_or_else(|| ApiError::new(Code::PaymentsOff).detail(words))
}

/// What the asker is told where the processor did not do what it was asked.
#[must_use]
pub fn told(error: ProcessorError) -> ApiError {
    match error {
        ProcessorError::Temporary(_) => ApiError::new(Code::Unavailable).retry_after(5),
        ProcessorError::Permanent { .. } | ProcessorError::Declined { .. } => {
            tracing::error!(%error, "the payment processor refused");
            ApiError::new(Code::PaymentsOff)
        }
    }
}
