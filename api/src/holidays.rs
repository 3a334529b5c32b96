//! Public holidays, offered to providers to close on. The rules are in `domain`.

use crate::http::problems::BadQuery;
use crate::http::{ApiError, ApiResult, Params};
use actix_web::http::header;
use actix_web::{HttpResponse, get};
use contract::holidays::{Holiday, HolidayList, HolidayQuery};
use domain::holidays;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the route.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_holidays);
}

/// The public holidays of a country in a year, or of one of its regions.
///
/// Computed from rules that the server carries. `lacks_regional` and `lacks_movable` say what the list of a country is known
/// to lack; a country that is not known has an empty list.
#[utoipa::path(
    operation_id = "list_holidays", tag = "schedules",
    params(HolidayQuery),
    responses((status = 200, description = "The holidays, by date", body = HolidayList), BadQuery),
    security(()),
)]
#[get("/holidays")]
async fn list_holidays(query: Params<HolidayQuery>) -> ApiResult<HttpResponse> {
    let HolidayQuery { country, region, year } = query.0;
    let country = country.to_ascii_uppercase();
    let regions = holidays::regions(&country);
    let region = region.map(|region| region.to_ascii_uppercase());
    let region = region.as_deref().map(|region| {
        region.strip_prefix(&country).and_then(|rest| rest.strip_prefix('-')).unwrap_or(region)
    });
    if let Some(region) = region.filter(|region| !regions.contains(region)) {
        let known = regions.join(", ");
        let words = match known.as_str() {
            "" => format!("No regions of {country} are known."),
            known => format!("{region} is not known. There are {known}."),
        };
        return Err(ApiError::field("?region", "unknown", &words));
    }
    let gaps = holidays::gaps(&country, year);
    let items = holidays::holidays(&country, region, year).into_iter().map(|holiday| Holiday {
        date: holiday.date,
        name: holiday.name.to_owned(),
        local_name: holiday.local_name.to_owned(),
        nationwide: holiday.regions.is_empty(),
        regions: owned(&holiday.regions),
        observed: holiday.observed,
    });
    let list = HolidayList {
        items: items.collect(),
        regions: owned(&regions),
        lacks_regional: gaps.regional,
        lacks_movable: gaps.movable,
        countries: owned(&holidays::countries()),
        country,
        year,
    };
    // The rules change with the program alone.
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=86400")).json(list))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
