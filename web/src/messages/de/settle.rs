use crate::messages::Settle;

pub const SETTLE: Settle = Settle {
    mark: "Als bezahlt vermerken",
    unmark: "Doch nicht bezahlt",
    marked: "Als vor Ort bezahlt vermerkt.",
    unmarked: "Der Rest ist wieder offen.",
};
