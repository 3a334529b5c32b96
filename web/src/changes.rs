//! Only what was changed is sent, so that nobody puts an old value in place of somebody else's new one.

use crate::form::Form;
use crate::messages::rival_words;
use js_sys::{JSON, Object, Reflect};
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

/// The body of a request that changes nothing.
pub const NOTHING: &str = "{}";

/// The fields of `now` that are not as they are in `seen`: the body of a request that leaves all others alone. What `now` has no
/// more is taken away. The browser compares: a second way of writing each type would weigh as much as the page. What it cannot
/// compare is sent whole.
pub fn changed<T: Serialize>(seen: &T, now: &T) -> String {
    let changes = differing(seen, now).or_else(|| serde_json::to_string(now).ok());
    changes.unwrap_or_else(|| NOTHING.to_owned())
}

fn differing<T: Serialize>(seen: &T, now: &T) -> Option<String> {
    let object = |body: &T| JSON::parse(&serde_json::to_string(body).ok()?).ok();
    let written = |value: &JsValue| JSON::stringify(value).ok().and_then(|text| text.as_string());
    let (seen, now) = (object(seen)?, object(now)?);
    let changes = Object::new();
    for name in Object::keys(now.unchecked_ref::<Object>()) {
        let value = Reflect::get(&now, &name).ok()?;
        if Reflect::get(&seen, &name).ok().as_ref().map(written) != Some(written(&value)) {
            Reflect::set(&changes, &name, &value).ok()?;
        }
    }
    for name in Object::keys(seen.unchecked_ref::<Object>()) {
        if Reflect::has(&now, &name).is_ok_and(|stays| !stays) {
            Reflect::set(&changes, &name, &JsValue::NULL).ok()?;
        }
    }
    written(&changes)
}

/// A field that was changed here, and otherwise elsewhere: its pointer, and what it is elsewhere, in words.
pub type Rival = (&'static str, String);

/// Says at the fields what they are elsewhere.
pub fn tell(form: Form, rivals: impl IntoIterator<Item = Rival>) {
    for (pointer, theirs) in rivals {
        form.refuse(pointer, &(rival_words().now)(&theirs));
    }
}

/// The same rivals, with what stands at one pointer in words instead of its code.
pub fn in_words(mut rivals: Vec<Rival>, at: &str, say: impl Fn(&str) -> String) -> Vec<Rival> {
    for (_, theirs) in rivals.iter_mut().filter(|(pointer, _)| *pointer == at) {
        *theirs = say(theirs);
    }
    rivals
}

/// A field whose value was changed elsewhere. What the person changed too stays, else it shows the new value; `seen` is
/// that from now on. True where both were changed, and not to the same.
pub fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    mine: RwSignal<T>,
    seen: RwSignal<T>,
    now: RwSignal<T>,
) -> bool {
    let values = [mine, seen, now].map(|field| field.try_get_untracked());
    let [Some(own), Some(before), Some(theirs)] = values else { return false };
    let (is_own, is_theirs) = (own != before, theirs != before);
    if is_theirs && !is_own {
        mine.try_set(theirs.clone());
    }
    let rivals = is_own && is_theirs && own != theirs;
    seen.try_set(theirs);
    rivals
}

/// The same for several fields, with their pointers.
pub fn follow_all<const N: usize>(
    pointers: [&'static str; N],
    mine: [RwSignal<String>; N],
    seen: [RwSignal<String>; N],
    now: [RwSignal<String>; N],
) -> Vec<Rival> {
    let fields = pointers.into_iter().zip(mine).zip(seen.into_iter().zip(now));
    let rivals = fields.filter_map(|((pointer, mine), (seen, now))| {
        if !follow(mine, seen, now) {
            return None;
        }
        Some((pointer, now.try_get_untracked()?))
    });
    rivals.collect()
}

/// The same for a value and what was chosen along with it: where the value is the person's own, all of it stays. Says of each
/// whether both were changed.
pub fn follow_with<V, T, const N: usize>(
    [value, value_seen, value_now]: [RwSignal<V>; 3],
    mine: [RwSignal<T>; N],
    seen: [RwSignal<T>; N],
    now: [RwSignal<T>; N],
) -> [bool; N]
where
    V: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let is_own = value.try_get_untracked() != value_seen.try_get_untracked();
    let rivals = follow(value, value_seen, value_now);
    std::array::from_fn(|at| {
        let (mine, seen, now) = (mine[at], seen[at], now[at]);
        if !is_own {
            return follow(mine, seen, now);
        }
        now.try_with_untracked(|now| seen.try_set(now.clone()));
        rivals && mine.try_get_untracked() != now.try_get_untracked()
    })
}
