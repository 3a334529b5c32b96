//! What a profile must hold beyond the shape of its request.

use super::{country, gazetteer, slug};
use crate::http::{ApiResult, Faults};
use crate::terms;
use contract::providers::{Address, Provider};
use contract::text::{is_language_tag, language_tag};
use domain::money::Currency;
use domain::zone::Zone;

/// Brings a profile into its one form and fills in what follows from the city.
///
/// # Errors
/// `invalid_fields` with everything that breaks a rule.
pub fn settle(profile: &mut Provider) -> ApiResult<()> {
    for text in [&mut profile.name, &mut profile.headline, &mut profile.bio, &mut profile.tax_number] {
        *text = text.trim().to_owned();
    }
    let mut faults = Faults::default();
    faults.unless(!profile.name.is_empty(), "/name", "length", "A name is needed.");
    faults.one_line("/name", &profile.name);
    faults.one_line("/headline", &profile.headline);
    faults.one_line("/tax_number", &profile.tax_number);
    faults.unless(
        slug::is_slug(&profile.slug),
        "/slug",
        "slug",
        "3 to 60 characters: words of a to z and 0 to 9, joined by hyphens.",
    );
    match Zone::parse(&profile.time_zone) {
        Ok(zone) => profile.time_zone = zone.name().to_owned(),
        Err(_) => faults.add("/time_zone", "time_zone", "This is not an IANA time zone."),
    }
    match Currency::parse(&profile.currency.to_ascii_uppercase()) {
        Ok(currency) => profile.currency = currency.code().to_owned(),
        Err(_) => faults.add("/currency", "currency", "This is not an ISO 4217 currency."),
    }
    for (index, language) in profile.languages.iter().enumerate() {
        let pointer = format!("/languages/{index}");
        faults.unless(is_language_tag(language), &pointer, "language", "This is not a BCP 47 language tag.");
    }
    let mut languages: Vec<String> = Vec::new();
    for language in
        profile.languages.drain(..).map(|tag| if is_language_tag(&tag) { language_tag(&tag) } else { tag })
    {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    profile.languages = languages;
    let is_limit = |limit: Option<u32>, most| limit.is_none_or(|limit| (1..=most).contains(&limit));
    faults.unless(is_limit(profile.day_limit, 1_000), "/day_limit", "range", "Must be 1 to 1000.");
    faults.unless(is_limit(profile.week_limit, 10_000), "/week_limit", "range", "Must be 1 to 10000.");
    settle_address(&mut profile.address, &mut faults);
    terms::check_policy(&mut profile.cancellation_policy, "/cancellation_policy", &mut faults);
    faults.finish()
}

fn settle_address(address: &mut Address, faults: &mut Faults) {
    for text in [&mut address.line, &mut address.city] {
        *text = text.trim().to_owned();
    }
    faults.one_line("/address/line", &address.line);
    faults.one_line("/address/city", &address.city);
    address.country = address.country.take().map(|code| code.to_ascii_uppercase());
    let has_country = address.country.as_deref().is_none_or(country::is_known);
    faults.unless(has_country, "/address/country", "country", "This is not an ISO 3166-1 alpha-2 code.");
    match (address.latitude, address.longitude) {
        (None, None) => {
            if let Some(city) = gazetteer::city(&address.city, address.country.as_deref()) {
                address.latitude = Some(city.place.latitude);
                address.longitude = Some(city.place.longitude);
            }
        }
        (Some(_), None) => faults.add("/address/longitude", "coordinates", "Give both coordinates or none."),
        (None, Some(_)) => faults.add("/address/latitude", "coordinates", "Give both coordinates or none."),
        (Some(_), Some(_)) => {}
    }
}
