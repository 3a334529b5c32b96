use crate::messages::Settle;

pub const SETTLE: Settle = Settle {
    unpaid: "Waiting for payment",
    unpaid_until: |when| format!("Kept for payment until {when}"),
    mark: "Mark as paid",
    unmark: "Not paid after all",
    marked: "Marked as paid on site.",
    unmarked: "The rest is open again.",
};
