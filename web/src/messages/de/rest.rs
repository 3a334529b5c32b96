use crate::messages::Rest;

pub const REST: Rest = Rest {
    pay: |amount| format!("Rest jetzt zahlen · {amount}"),
    policy: "Oder beim Termin zahlen. Für eine Absage gelten dieselben Regeln.",
    theirs: "Der Rest kann bis zum Ende des Termins online gezahlt werden, oder vor Ort.",
    open_title: "Der Rest ist noch nicht bezahlt",
    open_text: "Der Termin steht trotzdem. Gezahlt werden kann jetzt oder beim Termin.",
    back: "Zurück zur Buchung",
    paid_title: "Der Rest ist bezahlt",
    paid: |amount| format!("Danke. Insgesamt sind {amount} bezahlt, offen ist nichts mehr."),
};
