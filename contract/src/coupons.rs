//! Coupons of a provider, and prices with them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// A coupon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Coupon {
    /// Never changes.
    pub id: Uuid,
    /// What the client types, without regard to case. Never changes.
    pub code: String,
    /// The share of the price it takes off. Either this or `amount_minor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// The amount it takes off a booking, at most the price, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_minor: Option<i64>,
    /// Good from this instant on.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<OffsetDateTime>,
    /// Good until this instant.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<OffsetDateTime>,
    /// How often it is good in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_uses: Option<u32>,
    /// How often it is good for one client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_uses_per_client: Option<u32>,
    /// The least price it is good for, in minor units.
    pub least_price_minor: i64,
    /// What its amounts are in, ISO 4217: the provider's when it was made. One with amounts is good for no price in another.
    pub currency: String,
    /// Whether it can be used at all; one that is archived is kept for its bookings.
    pub active: bool,
    /// How many bookings that still stand have used it.
    pub uses: u32,
    /// Also the `ETag`.
    pub version: i32,
}

/// All coupons of a provider, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Coupons {
    /// The coupons.
    pub items: Vec<Coupon>,
}

/// Make a coupon.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct CreateCoupon {
    /// 3 to 40 letters, digits and hyphens.
    pub code: String,
    /// See [`Coupon`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100)))]
    pub percent: Option<u32>,
    /// See [`Coupon`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100_000_000_000_i64)))]
    pub amount_minor: Option<i64>,
    /// See [`Coupon`].
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<OffsetDateTime>,
    /// See [`Coupon`].
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<OffsetDateTime>,
    /// See [`Coupon`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1_000_000)))]
    pub most_uses: Option<u32>,
    /// See [`Coupon`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1_000_000)))]
    pub most_uses_per_client: Option<u32>,
    /// See [`Coupon`]. Default 0.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(min = 0, max = 100_000_000_000_i64)))]
    pub least_price_minor: i64,
}

/// Change a coupon; absent fields stay. What it takes off and its code stay for good: make another one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct PatchCoupon {
    /// Archive it, or take it up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// `null` makes it good at once.
    #[serde(default, with = "crate::patch::instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = DateTime))]
    pub valid_from: Option<Option<OffsetDateTime>>,
    /// `null` makes it good for ever.
    #[serde(default, with = "crate::patch::instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = DateTime))]
    pub valid_until: Option<Option<OffsetDateTime>>,
    /// `null` lifts the limit.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>), validate(range(min = 1, max = 1_000_000)))]
    pub most_uses: Option<Option<u32>>,
    /// `null` lifts the limit.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>), validate(range(min = 1, max = 1_000_000)))]
    pub most_uses_per_client: Option<Option<u32>>,
    /// See [`Coupon`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 0, max = 100_000_000_000_i64)))]
    pub least_price_minor: Option<i64>,
}

/// Ask what a booking of a service costs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct PriceQuery {
    /// Seats wanted. Default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub party_size: Option<u32>,
    /// A coupon's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 40)))]
    pub coupon: Option<String>,
}

/// What a booking costs, in minor units of `currency`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PriceQuote {
    /// What is to be paid, all together.
    pub price_minor: i64,
    /// What the coupon has taken off.
    pub discount_minor: i64,
    /// What of the price is paid when booking.
    pub due_minor: i64,
    /// The tax inside the price. Absent where none is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
}
