use crate::messages::Settle;

pub const SETTLE: Settle = Settle {
    unpaid: "Wartet auf Zahlung",
    unpaid_until: |when| format!("Für die Zahlung reserviert bis {when} Uhr"),
    mark: "Als bezahlt vermerken",
    unmark: "Doch nicht bezahlt",
    marked: "Als vor Ort bezahlt vermerkt.",
    unmarked: "Der Rest ist wieder offen.",
};
