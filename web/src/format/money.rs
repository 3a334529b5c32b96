//! Money: minor units on the wire, the person's habits on the screen.

use super::intl::{locales, options};
use crate::messages::t;
use domain::money::{card_step, decimals};
use domain::payment::share::{WHOLE, share_in};
use js_sys::{Function, Intl};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::JsValue;

thread_local! {
    static FORMATTERS: RefCell<HashMap<String, Function>> = RefCell::default();
}

/// How many decimals amounts have. What the browser holds for it is how a currency is written by habit: in some, which
/// have decimals by ISO 4217, none.
fn decimals_of(currency: &str) -> u32 {
    decimals(currency).into()
}

/// Writes amounts of a currency.
fn formatter(currency: &str) -> Function {
    FORMATTERS.with_borrow_mut(|formatters| {
        formatters
            .entry(currency.to_owned())
            .or_insert_with(|| {
                let digits = decimals_of(currency).to_string();
                let shown = options(&[
                    ("style", "currency"),
                    ("currency", currency),
                    ("minimumFractionDigits", &digits),
                    ("maximumFractionDigits", &digits),
                    ("trailingZeroDisplay", "stripIfInteger"),
                ]);
                Intl::NumberFormat::new(&locales(), &shown).format()
            })
            .clone()
    })
}

/// So many percent of an amount, as the server works it out.
pub fn share(minor: i64, percent: u32, currency: &str) -> i64 {
    share_in(minor, percent * (WHOLE / 100), card_step(decimals(currency)))
}

/// `€60` or `€60.50`.
pub fn money(minor: i64, currency: &str) -> String {
    let major = minor as f64 / 10_f64.powi(decimals_of(currency) as i32);
    formatter(currency)
        .call1(&JsValue::UNDEFINED, &JsValue::from_f64(major))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// An amount as one types it: `60` or `60.50`, in German `60,50`.
pub fn input_amount(minor: i64, currency: &str) -> String {
    let exponent = decimals_of(currency);
    let scale = 10_i64.pow(exponent);
    if minor % scale == 0 {
        (minor / scale).to_string()
    } else {
        let (whole, rest, point) = (minor / scale, minor % scale, t().decimal);
        format!("{whole}{point}{rest:0width$}", width = exponent as usize)
    }
}

/// A number of smallest parts, as one types it, without noughts at its end: `19` or `8.1`, in German `8,1`.
pub fn decimal(parts: i64, exponent: u32) -> String {
    let scale = 10_i64.pow(exponent);
    let (whole, rest, point) = (parts / scale, parts % scale, t().decimal);
    if rest == 0 {
        return whole.to_string();
    }
    let rest = format!("{rest:0width$}", width = exponent as usize);
    format!("{whole}{point}{}", rest.trim_end_matches('0'))
}

/// Reads what [`input_amount`] writes, with a comma or a point; `None` where it is no amount of this currency.
pub fn parse_amount(text: &str, currency: &str) -> Option<i64> {
    parse_decimal(text, decimals_of(currency))
}

/// Reads a number with a comma or a point that is not negative and has so many decimals at most, in its smallest parts.
pub fn parse_decimal(text: &str, exponent: u32) -> Option<i64> {
    let text: String =
        text.trim().replace(',', ".").chars().filter(|letter| !letter.is_whitespace()).collect();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    if rest.len() > exponent as usize || (whole.is_empty() && rest.is_empty()) {
        return None;
    }
    let digits = format!("{whole}{rest:0<width$}", width = exponent as usize);
    digits.parse().ok().filter(|minor| *minor >= 0)
}
