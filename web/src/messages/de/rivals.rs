use crate::messages::Rivals;

pub static RIVALS: Rivals = Rivals {
    now: |theirs| match theirs {
        "" => "Anderswo wurde dies inzwischen geleert. Beim Speichern gilt die eigene Eingabe.".to_owned(),
        _ => format!("Anderswo steht hier inzwischen „{theirs}“. Beim Speichern gilt die eigene Eingabe."),
    },
};
