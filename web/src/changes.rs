//! Only what was changed is sent, so that nobody puts an old value in place of somebody else's new one.

use leptos::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};

/// The fields of `now` that are not as they are in `seen`: the body of a request that leaves all others alone. What `now` has no
/// more is taken away.
pub fn changed(seen: &impl Serialize, now: &impl Serialize) -> Value {
    let (Ok(Value::Object(seen)), Ok(Value::Object(mut now))) =
        (serde_json::to_value(seen), serde_json::to_value(now))
    else {
        return Value::Object(Map::new());
    };
    for name in seen.keys() {
        now.entry(name.clone()).or_insert(Value::Null);
    }
    Value::Object(now.into_iter().filter(|(name, value)| seen.get(name) != Some(value)).collect())
}

/// A field whose value was changed elsewhere. What the person changed too stays, else it shows the new value; `seen` is
/// that from now on.
pub fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    mine: RwSignal<T>,
    seen: RwSignal<T>,
    now: RwSignal<T>,
) {
    let (Some(before), Some(now)) = (seen.try_get_untracked(), now.try_get_untracked()) else { return };
    if before != now && mine.try_with_untracked(|mine| *mine == before) == Some(true) {
        mine.try_set(now.clone());
    }
    seen.try_set(now);
}
