//! Providers: the public page and its owner's view.

use crate::admin::Suspension;
use crate::bookings::Booking;
use crate::payments::CancellationPolicy;
use crate::services::Location;
use crate::slots::Slot;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// A provider's profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Provider {
    /// Never changes.
    pub id: Uuid,
    /// The page's address: `/p/{slug}`.
    #[cfg_attr(feature = "server", schema(example = "amira-physio"))]
    pub slug: String,
    /// What the provider is called.
    pub name: String,
    /// One line below the name.
    pub headline: String,
    /// A few paragraphs, plain text.
    pub bio: String,
    /// Slug of a category from `/categories`.
    pub category: String,
    /// Where customers come to.
    pub address: Address,
    /// IANA zone in which the hours are meant.
    #[cfg_attr(feature = "server", schema(example = "Europe/Berlin"))]
    pub time_zone: String,
    /// ISO 4217 code of all prices.
    #[cfg_attr(feature = "server", schema(example = "EUR"))]
    pub currency: String,
    /// BCP 47 tags of the languages spoken.
    pub languages: Vec<String>,
    /// Path of the picture: the photo, or a portrait drawn for the provider. Add `&size=240` or `&size=160` to that of a
    /// photo for a light one, of at most 3.5 kB.
    pub portrait_url: String,
    /// Whether the picture is a photo.
    #[serde(default)]
    pub has_photo: bool,
    /// Whether customers can see the page and book.
    pub published: bool,
    /// Set while an admin has suspended the page, which is seen by its members only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspension: Option<Suspension>,
    /// Most appointments in one day, in the provider's zone.
    pub day_limit: Option<u32>,
    /// Most appointments in one ISO week.
    pub week_limit: Option<u32>,
    /// Minutes after which an unanswered request expires.
    pub request_expiry_minutes: u32,
    /// What a cancellation by the client brings back of what was paid when booking.
    #[serde(default)]
    pub cancellation_policy: CancellationPolicy,
    /// What the tax office knows the provider by: a tax number, or a VAT id, which begins with a country's two letters. It
    /// stands on receipts. Its members are told it, nobody else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tax_number: String,
    /// Also the `ETag`.
    pub version: i32,
}

/// A provider as a change left it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ProviderChange {
    /// The profile as it now stands.
    #[serde(flatten)]
    pub provider: Provider,
    /// All coming bookings that lie outside the hours now that these are meant in another time zone. They are kept; move or
    /// cancel them as you see fit. Empty where the zone stayed.
    pub stranded: Vec<Booking>,
    /// The ids of those among them that this change left there; the others lay outside before.
    #[serde(default)]
    pub newly_stranded: Vec<Uuid>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct Address {
    /// Street and number.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 200)))]
    pub line: String,
    /// City.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 120)))]
    pub city: String,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(equal = 2)))]
    pub country: Option<String>,
    /// Degrees north. Filled from the city where absent.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(min = -90.0, max = 90.0)))]
    pub latitude: Option<f64>,
    /// Degrees east. Filled from the city where absent.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(range(min = -180.0, max = 180.0)))]
    pub longitude: Option<f64>,
}

/// Become a provider.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct CreateProvider {
    /// What the provider is called.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)))]
    pub name: String,
    /// The page's address; made from the name where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 3, max = 60)))]
    pub slug: Option<String>,
    /// Slug of a category.
    pub category: String,
    /// One line below the name.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 160)))]
    pub headline: String,
    /// A few paragraphs.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 4000)))]
    pub bio: String,
    /// Where customers come to.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(nested))]
    pub address: Address,
    /// IANA zone in which the hours are meant.
    pub time_zone: String,
    /// ISO 4217 code of all prices.
    pub currency: String,
    /// BCP 47 tags.
    #[serde(default)]
    #[cfg_attr(feature = "server", validate(length(max = 20)))]
    pub languages: Vec<String>,
}

/// Change a profile; absent fields stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct PatchProvider {
    /// See [`Provider`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)))]
    pub name: Option<String>,
    /// See [`Provider`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 3, max = 60)))]
    pub slug: Option<String>,
    /// See [`Provider`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// See [`Provider`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 160)))]
    pub headline: Option<String>,
    /// See [`Provider`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 4000)))]
    pub bio: Option<String>,
    /// See [`Provider`]; replaced as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(nested))]
    pub address: Option<Address>,
    /// See [`Provider`]. Hours keep their wall times and so move as instants; the answer lists the bookings that this
    /// strands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// See [`Provider`]. It cannot change while a service has a price, which would mean another amount then. Existing
    /// bookings keep the currency they were made in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// See [`Provider`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 20)))]
    pub languages: Option<Vec<String>>,
    /// `null` lifts the limit.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>))]
    pub day_limit: Option<Option<u32>>,
    /// `null` lifts the limit.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<u32>))]
    pub week_limit: Option<Option<u32>>,
    /// 15 minutes to 30 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 15, max = 43200)))]
    pub request_expiry_minutes: Option<u32>,
    /// See [`Provider`]; replaced as a whole. Existing bookings keep theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(nested))]
    pub cancellation_policy: Option<CancellationPolicy>,
    /// See [`Provider`]; receipts that are issued already keep theirs. Empty takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 40)))]
    pub tax_number: Option<String>,
}

/// A provider in the public list, with what can be booked next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ProviderCard {
    /// Never changes.
    pub id: Uuid,
    /// The page's address: `/p/{slug}`.
    pub slug: String,
    /// What the provider is called.
    pub name: String,
    /// One line below the name.
    pub headline: String,
    /// Slug of a category.
    pub category: String,
    /// City.
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// IANA zone of the provider.
    pub time_zone: String,
    /// ISO 4217 code of the prices.
    pub currency: String,
    /// The lowest price of an active service, minor units.
    pub price_from_minor: Option<i64>,
    /// Path of the portrait.
    pub portrait_url: String,
    /// The service that the next slots are of: of the provider's active ones that `location` and `price_max` leave, and of
    /// those whose name has the words of `q` where there are such, the one that is free first. The first eight take part.
    pub next_service_id: Option<Uuid>,
    /// What it is called.
    pub next_service_name: Option<String>,
    /// Its own price, minor units.
    pub next_service_price_minor: Option<i64>,
    /// Up to three next free times of that service; with `date`, the first ones of that day.
    pub next_slots: Vec<Slot>,
}

/// A page of the public list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ProviderList {
    /// The providers, in the order asked for.
    pub items: Vec<ProviderCard>,
    /// Opaque; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// On the first page: how many there are in all. Absent where they are too many to count at once.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub total: Option<u32>,
}

/// The order of the public list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum ProviderSort {
    /// By name.
    #[default]
    Name,
    /// The lowest price first. Prices in different currencies are compared as numbers; name a `currency` as well.
    Price,
    /// Whoever is free first. Of more than 300 providers, the first 300 by name take part.
    Soonest,
}

/// Narrow the public list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct ProviderQuery {
    /// Slug of a category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// City, without regard to case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 120)))]
    pub city: Option<String>,
    /// Words in the name, headline or a service's name, or beginnings of its category's name in any language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 120)))]
    pub q: Option<String>,
    /// Only those of whose services (see `next_service_id`) one is free on this day.
    #[serde(default, with = "crate::date::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(value_type = Option<String>, format = Date))]
    pub date: Option<Date>,
    /// IANA zone in which `date` is meant; each provider's own where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Only with a service that costs at most so much, in minor units of the provider's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 0)))]
    pub price_max: Option<i64>,
    /// Only with prices in this currency, by its ISO 4217 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(equal = 3)))]
    pub currency: Option<String>,
    /// Only with a service that takes place there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Only who speaks this language, by its BCP 47 tag. `de` finds `de-AT` too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 35)))]
    pub language: Option<String>,
    /// The order. Default `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<ProviderSort>,
    /// The `next_cursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most, 1 to 100. Default 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
}

/// A trade.
///
/// One that is retired is listed for the pages that are in it; no other page can choose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Category {
    /// Stable name.
    pub slug: String,
    /// Its name in each language, by BCP 47 tag. There is always one in English.
    pub names: BTreeMap<String, String>,
    /// Whether no further page can choose it.
    pub retired: bool,
    /// How many published providers it has.
    pub providers: i64,
}

/// All categories, in the platform's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Categories {
    /// The categories.
    pub items: Vec<Category>,
}

/// A city of the bundled gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Place {
    /// Name of the city.
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// IANA zone of the city.
    pub time_zone: String,
    /// ISO 4217 code used there.
    pub currency: String,
}

/// Cities that match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Places {
    /// At most ten, the best match first.
    pub items: Vec<Place>,
}

/// Look for a city.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct PlaceQuery {
    /// The beginning of the city's name.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)))]
    pub q: String,
}
