use crate::messages::Pay;

pub const PAY: Pay = Pay {
    on_site: "Zahlung beim Termin",
    deposit: |amount| format!("Anzahlung von {amount} beim Buchen"),
    when_booking: "Zahlung beim Buchen",
    vat: |rate| format!("inkl. {rate} % MwSt."),
    to_payment: |amount| match amount {
        Some(amount) => format!("Weiter zur Zahlung · {amount}"),
        None => "Weiter zur Zahlung".to_owned(),
    },
    unpaid: "Zu zahlen",
    unpaid_until: |when| format!("Wartet bis {when} Uhr auf die Zahlung."),
    pay_now: "Jetzt zahlen",
    paid: |amount| format!("{amount} bezahlt"),
    rest: |amount| format!("{amount} beim Termin"),
    reserved: |amount, name| {
        format!("{amount} auf der Karte vorgemerkt, abgebucht erst mit der Zusage von {name}")
    },
    charging: |amount| format!("{amount} werden gerade abgebucht"),
    earlier_price: |amount| {
        format!("Der erste Versuch war schon angekommen: Gebucht ist zum Preis von {amount}.")
    },
    lapsed: "Es wurde nicht rechtzeitig bezahlt oder beantwortet.",
    lost: "Die Bank hat das Geld freigegeben, bevor es abgebucht wurde.",
};
