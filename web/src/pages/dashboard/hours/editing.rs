//! The hours of the week while they are edited: what the changes were begun on, and what was saved elsewhere since.

use super::days::Days;
use super::draft::{self, Draft, Saved};
use contract::schedules::{Schedule, WeeklyWindow};
use leptos::prelude::*;
use uuid::Uuid;

/// The seven days as they are typed.
#[derive(Clone, Copy)]
pub struct Editing {
    provider: Uuid,
    pub days: Days,
    /// Whether what is typed was left here unsaved.
    pub restored: RwSignal<bool>,
    pub(super) begun: RwSignal<Saved>,
    /// What was saved elsewhere while a draft lay here, until the person has said which of the two to go on with.
    pub(super) rival: RwSignal<Option<Saved>>,
}

impl Editing {
    /// With what was left unsaved here, or with `otherwise`.
    pub fn begin(provider: Uuid, schedule: &Schedule, otherwise: Vec<WeeklyWindow>) -> Self {
        let now = Saved::of(schedule);
        let kept = draft::recall(provider).filter(|kept| kept.weekly != now.weekly);
        let restored = kept.is_some();
        let (begun, weekly) =
            kept.map_or_else(|| (now.clone(), otherwise), |Draft { begun, weekly }| (begun, weekly));
        // The version counts exceptions and time off as well.
        let is_behind = begun.weekly != now.weekly;
        Self {
            provider,
            days: Days::of(&weekly),
            restored: RwSignal::new(restored),
            begun: RwSignal::new(if is_behind { begun } else { now.clone() }),
            rival: RwSignal::new(is_behind.then_some(now)),
        }
    }

    /// The version that what is typed was begun on.
    pub fn version(self) -> i32 {
        self.begun.with_untracked(|begun| begun.version)
    }

    /// Whether what is typed is what it was begun on.
    pub fn is_untouched(self) -> bool {
        untrack(|| self.begun.with(|begun| begun.weekly == self.days.weekly()))
    }

    /// Whether the person has to choose first, reactively.
    pub fn is_undecided(self) -> bool {
        self.rival.with(Option::is_some)
    }

    /// Keeps what is typed in this browser, reactively.
    pub fn keep(self) {
        draft::keep(self.provider, Draft { begun: self.begun.get(), weekly: self.days.weekly() });
    }

    /// Nothing is unsaved.
    pub fn forget(self) {
        draft::forget(self.provider);
    }

    /// The schedule stands like this now. Whoever changed it, what is typed here stays.
    pub fn follow(self, schedule: &Schedule) {
        let now = Saved::of(schedule);
        if self.rival.with_untracked(Option::is_none) {
            self.go_on_from(now);
        } else {
            self.rival.set(Some(now));
        }
    }

    fn go_on_from(self, now: Saved) {
        self.begun.with_untracked(|begun| self.days.follow(&begun.weekly, &now.weekly));
        self.begun.set(now);
    }

    /// Goes on with what is typed, where the person had to choose.
    pub fn keep_mine(self) {
        if let Some(now) = self.rival.get_untracked() {
            self.rival.set(None);
            self.go_on_from(now);
        }
    }

    /// Goes on with what was saved elsewhere.
    pub fn take_saved(self) {
        if let Some(now) = self.rival.get_untracked() {
            self.rival.set(None);
            self.days.set(&now.weekly);
            self.begun.set(now);
        }
    }
}
