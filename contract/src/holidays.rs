//! Public holidays, for a provider to close on.

use serde::{Deserialize, Serialize};
use time::Date;
#[cfg(feature = "server")]
use validator::Validate;

/// Which holidays.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct HolidayQuery {
    /// ISO 3166-1, two letters.
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 2)), param(example = "DE"))]
    pub country: String,
    /// ISO 3166-2, with or without the country: `BY` or `DE-BY`. Those of all regions where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 8)), param(example = "BY"))]
    pub region: Option<String>,
    /// 2025 to 2099.
    #[cfg_attr(feature = "server", validate(range(min = 2025, max = 2099)), param(example = 2027))]
    pub year: i32,
}

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Holiday {
    /// When it is.
    #[cfg_attr(feature = "server", schema(value_type = String, format = Date))]
    #[serde(with = "crate::date")]
    pub date: Date,
    /// What it is called in English.
    #[cfg_attr(feature = "server", schema(example = "German Unity Day"))]
    pub name: String,
    /// What it is called there.
    #[cfg_attr(feature = "server", schema(example = "Tag der Deutschen Einheit"))]
    pub local_name: String,
    /// Whether it holds in the whole country.
    pub nationwide: bool,
    /// Where it holds otherwise: ISO 3166-2 without the country, sorted.
    pub regions: Vec<String>,
    /// Whether this is the day that is free in place of a holiday at a weekend.
    pub observed: bool,
}

/// The public holidays of a country in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct HolidayList {
    /// ISO 3166-1, two letters.
    pub country: String,
    /// The year.
    pub year: i32,
    /// By date. Empty for a country that is not known.
    pub items: Vec<Holiday>,
    /// The regions that have holidays of their own and can be asked for.
    pub regions: Vec<String>,
    /// Whether holidays of the country's regions are missing from the list.
    pub lacks_regional: bool,
    /// Whether holidays that follow another calendar are missing from the list in this year.
    pub lacks_movable: bool,
    /// The countries that are known.
    pub countries: Vec<String>,
}
