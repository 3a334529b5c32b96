//! How a provider comes by its money: its account at the payment processor, and what went from there to its bank.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// Into which account prepayments go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum PaymentScheme {
    /// Each provider has an account of its own at the payment processor and sets it up there.
    Marketplace,
    /// All of them go to the one account of whoever runs this server; there is nothing to set up.
    OneAccount,
}

/// Whether a provider can take prepayments, and what is still missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PaymentSetup {
    /// Whether this server takes payments at all. Where it does not, all else is false and zero.
    pub available: bool,
    /// Into which account they go. Absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<PaymentScheme>,
    /// Whether this is the demo, in which no real money moves.
    pub demo: bool,
    /// Whether services of this provider can be prepaid now.
    pub ready: bool,
    /// Whether the provider has begun to set up an account of its own.
    pub started: bool,
    /// Whether payments can be for the account.
    pub can_charge: bool,
    /// Whether its money goes to a bank.
    pub can_pay_out: bool,
    /// Whether everything that was asked at first has been filled in.
    pub details_submitted: bool,
    /// How many things the payment processor still wants to know.
    pub missing: u32,
    /// How many offered services are paid when booking. They cannot be booked online while the provider is not `ready`.
    #[serde(default)]
    pub prepaid_services: u32,
    /// The platform's share of each prepayment, in hundredths of a percent.
    pub platform_fee_rate: u32,
    /// Whether a refund gives the platform's share back in proportion.
    pub platform_fee_returned: bool,
}

/// Set up an account at the payment processor, or go on with it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct StartOnboarding {
    /// In which country the provider is at home, as ISO 3166-1 alpha-2; that of its address where absent. It cannot be
    /// changed once the account is there, and is not looked at then.
    #[serde(default, deserialize_with = "crate::text::filled", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(equal = 2)))]
    pub country: Option<String>,
}

/// Where a provider sets up its account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct OnboardingLink {
    /// A page of the payment processor's, good for minutes and once. It leads back to `/dashboard/{provider_id}/payments`,
    /// with `?onboarding=done`, or with `?onboarding=again` where the link was used up and a new one is needed.
    pub url: String,
}

/// How far a payout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum PayoutState {
    /// It is on its way.
    UnderWay,
    /// The bank has it. It may still send it back within some days.
    Paid,
    /// It came back: the bank account has to be looked after.
    Failed,
    /// It was called off; the money is back.
    Canceled,
}

/// Money that went from a provider's account to its bank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Payout {
    /// Never changes.
    pub id: Uuid,
    /// How much, in minor units; less than zero where the bank had to pay in.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// How far it is.
    pub state: PayoutState,
    /// When the bank has it, or should.
    #[serde(with = "time::serde::rfc3339")]
    pub arrives_at: OffsetDateTime,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
}
