//! What is agreed about money, and what a cancellation brings back.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
#[cfg(feature = "server")]
use validator::Validate;

/// When a service is paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum PaymentMode {
    /// At the provider's.
    #[default]
    OnSite,
    /// A part when booking, the rest at the provider's.
    Deposit,
    /// All of it when booking.
    Full,
}

/// Which cancellation policy a provider has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum PolicyKind {
    /// Everything comes back until 24 hours before the start, then nothing.
    #[default]
    Flexible,
    /// Everything until 5 days before, half until 24 hours before, then nothing.
    Moderate,
    /// Half until 14 days before, then nothing.
    Strict,
    /// The steps are the provider's own.
    Custom,
}

/// What comes back from so long before the start on, until the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct PolicyStep {
    /// Holds while the start is at least so many elapsed hours away; to the second, inclusive.
    #[cfg_attr(feature = "server", validate(range(max = 8760)))]
    pub hours_before: u32,
    /// How much of what was paid comes back.
    #[cfg_attr(feature = "server", validate(range(max = 100)))]
    pub refund_percent: u8,
}

/// What a cancellation by the client brings back of what was paid. Where the provider cancels or declines, or a request
/// lapses, everything comes back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct CancellationPolicy {
    /// Which one it is.
    pub kind: PolicyKind,
    /// Its steps, farthest from the start first; after the last one nothing comes back. Needed for `custom` alone: 1 to 6,
    /// each nearer to the start and bringing no more back than the one before. Of another kind they can be told as they are, or left out.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(nested))]
    pub steps: Vec<PolicyStep>,
    /// How much comes back where the client does not come. Default 0.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(max = 100)))]
    pub no_show_refund_percent: u8,
}

/// The money of a booking, as it was agreed when it was made. Amounts are in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookingMoney {
    /// When it is paid.
    pub mode: PaymentMode,
    /// What is paid when booking; with what was paid online of the rest since.
    pub due_minor: i64,
    /// What has been paid through the platform.
    pub paid_minor: i64,
    /// What of it went back.
    pub refunded_minor: i64,
    /// What of it a client's bank disputes or has taken back for good.
    #[serde(default)]
    pub disputed_minor: i64,
    /// What of `disputed_minor` a bank has decided for the client, who has it for good; a bank looks into the rest. Absent where it is
    /// nothing, and in lists of bookings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_back_minor: Option<i64>,
    /// What a coupon took off; the price is what is left.
    pub discount_minor: i64,
    /// The tax inside the price, in hundredths of a percent. Absent where none is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<u32>,
    /// The same as an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_minor: Option<i64>,
    /// What of the rest can be paid online now, by opening the booking's payment; 0 where nothing can. Absent in lists of bookings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest_online_minor: Option<i64>,
    /// What of a card had been reserved when the booking ended and was let go of, so that it was never charged. Absent where nothing
    /// was, and in lists of bookings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_minor: Option<i64>,
    /// What the client's bank let go of before it was taken, which ended the booking. Absent otherwise, and in lists of bookings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_minor: Option<i64>,
    /// Whether the last try to pay what the booking waits for was declined. Never in lists of bookings.
    #[serde(default)]
    pub try_declined: bool,
    /// When the provider noted that the rest was paid at its place.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<OffsetDateTime>,
    /// What a cancellation brings back.
    pub cancellation_policy: CancellationPolicy,
    /// What went back, is on its way or did not arrive, oldest first. Absent in lists of bookings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunds: Option<Vec<BookingRefund>>,
}

impl BookingMoney {
    /// What can still go back: what was paid, less what went back and what a bank disputes or has taken back.
    #[must_use]
    pub fn kept_minor(&self) -> i64 {
        (self.paid_minor - self.refunded_minor - self.disputed_minor).max(0)
    }
}

/// How far a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum RefundState {
    /// On its way.
    Pending,
    /// The payment processor waits for something, such as an answer of the client.
    RequiresAction,
    /// Given back; banks may take some days to show it.
    Succeeded,
    /// It did not arrive, and the money is where it was; or with the platform, see `with_platform`.
    Failed,
    /// It was called off, and the money is where it was; or with the platform.
    Canceled,
}

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum RefundCause {
    /// The booking was called off.
    Cancelled,
    /// The provider turned the request down.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The client did not come, and the policy gives a part back.
    NoShow,
    /// It was paid when its time was gone already.
    Late,
    /// The booking costs less now.
    Price,
    /// The provider gives it back.
    ByHand,
    /// Given back at the payment processor.
    Outside,
    /// It came in for the rest when that was owed no longer: it had been paid at the provider's, or the booking was called off.
    Overpaid,
    /// It was owed since the booking was called off, and the client's bank, which had disputed the payment, let it stand.
    DisputeWon,
}

/// Money of a booking that goes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookingRefund {
    /// Never changes.
    pub id: uuid::Uuid,
    /// How much, in minor units of the booking's currency.
    pub amount_minor: i64,
    /// Why.
    pub cause: RefundCause,
    /// How far it is. What `failed` or was `canceled` counts as kept again.
    pub state: RefundState,
    /// Whether it is sent only once the client's bank, which disputes the payment, has decided; of one that was `canceled`, that it became
    /// needless before it was sent.
    #[serde(default)]
    pub waits_for_bank: bool,
    /// Whether the platform has it: it did not arrive, and had been taken from the provider's own account. The next refund draws
    /// on it first, and takes nothing from the provider so far.
    #[serde(default)]
    pub with_platform: bool,
    /// When it was decided.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Since when it is as far as it is.
    #[serde(with = "time::serde::rfc3339")]
    pub updated_at: OffsetDateTime,
}

/// Give money back by hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct GiveRefund {
    /// How much, in minor units of the booking's currency: at most what was paid and has not gone back.
    #[cfg_attr(feature = "server", validate(range(min = 1)))]
    pub amount_minor: i64,
    /// A word to the client.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 500)))]
    pub reason: String,
}

/// Note whether the rest of a booking was paid at the provider's.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct Settle {
    /// `false` takes the note back.
    pub settled: bool,
}

/// What comes back for a while.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct RefundStage {
    /// The last second at which it holds. Absent on the last stage.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub until: Option<OffsetDateTime>,
    /// How much of what is kept.
    pub refund_percent: u8,
    /// The same as an amount, in minor units.
    pub refund_minor: i64,
}

/// What a cancellation by the asker brings back now, and over time. Cancelling refunds by the same function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CancellationQuote {
    /// What comes back now, in minor units.
    pub refund_minor: i64,
    /// What was paid, has not gone back and is not disputed, in minor units: what the refund is a part of.
    pub kept_minor: i64,
    /// What the client's bank has while it looks into a dispute, in minor units. Nothing of it comes back before the bank has decided
    /// for the provider; what the policy gives of it comes back then.
    pub disputed_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// The stages in order, past ones included, so that it can be told what an earlier cancellation would have brought.
    pub stages: Vec<RefundStage>,
    /// Which of the stages holds now.
    pub stage: u32,
    /// The instant for which it is said.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// Which service a booking is to become one of.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct ServiceChangeQuery {
    /// The service.
    pub service_id: uuid::Uuid,
}

/// What a booking would cost as one of another service, and what becomes of what was paid. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ServiceChangeQuote {
    /// What it would cost.
    pub price_minor: i64,
    /// What the booking's coupon would take off; the price is what is left.
    pub discount_minor: i64,
    /// What would go back.
    pub refund_minor: i64,
    /// What would be left to pay.
    pub rest_minor: i64,
    /// What of that could be paid online.
    pub rest_online_minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// How the client pays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum PaymentFlow {
    /// On a page of the payment processor.
    #[default]
    Page,
    /// In a form of the client's own, which needs the processor's library and `client_secret`.
    Form,
}

/// Open the payment of a booking.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct OpenPayment {
    /// How the client pays. Default `page`.
    #[serde(default)]
    pub flow: PaymentFlow,
    /// Language of the page, a BCP 47 tag. Default `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 35)))]
    pub locale: Option<String>,
}

/// A payment that its client can complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PendingPayment {
    /// The payment.
    pub id: uuid::Uuid,
    /// What is to be paid, in minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Until when the booking is held for it. Absent where the booking stands and its rest is paid.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<OffsetDateTime>,
    /// For `page`: where the client pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_url: Option<String>,
    /// For `form`: what the processor's library needs. For this client's eyes only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}
