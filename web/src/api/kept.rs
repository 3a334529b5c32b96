//! Answers that are kept, to be shown at once and asked for again quietly.

use std::cell::RefCell;
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

/// Keeps an answer.
pub(super) fn put(question: String, answer: Kept) {
    KEPT.with_borrow_mut(|kept| {
        kept.retain(|(known, _)| *known != question);
        kept.push_front((question, answer));
        kept.truncate(MOST);
    });
}

/// Forgets everything: somebody else looks now.
pub(crate) fn forget() {
    KEPT.with_borrow_mut(VecDeque::clear);
}
