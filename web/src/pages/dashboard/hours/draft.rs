//! Hours that were changed and not saved, kept in this browser together with those that they were begun on.

use crate::{browser, json};
use contract::schedules::{PutWeeklyHours, Schedule, WeeklyWindow};
use uuid::Uuid;

/// The hours of the week as they stand on the server.
#[derive(Clone, PartialEq)]
pub struct Saved {
    /// The version of the schedule.
    pub version: i32,
    pub weekly: Vec<WeeklyWindow>,
}

impl Saved {
    /// Those of a schedule.
    pub fn of(schedule: &Schedule) -> Self {
        Self { version: schedule.version, weekly: schedule.weekly.clone() }
    }
}

/// What was left unsaved.
pub struct Draft {
    /// What stood on the server when it was begun.
    pub begun: Saved,
    pub weekly: Vec<WeeklyWindow>,
}

fn name(provider: Uuid) -> String {
    format!("appointed.hours.{provider}")
}

/// What was left unsaved.
pub fn recall(provider: Uuid) -> Option<Draft> {
    let kept = browser::recall(&name(provider))?;
    let mut lines = kept.lines();
    let version = lines.next()?.parse().ok()?;
    let mut week = || json::read::<PutWeeklyHours>(lines.next()?).map(|kept| kept.weekly);
    Some(Draft { begun: Saved { version, weekly: week()? }, weekly: week()? })
}

/// Keeps what is not saved yet.
pub fn keep(provider: Uuid, draft: Draft) {
    let Draft { begun: Saved { version, weekly: begun }, weekly } = draft;
    let week = |weekly| serde_json::to_string(&PutWeeklyHours { weekly });
    if let (Ok(begun), Ok(weekly)) = (week(begun), week(weekly)) {
        browser::remember(&name(provider), &format!("{version}\n{begun}\n{weekly}"));
    }
}

/// Nothing is unsaved.
pub fn forget(provider: Uuid) {
    browser::forget(&name(provider));
}
