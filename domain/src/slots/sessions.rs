//! Sessions: appointments of the service itself that another party can join.

use super::Facts;
use crate::range::Range;

/// Start and free seats of each session, by start.
pub(super) struct Sessions(Vec<(i64, u32)>);

impl Sessions {
    /// The sessions that start in `starts`: of this service and its length, with seats for more than one. A session
    /// has the seats it was made with, or fewer where the service has fewer now.
    pub fn new(facts: &Facts, starts: Range) -> Self {
        let service = &facts.service;
        let seats = |capacity: u32| capacity.min(service.capacity);
        let mut sessions: Vec<(i64, u32)> = facts
            .taken
            .iter()
            .filter(|taken| seats(taken.capacity) > 1 && taken.same_service && starts.contains(taken.start))
            .filter(|taken| taken.end == service.end(taken.start))
            .map(|taken| (taken.start, seats(taken.capacity).saturating_sub(taken.seats_taken)))
            .collect();
        sessions.sort();
        Self(sessions)
    }

    /// The free seats of the session that stands at `start`, and until when that is so. Starts must be asked in
    /// order, each walk with its own `next`.
    pub fn at(&self, next: &mut usize, start: i64) -> (Option<u32>, i64) {
        while self.0.get(*next).is_some_and(|&(at, _)| at < start) {
            *next += 1;
        }
        match self.0.get(*next) {
            Some(&(at, seats_left)) if at == start => (Some(seats_left), start + 1),
            Some(&(at, _)) => (None, at),
            None => (None, i64::MAX),
        }
    }
}
