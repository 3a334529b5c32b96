use crate::messages::Rest;

pub const REST: Rest = Rest {
    pay: |amount| format!("Rest jetzt zahlen · {amount}"),
    policy: "Oder beim Termin zahlen. Wer jetzt zahlt, bekommt bei einer Absage nach denselben Regeln Geld zurück.",
    open_title: "Der Rest ist noch nicht bezahlt",
    open_text: "Der Termin steht trotzdem. Gezahlt werden kann jetzt oder beim Termin.",
    back: "Zurück zur Buchung",
    paid: |amount| format!("Danke. Insgesamt sind {amount} bezahlt."),
};
