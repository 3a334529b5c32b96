//! Receipts: numbered without gaps for each provider, and never changed once they are issued.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// What a receipt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum ReceiptKind {
    /// For money that was paid, or is still to be paid.
    Receipt,
    /// Takes a receipt back, all of it or a part.
    CreditNote,
}

/// What stands on a receipt, as it was when it was issued. Amounts are in minor units, and below zero on a credit note where
/// they are its own: `gross_minor`, `net_minor`, `vat_minor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ReceiptContent {
    /// What the provider was called.
    pub provider_name: String,
    /// Its address, a line each.
    pub provider_address: Vec<String>,
    /// Its tax number or VAT id, where it had set one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub provider_tax_number: String,
    /// Who booked.
    pub client_name: String,
    /// What was booked.
    pub service_name: String,
    /// Seats.
    pub party_size: u32,
    /// When it takes place, with the offset of the provider's zone.
    #[serde(with = "time::serde::rfc3339")]
    pub start_at: OffsetDateTime,
    /// ISO 4217.
    pub currency: String,
    /// What the receipt is for, with tax.
    pub gross_minor: i64,
    /// The same without tax. Absent where no tax is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_minor: Option<i64>,
    /// The tax in it. Taxes of all receipts of a booking add up to that of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_minor: Option<i64>,
    /// The rate of the tax, in hundredths of a percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<u32>,
    /// The price of the whole booking.
    pub price_minor: i64,
    /// What a coupon took off before.
    pub discount_minor: i64,
    /// What of the price was paid so far, and has not gone back.
    pub paid_minor: i64,
    /// What was left to pay.
    pub left_minor: i64,
}

/// A receipt of a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Its number among all of the provider's.
    pub number: i64,
    /// What it is.
    pub kind: ReceiptKind,
    /// The number of the one that it takes back, or that takes nothing back any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<i64>,
    /// When it was issued, with the offset of the provider's zone.
    #[serde(with = "time::serde::rfc3339")]
    pub issued_at: OffsetDateTime,
    /// What stands on it.
    pub content: ReceiptContent,
    /// Its page to look at and print: a path on this server that opens without a token for a quarter of an hour. Add `&locale=de`
    /// for another language than English.
    pub page_path: String,
}

/// The receipts of a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Receipts {
    /// The receipts, oldest first.
    pub items: Vec<Receipt>,
}

/// How to show a receipt's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, validator::Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct ReceiptPageQuery {
    /// Its language, a BCP 47 tag. German where it begins with `de`, English otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 35)))]
    pub locale: Option<String>,
    /// From `page_path`: opens the page without a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 100)))]
    pub ticket: Option<String>,
}
