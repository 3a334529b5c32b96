use crate::messages::Rivals;

pub static RIVALS: Rivals = Rivals {
    now: |theirs| match theirs {
        "" => "Elsewhere this was emptied in the meantime. Saving puts yours in its place.".to_owned(),
        _ => format!(
            "Elsewhere this was changed to “{theirs}” in the meantime. Saving puts yours in its place."
        ),
    },
};
