//! Hours that were changed and not saved, kept in this browser.

use crate::{browser, json};
use contract::schedules::{PutWeeklyHours, WeeklyWindow};
use uuid::Uuid;

fn name(provider: Uuid) -> String {
    format!("appointed.hours.{provider}")
}

/// What was left unsaved.
pub fn recall(provider: Uuid) -> Option<Vec<WeeklyWindow>> {
    json::read::<PutWeeklyHours>(&browser::recall(&name(provider))?).map(|kept| kept.weekly)
}

/// Keeps what is not saved yet.
pub fn keep(provider: Uuid, weekly: Vec<WeeklyWindow>) {
    if let Ok(text) = serde_json::to_string(&PutWeeklyHours { weekly }) {
        browser::remember(&name(provider), &text);
    }
}

/// Nothing is unsaved.
pub fn forget(provider: Uuid) {
    browser::forget(&name(provider));
}
