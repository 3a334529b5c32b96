use crate::messages::Order;

pub static ORDER: Order = Order {
    hint: "Your page shows them in this order. Drag them by the handle or press the arrow keys on it; elsewhere in a row, press Alt with the arrow keys.",
    grip: |name| format!("Move {name}: drag, or press the arrow keys"),
    up: |name| format!("Move {name} up"),
    down: |name| format!("Move {name} down"),
    now_at: |name, place, count| format!("{name} is number {place} of {count}."),
    saved: "The order is saved.",
    undo: "Undo",
    taken_back: "The order is as it was.",
    changed_elsewhere: "The list was changed elsewhere. This is how it stands.",
};
