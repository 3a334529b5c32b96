use crate::messages::Order;

pub static ORDER: Order = Order {
    hint: "In dieser Reihenfolge stehen sie auf der Seite. Zum Ändern am Griff ziehen oder dort die Pfeiltasten drücken; sonst in der Zeile Alt mit den Pfeiltasten.",
    grip: |name| format!("{name} verschieben: ziehen oder Pfeiltasten drücken"),
    up: |name| format!("{name} nach oben"),
    down: |name| format!("{name} nach unten"),
    now_at: |name, place, count| format!("{name} steht auf Platz {place} von {count}."),
    saved: "Die Reihenfolge ist gespeichert.",
    undo: "Rückgängig",
    taken_back: "Die Reihenfolge ist wie zuvor.",
    changed_elsewhere: "Die Liste wurde anderswo geändert. So ist ihr Stand.",
};
