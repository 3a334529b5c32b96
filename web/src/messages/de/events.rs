use crate::messages::Events;

pub static EVENTS: Events = Events {
    event: |kind, actor| {
        let what = match kind {
            "requested" => "Angefragt",
            "booked" => "Gebucht",
            "confirmed" => "Bestätigt",
            "declined" => "Abgelehnt",
            "moved" => "Verschoben",
            "resized" => "Dauer geändert",
            "changed" => "Leistung geändert",
            "cancelled" => "Abgesagt",
            "expired" => "Verfallen",
            "lost" => "Beendet: Die Bank hat das Geld freigegeben",
            "completed" => "Abgeschlossen",
            "no_show" => "Als nicht erschienen vermerkt",
            "held" => "Bis zur Zahlung reserviert",
            "paid" => "Bezahlt",
            "authorised" => "Betrag auf der Karte vorgemerkt",
            "revived" => "Spät bezahlt, die Zeit war noch frei",
            "settled" => "Rest als bezahlt vermerkt",
            "unsettled" => "Rest als offen vermerkt",
            "refunded" => "Geld erstattet",
            "refund_failed" => "Erstattung nicht gelungen",
            "disputed" => "Zahlung bei der Bank bestritten",
            "dispute_won" => "Die Bank lässt die Zahlung gelten",
            "dispute_lost" => "Die Bank gibt die Zahlung der Kundschaft zurück",
            other => other,
        };
        match actor {
            "you" => format!("{what} (selbst)"),
            "client" => format!("{what} von der Kundenseite"),
            "provider" => format!("{what} vom Anbieter"),
            _ => what.to_owned(),
        }
    },
    moved: |from, to| format!("von {from} auf {to}"),
};
