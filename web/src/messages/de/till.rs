use super::count;
use super::rest::REST;
use crate::messages::{CardMoney, Till};

pub static TILL: Till = Till {
    price: "Preis",
    coupon_off: "Gutschein",
    due_now: "Jetzt fällig",
    later: "Beim Termin",
    vat: |amount, rate| format!("Im Preis sind {amount} MwSt. enthalten ({rate} %)."),
    on_answer: |name| {
        format!("Abgebucht wird erst, wenn {name} zusagt. Bis dahin ist der Betrag vorgemerkt.")
    },
    before_answer: "Bis dahin kostet es nichts, die Anfrage zurückzuziehen. Nach der Zusage gilt:",

    policy: "Wenn etwas dazwischenkommt",
    before: |hours| match hours {
        0 => "zum Beginn".to_owned(),
        hours if hours > 24 && hours % 24 == 0 => format!("{} vorher", count(hours / 24, "Tag", "Tage")),
        hours => format!("{} vorher", count(hours, "Stunde", "Stunden")),
    },
    at: |moment| format!("{moment} Uhr"),
    step: |until, percent| match percent {
        100 => format!("Absage bis {until}: Alles kommt zurück."),
        50 => format!("Absage bis {until}: Die Hälfte kommt zurück."),
        0 => format!("Absage bis {until}: Nichts kommt zurück."),
        percent => format!("Absage bis {until}: {percent} % kommen zurück."),
    },
    afterwards: "Danach kommt nichts zurück.",
    never: "Bei einer Absage kommt vom bezahlten Betrag nichts zurück.",
    no_show: |percent| match percent {
        100 => "Wer nicht erscheint, bekommt alles zurück.".to_owned(),
        percent => format!("Wer nicht erscheint, bekommt {percent} % zurück."),
    },
    by_provider: |name| format!("Sagt {name} ab, kommt alles zurück."),

    coupon_add: "Gutschein einlösen",
    coupon: "Gutscheincode",
    coupon_apply: "Einlösen",
    coupon_remove: "Gutschein entfernen",
    coupon_good: |amount| format!("Der Gutschein spart {amount}."),

    opening_title: "Weiter zur Zahlung",
    opening_text: "Die Zeit ist reserviert. Gleich öffnet sich die Zahlungsseite.",
    open_title: "Reserviert, noch nicht bezahlt",
    open_text: |left, until| format!("Die Zeit bleibt {left} reserviert, bis {until} Uhr."),
    nothing_yet: "Bisher ist keine Zahlung angekommen.",
    try_declined: "Der letzte Versuch wurde abgelehnt, abgebucht wurde nichts. Ein neuer ist möglich, auch mit einer anderen Karte.",
    minutes: |minutes| match minutes {
        0 => "weniger als eine Minute".to_owned(),
        minutes => format!("noch {}", count(minutes, "Minute", "Minuten")),
    },
    pay: |amount| format!("Jetzt zahlen · {amount}"),
    give_up: "Zeit freigeben",
    processing_title: "Die Zahlung ist unterwegs",
    processing_text: "Die Bank hat noch nicht geantwortet. Diese Seite sieht von selbst nach, es ist nichts zu tun.",
    processing_long: "Das dauert länger als sonst. Die Seite kann geschlossen werden: Sobald die Zahlung da ist, kommt eine Mail.",
    look_again: "Noch einmal nachsehen",
    not_paid: "Zurück zur Zahlungsseite",
    lapsed_title: "Die Zeit ist wieder frei",
    lapsed_text: "Sie wurde nicht rechtzeitig bezahlt und steht nun wieder allen offen.",
    late_money: "Doch noch bezahlt? Nichts geht verloren: Ist die Zeit noch frei, gilt der Termin, sonst kommt der ganze Betrag zurück. Eine Mail sagt, was gilt.",
    late_title: "Die Zeit ist nicht mehr zu haben",
    late_text: "Sie wurde nicht rechtzeitig bezahlt.",
    late_paid: |amount| {
        format!("Die Zahlung über {amount} kam für diese Zeit zu spät und geht vollständig zurück.")
    },
    unanswered_title: "Die Anfrage blieb unbeantwortet",
    unanswered_text: "Die Zeit steht wieder allen offen. Abgebucht wurde nichts, der vorgemerkte Betrag wird freigegeben.",
    lost_title: "Die Bank hat das Geld freigegeben",
    lost_text: "Das geschah, bevor es abgebucht wurde. Die Zeit steht wieder allen offen, abgebucht wurde nichts.",
    given_up_title: "Die Zeit ist freigegeben",
    given_up_text: "Sie steht wieder allen offen, abgebucht wurde nichts.",
    another_time: "Andere Zeit wählen",
    unknown_title: "Welcher Termin ist das?",
    unknown_text: "Dieser Browser kennt den Termin nicht mehr. Wurde bezahlt, geht nichts verloren: Eine Mail bestätigt es, mit einem Link zum Termin. Auch ein neuer Link kommt auf Wunsch per Mail.",

    held: |what, until| format!("{what} ist bis {until} Uhr reserviert und noch nicht bezahlt."),
    several_held: |many, until| {
        format!("{many} Termine sind reserviert und noch nicht bezahlt, der erste bis {until} Uhr.")
    },
    pay_or_give_up: "Zahlen oder freigeben",
    held_elsewhere: "In diesem Browser sind sie nicht bekannt. Wenn es deine sind, mailen wir dir Links dorthin.",

    quote_none: "Es gibt nichts zu erstatten, und es wird nichts abgebucht.",
    quote_all: |all| format!("Alles kommt zurück: {all}."),
    quote_part: |back, all| format!("{back} von {all} kommen zurück."),
    quote_nothing: |all| format!("Von den bezahlten {all} kommt nichts zurück."),
    quote_theirs: |back| format!("{back} gehen an die Kundschaft zurück."),
    quote_disputed: |amount| {
        format!(
            "Die bestrittenen {amount} liegen bei deiner Bank. Lässt sie die Zahlung gelten, kommt dann zurück, was dir davon zusteht."
        )
    },
    quote_disputed_theirs: |amount| {
        format!(
            "{amount} liegen bei der Bank der Kundschaft, weil die Zahlung bestritten ist. Entscheidet sie für dich, geht dann zurück, was der Kundschaft davon zusteht."
        )
    },
    quote_before: |when, amount| format!("Bis {when} Uhr wären es {amount} gewesen."),
    quote_after: |when, then| match then {
        Some(then) => format!("Das gilt bis {when} Uhr. Danach sind es {then}."),
        None => format!("Das gilt bis {when} Uhr. Danach kommt nichts zurück."),
    },

    move_was: |until, amount| format!("Bis {until} Uhr hätte eine Absage {amount} zurückgebracht."),
    move_keeps: |back, all| {
        let comes = match back {
            Some(back) => format!("kommen höchstens {back} von {all} zurück"),
            None => format!("kommt von den bezahlten {all} nichts zurück"),
        };
        format!("Verschieben verlängert die Frist nicht: Bei einer späteren Absage {comes}.")
    },

    paid: "Bezahlt",
    coupon_was: "Gutschein",
    rest: "Beim Termin fällig",
    rest_settled: "Beim Termin bezahlt",
    tax: "Darin MwSt.",
    disputed: "Bei der Bank bestritten",
    dispute_reason: |word| {
        Some(match word {
            "credit_not_processed" => "eine Erstattung kam nicht an",
            "debit_not_authorized" => "nicht vereinbart",
            "duplicate" => "doppelt abgebucht",
            "fraudulent" => "wer die Karte hat, hat nicht selbst bezahlt",
            "product_not_received" => "fand nicht statt",
            "product_unacceptable" => "nicht wie beschrieben",
            "subscription_canceled" => "war abgesagt",
            "unrecognized" => "die Zahlung ist unbekannt",
            _ => return None,
        })
    },
    back: "Erstattung",
    back_in_all: "Insgesamt erstattet",
    receipts: "Belege",
    receipt: |number| format!("Quittung {number}"),
    credit_note: |number| format!("Gutschrift {number}"),
    reserved: "Vorgemerkt",
    card: "Per Karte",
    back_again: |amount| format!("{amount} kamen zunächst nicht an und wurden noch einmal erstattet"),
    back_kept: |amount| {
        format!(
            "{amount} kamen nicht an. Die Plattform hält sie für die Kundschaft bereit: Noch einmal erstatten kostet nichts weiter. Vor jedem anderen Weg bitte bei der Plattform nachfragen, denn sie hat das Geld"
        )
    },
    own: CardMoney {
        reserved: |amount, name| format!("{amount} auf der Karte, abgebucht erst mit der Zusage von {name}"),
        released: |amount| {
            format!("{amount} waren nur auf der Karte vorgemerkt und werden freigegeben, nicht abgebucht")
        },
        back_pending: |amount| format!("{amount} sind auf dem Weg zurück zur Karte"),
        back_waits: |amount| {
            format!("{amount} gehen zurück, sobald die Bank über den Streit entschieden hat")
        },
        back_done: |amount| format!("{amount} sind erstattet; bis die Bank sie zeigt, können Tage vergehen"),
        back_asks: |amount| format!("{amount} warten auf eine Antwort an den Zahlungsdienst"),
        back_failed: |amount| {
            format!(
                "{amount} konnten nicht erstattet werden; der Anbieter sieht es und kann sie noch einmal schicken"
            )
        },
        taken_back: "Von deiner Bank zurückgegeben",
    },
    theirs: CardMoney {
        reserved: |amount, _| format!("{amount} auf der Karte, abgebucht erst mit der Zusage"),
        released: |amount| {
            format!("{amount} waren nur auf der Karte vorgemerkt und werden freigegeben, nicht abgebucht")
        },
        back_pending: |amount| format!("{amount} sind auf dem Weg zurück zur Kundschaft"),
        back_waits: |amount| {
            format!("{amount} gehen zurück, sobald die Bank der Kundschaft über den Streit entschieden hat")
        },
        back_done: |amount| format!("{amount} sind erstattet"),
        back_asks: |amount| format!("{amount} warten auf eine Antwort der Kundschaft an den Zahlungsdienst"),
        back_failed: |amount| {
            format!("{amount} kamen nicht an und sind wieder da; bitte noch einmal erstatten")
        },
        taken_back: "Von der Bank zurückgeholt",
    },
    online: REST,
};
