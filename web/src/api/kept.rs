//! Answers that are kept, to be shown at once and asked for again quietly.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// How many answers are kept; the ones used longest ago go first.
const MOST: usize = 60;

/// An answer as it came.
#[derive(Clone)]
pub(super) struct Kept {
    /// What its version is called, where it has one.
    pub etag: Option<String>,
    /// The body.
    pub body: String,
}

thread_local! {
    static KEPT: RefCell<VecDeque<(String, Kept)>> = const { RefCell::new(VecDeque::new()) };
    /// How often everything was forgotten.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// When a question is asked, to be told when its answer is kept.
pub(super) fn turn() -> u32 {
    TURN.get()
}

/// The answer to a question, if it is kept.
pub(super) fn find(question: &str) -> Option<Kept> {
    KEPT.with_borrow_mut(|kept| {
        let at = kept.iter().position(|(known, _)| known == question)?;
        let entry = kept.remove(at)?;
        let found = entry.1.clone();
        kept.push_front(entry);
        Some(found)
    })
}

/// Keeps an answer, unless everything was forgotten since it was asked for: it may be old, or another person's.
pub(super) fn put(question: String, answer: Kept, asked: u32) {
    if asked != turn() {
        return;
    }
    KEPT.with_borrow_mut(|kept| {
        kept.retain(|(known, _)| *known != question);
        kept.push_front((question, answer));
        kept.truncate(MOST);
    });
}

/// Forgets everything: somebody else looks now.
pub(crate) fn forget() {
    TURN.set(turn() + 1);
    KEPT.with_borrow_mut(VecDeque::clear);
}
