//! The book of a provider's money: what came in, went out and was kept as fees.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// What moved money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum TransactionKind {
    /// A client paid.
    Charge,
    /// The payment processor took its price.
    ProcessorFee,
    /// Money went back to a client.
    Refund,
    /// A refund failed or was called off: the money is back.
    RefundReturned,
    /// A client's bank disputes a payment and took the money.
    DisputeOpened,
    /// A dispute was won: the money is back.
    DisputeWon,
    /// A dispute was lost: the client keeps the money.
    DisputeLost,
    /// The balance went to the provider's bank.
    Payout,
    /// A payout failed: the money is back.
    PayoutReturned,
}

/// The booking that money was moved for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TransactionBooking {
    /// The booking.
    pub id: Uuid,
    /// What was booked.
    pub service_name: String,
    /// Who booked.
    pub client_name: String,
    /// When it takes place, with the offset of the provider's zone.
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
}

/// A transaction of the book as it touches one provider. Amounts are in minor units; `amount_minor` less `fee_minor` and with
/// `platform_minor` is `balance_minor`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Transaction {
    /// Never changes.
    pub id: Uuid,
    /// What moved the money.
    pub kind: TransactionKind,
    /// When, with the offset of the provider's zone.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// ISO 4217.
    pub currency: String,
    /// What moved before fees; below zero where it left the provider.
    pub amount_minor: i64,
    /// What of it was kept as fees; below zero where fees came back.
    pub fee_minor: i64,
    /// What the platform gave of a refund out of its own money; below zero where it has what did not arrive.
    pub platform_minor: i64,
    /// What the provider's balance gained; below zero where it lost.
    pub balance_minor: i64,
    /// The rate of the tax inside `amount_minor`, in hundredths of a percent: the booking's, as on its receipts. Absent where its
    /// price is told without tax, and of what is no payment, refund or lost dispute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<u32>,
    /// That tax, with the sign of `amount_minor`; of a `dispute_lost`, whose amount left with `dispute_opened`, the tax in what the
    /// client keeps, below zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_minor: Option<i64>,
    /// The booking it was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<TransactionBooking>,
}

/// Narrow a list of transactions. Sorted by time, the newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct TransactionQuery {
    /// Only this month of the provider's zone, such as `2026-11`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 7)))]
    pub month: Option<String>,
    /// The `next_cursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most, 1 to 100. Default 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
}

/// The time for which a provider's money is summed up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct BalanceQuery {
    /// Only this month of the provider's zone, such as `2026-11`; all time where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 7)))]
    pub month: Option<String>,
}

/// Which month to export.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct ExportQuery {
    /// A month of the provider's zone, such as `2026-11`.
    #[cfg_attr(feature = "server", validate(length(max = 7)))]
    pub month: String,
}

/// A provider's money in one currency, in minor units. Over all time, `charged_minor` less `refunded_minor`, `fees_minor`,
/// `disputed_minor` and `paid_out_minor` and with `platform_minor` is `balance_minor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Balance {
    /// ISO 4217.
    pub currency: String,
    /// What clients paid.
    pub charged_minor: i64,
    /// What went back to them.
    pub refunded_minor: i64,
    /// What was kept as fees of the platform and the payment processor.
    pub fees_minor: i64,
    /// What the platform gave of refunds out of its own money, less what it has of refunds that did not arrive.
    pub platform_minor: i64,
    /// What banks took back or hold back.
    pub disputed_minor: i64,
    /// What went to the provider's bank.
    pub paid_out_minor: i64,
    /// What lies with the payment processor for the provider: now, or at the end of the month.
    pub balance_minor: i64,
}

/// A provider's money, a row for each currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Balances {
    /// The rows, by currency. None before the first payment.
    pub items: Vec<Balance>,
}
