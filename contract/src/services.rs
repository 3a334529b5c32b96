//! What a provider offers.

use crate::payments::PaymentMode;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a service takes place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Location {
    /// At the provider's address.
    #[default]
    Provider,
    /// At the customer's address, which is asked for when booking.
    Customer,
    /// By phone; the customer's number is asked for when booking.
    Phone,
    /// Online, at a link that the confirmation tells.
    Online,
}

/// Whether a service can be booked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum ServiceStatus {
    /// Offered.
    #[default]
    Active,
    /// Kept for history, no longer offered.
    Archived,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Service {
    /// Never changes.
    pub id: Uuid,
    /// Who offers it.
    pub provider_id: Uuid,
    /// What it is called.
    pub name: String,
    /// Plain text.
    pub description: String,
    /// 5 minutes to 31 days.
    pub duration_minutes: u32,
    /// In minor units of `currency`.
    pub price_minor: i64,
    /// The provider's currency.
    pub currency: String,
    /// When it is paid. Anything but `on_site` needs a provider who can take payments.
    #[serde(default)]
    pub payment_mode: PaymentMode,
    /// Whether what is paid when booking can be paid now. While it cannot, because the provider's account takes no charges, the
    /// service has no free times but for its provider's members.
    #[serde(default = "yes")]
    pub payable: bool,
    /// For a deposit: what is paid when booking, for each place, in minor units. Either this or `deposit_percent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit_minor: Option<i64>,
    /// For a deposit: the share of the price that is paid when booking, 1 to 99.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit_percent: Option<u32>,
    /// The tax inside the price, in hundredths of a percent: 1900 is 19 %. None is shown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<u32>,
    /// Kept free before each booking.
    pub buffer_before_minutes: u32,
    /// Kept free after each booking.
    pub buffer_after_minutes: u32,
    /// Seats at one start; more than one makes it a group service.
    pub capacity: u32,
    /// A start must be at least this far ahead.
    pub minimum_notice_minutes: u32,
    /// How many days ahead can be booked, in the provider's zone, inclusive.
    pub horizon_days: u32,
    /// Distance between offered starts; the duration where absent.
    pub slot_step_minutes: Option<u32>,
    /// Most appointments of this service in one day.
    pub day_limit: Option<u32>,
    /// Most appointments of this service in one ISO week.
    pub week_limit: Option<u32>,
    /// Whether the provider answers each request first.
    pub approval_required: bool,
    /// Where it takes place.
    pub location: Location,
    /// The link or further words on the place; shown to those who booked and to the provider.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location_detail: Option<String>,
    /// Whether it is offered.
    pub status: ServiceStatus,
    /// Place in the provider's list, from 0.
    pub position: i32,
    /// Also the `ETag`.
    pub version: i32,
}

/// All services of a provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Services {
    /// In the provider's order.
    pub items: Vec<Service>,
    /// The version of the list: its order, its services and what they are. `If-Match` of a new order names it.
    #[serde(default)]
    pub version: i32,
}

/// Put a provider's services in order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct OrderServices {
    /// Every service that is offered, once, in the order wanted. Archived ones may be among them; those that are not come
    /// last, as they stood.
    #[cfg_attr(feature = "server", validate(length(max = 1000)))]
    pub services: Vec<uuid::Uuid>,
}

/// Offer a service.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct CreateService {
    /// See [`Service`].
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)))]
    pub name: String,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 2000)))]
    pub description: String,
    /// See [`Service`].
    #[cfg_attr(feature = "server", validate(range(min = 5, max = 44640)))]
    pub duration_minutes: u32,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(min = 0, max = 100_000_000_000_i64)))]
    pub price_minor: i64,
    /// See [`Service`]. Default `on_site`.
    #[serde(default)]
    pub payment_mode: PaymentMode,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit_minor: Option<i64>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit_percent: Option<u32>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<u32>,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(max = 1440)))]
    pub buffer_before_minutes: u32,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(max = 1440)))]
    pub buffer_after_minutes: u32,
    /// See [`Service`]. Default 1.
    #[serde(default = "one")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub capacity: u32,
    /// See [`Service`]. Default 0.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(max = 525_600)))]
    pub minimum_notice_minutes: u32,
    /// See [`Service`]. Default 60.
    #[serde(default = "sixty")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 730)))]
    pub horizon_days: u32,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(min = 5, max = 44640)))]
    pub slot_step_minutes: Option<u32>,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub day_limit: Option<u32>,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 10000)))]
    pub week_limit: Option<u32>,
    /// See [`Service`]. Default false.
    #[serde(default)]
    pub approval_required: bool,
    /// See [`Service`]. Default `provider`.
    #[serde(default)]
    pub location: Location,
    /// See [`Service`].
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 500)))]
    pub location_detail: String,
}

fn yes() -> bool {
    true
}

fn one() -> u32 {
    1
}

fn sixty() -> u32 {
    60
}

/// Change a service; absent fields stay. Existing bookings keep what they were made with.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct PatchService {
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)))]
    pub name: Option<String>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 2000)))]
    pub description: Option<String>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 5, max = 44640)))]
    pub duration_minutes: Option<u32>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 0, max = 100_000_000_000_i64)))]
    pub price_minor: Option<i64>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_mode: Option<PaymentMode>,
    /// `null` takes it away.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<i64>))]
    pub deposit_minor: Option<Option<i64>>,
    /// `null` takes it away.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>))]
    pub deposit_percent: Option<Option<u32>>,
    /// `null` shows no tax.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>))]
    pub vat_rate: Option<Option<u32>>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(max = 1440)))]
    pub buffer_before_minutes: Option<u32>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(max = 1440)))]
    pub buffer_after_minutes: Option<u32>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub capacity: Option<u32>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(max = 525_600)))]
    pub minimum_notice_minutes: Option<u32>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 730)))]
    pub horizon_days: Option<u32>,
    /// `null` returns to the duration.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>))]
    pub slot_step_minutes: Option<Option<u32>>,
    /// `null` lifts the limit.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>))]
    pub day_limit: Option<Option<u32>>,
    /// `null` lifts the limit.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>))]
    pub week_limit: Option<Option<u32>>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_required: Option<bool>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 500)))]
    pub location_detail: Option<String>,
    /// Archive or offer again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ServiceStatus>,
    /// See [`Service`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 0, max = 10000)))]
    pub position: Option<i32>,
}
