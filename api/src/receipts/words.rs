//! Every word of a receipt's page.

use time::OffsetDateTime;

/// The words in one language.
pub(super) struct Words {
    /// Its tag.
    pub(super) tag: &'static str,
    pub(super) receipt: &'static str,
    pub(super) credit_note: &'static str,
    pub(super) corrects: &'static str,
    pub(super) issued: &'static str,
    pub(super) to: &'static str,
    pub(super) service: &'static str,
    pub(super) when: &'static str,
    pub(super) seats: &'static str,
    pub(super) list_price: &'static str,
    pub(super) coupon: &'static str,
    pub(super) price: &'static str,
    pub(super) this: &'static str,
    pub(super) net: &'static str,
    pub(super) vat: &'static str,
    pub(super) gross: &'static str,
    pub(super) paid: &'static str,
    pub(super) left: &'static str,
    pub(super) booking: &'static str,
    pub(super) note: &'static str,
    pub(super) note_of_correction: &'static str,
    tax_number: &'static str,
    vat_id: &'static str,
    decimal: char,
    months: [&'static str; 12],
    after_day: &'static str,
}

const ENGLISH: Words = Words {
    tag: "en",
    receipt: "Receipt",
    credit_note: "Credit note",
    corrects: "for no.",
    issued: "Issued on",
    to: "For",
    service: "Service",
    when: "Date",
    seats: "Seats",
    list_price: "Price before discount",
    coupon: "Coupon",
    price: "Price of the booking",
    this: "This receipt",
    net: "Net",
    vat: "VAT",
    gross: "Total",
    paid: "Paid so far",
    left: "Left to pay",
    booking: "Booking",
    note: "Amounts and names are as they were when this was issued.",
    note_of_correction: "Amounts and names are as they were when this was issued, or what it corrects.",
    tax_number: "Tax no.",
    vat_id: "VAT ID",
    decimal: '.',
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    after_day: "",
};

const GERMAN: Words = Words {
    tag: "de",
    receipt: "Beleg",
    credit_note: "Korrekturbeleg",
    corrects: "zu Nr.",
    issued: "Ausgestellt am",
    to: "Für",
    service: "Leistung",
    when: "Datum",
    seats: "Plätze",
    list_price: "Preis vor Abzug",
    coupon: "Gutschein",
    price: "Preis der Buchung",
    this: "Dieser Beleg",
    net: "Netto",
    vat: "USt.",
    gross: "Gesamt",
    paid: "Bisher bezahlt",
    left: "Noch zu zahlen",
    booking: "Buchung",
    note: "Beträge und Namen wie zum Zeitpunkt der Ausstellung.",
    note_of_correction: "Beträge und Namen wie zum Zeitpunkt der Ausstellung dieses Belegs oder dessen, den er korrigiert.",
    tax_number: "Steuernr.",
    vat_id: "USt-IdNr.",
    decimal: ',',
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    after_day: ".",
};

/// The words for a language tag.
pub(super) fn of(locale: Option<&str>) -> &'static Words {
    let primary = locale.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
    if primary.eq_ignore_ascii_case("de") { &GERMAN } else { &ENGLISH }
}

impl Words {
    /// A date: `25 November 2026`.
    pub(super) fn date(&self, at: OffsetDateTime) -> String {
        let month = self.months.get(usize::from(u8::from(at.month())) - 1).copied().unwrap_or_default();
        format!("{}{} {month} {}", at.day(), self.after_day, at.year())
    }

    /// A date with the time of day.
    pub(super) fn moment(&self, at: OffsetDateTime) -> String {
        format!("{}, {:02}:{:02}", self.date(at), at.hour(), at.minute())
    }

    /// What a number of a tax office is called: VAT ids begin with a country's two letters.
    pub(super) fn tax_number(&self, number: &str) -> &'static str {
        let is_vat_id = number.len() > 2 && number.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
        if is_vat_id { self.vat_id } else { self.tax_number }
    }

    /// A number with decimals, written with a point, as this language writes it; with a real minus.
    pub(super) fn number(&self, text: &str) -> String {
        text.replace('.', self.decimal.encode_utf8(&mut [0; 4])).replace('-', "\u{2212}")
    }
}
