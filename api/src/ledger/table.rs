//! Transactions as a table that programs for accounting read: CSV as in RFC 4180, in UTF-8.

use crate::http::{ApiError, ApiResult};
use contract::ledger::Transaction;
use domain::money::{Currency, Money};
use std::borrow::Cow;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const COLUMNS: [&str; 14] = [
    "time",
    "kind",
    "currency",
    "amount",
    "fee",
    "platform",
    "balance_change",
    "booking",
    "appointment",
    "service",
    "client",
    "transaction",
    "vat_rate",
    "vat",
];

/// Writes the table with its heading.
pub(super) fn write(items: &[Transaction]) -> ApiResult<Vec<u8>> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(ApiError::internal)?;
    for item in items {
        table.write_record(cells(item)?.iter().map(AsRef::as_ref)).map_err(ApiError::internal)?;
    }
    table.into_inner().map_err(|error| ApiError::internal(error.to_string()))
}

fn cells(item: &Transaction) -> ApiResult<[Cow<'_, str>; 14]> {
    let currency = Currency::parse(&item.currency).map_err(ApiError::internal)?;
    let amount = |minor| Cow::from(Money::new(minor, currency).amount());
    let time = |at: OffsetDateTime| at.format(&Rfc3339).map(Cow::from).map_err(ApiError::internal);
    let kind = serde_json::to_value(item.kind).map_err(ApiError::internal)?;
    let booking = item.booking.as_ref();
    let text = |text: Option<&'_ String>| text.map(|text| plain(text).into_owned()).unwrap_or_default();
    Ok([
        time(item.at)?,
        kind.as_str().unwrap_or_default().to_owned().into(),
        currency.code().into(),
        amount(item.amount_minor),
        amount(item.fee_minor),
        amount(item.platform_minor),
        amount(item.balance_minor),
        booking.map(|booking| booking.id.to_string()).unwrap_or_default().into(),
        booking.map(|booking| time(booking.start_at)).transpose()?.unwrap_or_default(),
        text(booking.map(|booking| &booking.service_name)).into(),
        text(booking.map(|booking| &booking.client_name)).into(),
        item.id.to_string().into(),
        item.vat_rate.map(percent).unwrap_or_default().into(),
        item.vat_minor.map(amount).unwrap_or_default(),
    ])
}

/// Hundredths of a percent as a percentage.
fn percent(rate: u32) -> String {
    format!("{}.{:02}", rate / 100, rate % 100)
}

/// What people have typed, so that no program takes it for a formula: anybody can book under a name such as `=1+1`.
fn plain(text: &str) -> Cow<'_, str> {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::ledger::{TransactionBooking, TransactionKind};
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn amounts_have_the_digits_of_their_currency_and_no_cell_is_a_formula() {
        let item = |currency: &str, client: &str| Transaction {
            id: Uuid::nil(),
            kind: TransactionKind::Refund,
            at: datetime!(2026-11-25 09:05 +1),
            currency: currency.to_owned(),
            amount_minor: -1250,
            fee_minor: 0,
            platform_minor: 0,
            balance_minor: -1250,
            vat_rate: (currency == "EUR").then_some(770),
            vat_minor: (currency == "EUR").then_some(-89),
            booking: Some(TransactionBooking {
                id: Uuid::nil(),
                service_name: "Cut, \"short\"".to_owned(),
                client_name: client.to_owned(),
                start_at: datetime!(2026-11-30 10:00 +1),
            }),
        };
        let items = [item("EUR", "=HYPERLINK(\"x\")"), item("JPY", " -1"), item("KWD", "Zoë O'Neill")];
        let text = String::from_utf8(write(&items).unwrap()).unwrap();
        let lines: Vec<_> = text.split_terminator("\r\n").collect();
        assert_eq!(lines[0], COLUMNS.join(","));
        let nobody = Uuid::nil();
        assert_eq!(
            lines[1],
            format!(
                "2026-11-25T09:05:00+01:00,refund,EUR,-12.50,0.00,0.00,-12.50,{nobody},2026-11-30T10:00:00+01:00,\
                 \"Cut, \"\"short\"\"\",\"'=HYPERLINK(\"\"x\"\")\",{nobody},7.70,-0.89"
            )
        );
        assert!(lines[2].contains(",JPY,-1250,0,0,-1250,") && lines[2].contains(",' -1,"));
        assert!(lines[3].contains(",KWD,-1.250,0.000,0.000,-1.250,") && lines[3].contains(",Zoë O'Neill,"));
    }
}
