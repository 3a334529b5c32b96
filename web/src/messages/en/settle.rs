use crate::messages::Settle;

pub const SETTLE: Settle = Settle {
    mark: "Mark as paid",
    unmark: "Not paid after all",
    marked: "Marked as paid on site.",
    unmarked: "The rest is open again.",
};
