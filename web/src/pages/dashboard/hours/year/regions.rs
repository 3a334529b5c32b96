//! Which region of a country a city is in, for the cities that the platform knows by name.

use js_sys::JsString;

/// The region's ISO 3166-2 code without the country, for countries whose regions have holidays of their own.
pub fn region_of(country: &str, city: &str) -> Option<&'static str> {
    // The browser knows the letters of all languages already.
    let city = String::from(JsString::from(city.trim()).to_lower_case());
    let region = match (country, city.as_str()) {
        ("DE", "berlin") => "BE",
        ("DE", "bremen") => "HB",
        ("DE", "hamburg") => "HH",
        (
            "DE",
            "bonn" | "cologne" | "köln" | "dortmund" | "düsseldorf" | "dusseldorf" | "essen" | "münster"
            | "munster",
        ) => "NW",
        ("DE", "dresden" | "leipzig") => "SN",
        ("DE", "frankfurt" | "frankfurt am main") => "HE",
        ("DE", "freiburg" | "freiburg im breisgau" | "heidelberg" | "karlsruhe" | "stuttgart") => "BW",
        ("DE", "hanover" | "hannover") => "NI",
        ("DE", "kiel") => "SH",
        ("DE", "mainz") => "RP",
        ("DE", "munich" | "münchen" | "nuremberg" | "nürnberg") => "BY",
        ("CH", "basel" | "bâle") => "BS",
        ("CH", "bern" | "berne") => "BE",
        ("CH", "geneva" | "genève" | "genf") => "GE",
        ("CH", "lausanne") => "VD",
        ("CH", "lugano") => "TI",
        ("CH", "zürich" | "zurich") => "ZH",
        ("FR", "strasbourg" | "straßburg") => "67",
        ("GB", "belfast") => "NIR",
        ("GB", "cardiff") => "WLS",
        ("GB", "edinburgh" | "glasgow") => "SCT",
        (
            "GB",
            "birmingham"
            | "brighton"
            | "bristol"
            | "cambridge"
            | "leeds"
            | "liverpool"
            | "london"
            | "manchester"
            | "newcastle"
            | "newcastle upon tyne"
            | "nottingham"
            | "oxford"
            | "sheffield",
        ) => "ENG",
        ("CA", "calgary" | "edmonton") => "AB",
        ("CA", "halifax") => "NS",
        ("CA", "montreal" | "montréal" | "quebec city" | "québec") => "QC",
        ("CA", "ottawa" | "toronto") => "ON",
        ("CA", "regina") => "SK",
        ("CA", "st. john's") => "NL",
        ("CA", "vancouver" | "victoria") => "BC",
        ("CA", "winnipeg") => "MB",
        _ => return None,
    };
    Some(region)
}
