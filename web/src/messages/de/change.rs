use crate::messages::Change;

pub static CHANGE: Change = Change {
    service: "Leistung",
    present: |name| format!("{name}, wie gebucht"),
    title: "Buchung ändern?",
    yes: "Buchung ändern",
    done: |what, when| format!("Jetzt {what}, {when}."),
    same: |price| format!("Der Preis bleibt {price}."),
    price: |then, now| format!("Das kostet dann {then} statt {now}."),
    coupon: |amount| format!("Der Gutschein ist mit {amount} schon abgezogen."),
    back: |amount| format!("{amount} gehen zurück."),
    back_theirs: |amount| format!("{amount} gehen an die Kundenseite zurück."),
    rest: |amount, online| {
        let place = if online { "online oder beim Termin" } else { "beim Termin" };
        format!("{amount} bleiben zu zahlen, {place}.")
    },
    told: "Die Kundenseite erfährt davon.",
    why: |code, own| {
        Some(match code {
            "not_offered" | "unknown" => "Diese Leistung gibt es nicht mehr.",
            "seats" => "Diese Leistung hat nicht so viele Plätze wie die Buchung.",
            "needs_phone" => "Dafür wird telefoniert, und in der Buchung steht keine Telefonnummer.",
            "needs_address" if own => {
                "Das findet an der eigenen Adresse statt, und in der Buchung steht keine."
            }
            "needs_address" => {
                "Das findet bei der Kundenseite statt, und in der Buchung steht keine Adresse."
            }
            "currency" => "Gebucht wurde in einer anderen Währung. Diese Leistung bitte neu buchen.",
            "needs_approval" => "Diese Leistung muss erst bestätigt werden. Bitte neu buchen.",
            "settled" if own => {
                "Der Rest ist als bezahlt vermerkt, und das kostet etwas anderes. Der Anbieter kann die Buchung ändern."
            }
            "settled" => {
                "Der Rest ist als bezahlt vermerkt, und das kostet etwas anderes. Bitte erst den Vermerk zurücknehmen."
            }
            "prepaid" => {
                "Bei dieser Leistung wird mehr im Voraus bezahlt. Der Anbieter kann die Buchung ändern: Die Differenz lässt sich dann online zahlen."
            }
            "penalty" => {
                "Das kostet weniger, und nach den Stornobedingungen käme nicht die ganze Differenz zurück. Der Anbieter kann die Buchung ändern."
            }
            _ => return None,
        })
    },
    under_way: "Für diese Buchung läuft gerade eine Zahlung. Danach lässt sich die Leistung ändern.",
};
