//! Where a reader of the changes stands.

use std::fmt;

/// How long a position can be taken up again, in seconds. Rows are kept for longer.
const LIFE: i64 = 45 * 60;
/// More transactions at once than any server runs.
const MOST_IN_PROGRESS: usize = 2000;

/// A position among the changes: a snapshot of transactions, and when it was taken. It reads `1795612800.731:734:732`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    taken_at: i64,
    snapshot: String,
}

impl Position {
    /// As PostgreSQL gives it.
    pub fn new(taken_at: i64, snapshot: String) -> Self {
        Self { taken_at, snapshot }
    }

    /// What a client sends back. `None` for what was never a position: PostgreSQL would refuse it.
    pub fn parse(text: &str) -> Option<Self> {
        let (taken_at, snapshot) = text.split_once('.')?;
        is_snapshot(snapshot).then_some(())?;
        Some(Self {
            taken_at: number(taken_at).and_then(|at| i64::try_from(at).ok())?,
            snapshot: snapshot.to_owned(),
        })
    }

    /// The transactions that it has seen.
    pub fn snapshot(&self) -> &str {
        &self.snapshot
    }

    /// Whether all changes since are still there at a later position. They are not in a database that was set back.
    pub fn leads_to(&self, now: &Self) -> bool {
        let age = now.taken_at - self.taken_at;
        (-60..LIFE).contains(&age) && first(&self.snapshot) <= last(&now.snapshot)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.taken_at, self.snapshot)
    }
}

/// `first:last:in progress,…` as PostgreSQL writes a `pg_snapshot`.
fn is_snapshot(text: &str) -> bool {
    let mut parts = text.split(':');
    let (Some(first), Some(last), Some(running), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let (Some(first), Some(last)) = (number(first), number(last)) else { return false };
    let running: Option<Vec<u64>> =
        if running.is_empty() { Some(Vec::new()) } else { running.split(',').map(number).collect() };
    running.is_some_and(|running| {
        (1..=last).contains(&first)
            && running.len() <= MOST_IN_PROGRESS
            && running.iter().all(|one| (first..last).contains(one))
            && running.is_sorted_by(|one, other| one < other)
    })
}

/// Transactions are numbered in 64 bits; half of them will do.
fn number(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && *number < 1 << 62)
}

fn first(snapshot: &str) -> Option<u64> {
    number(snapshot.split(':').next()?)
}

fn last(snapshot: &str) -> Option<u64> {
    number(snapshot.split(':').nth(1)?)
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn what_was_given_comes_back() {
        for text in ["1795612800.731:734:732", "1795612800.731:731:", "0.3:9:3,5,8"] {
            assert_eq!(Position::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_postgresql_would_refuse_is_no_position() {
        for text in [
            "",
            "1",
            "1.",
            "x.1:2:",
            "1.2:1:",
            "1.0:1:",
            "1.1:2",
            "1.1:2:3",
            "1.1:9:5,4",
            "1.1:9:5,",
            "1.1:2::",
            "1.+1:2:",
            "1.1:99999999999999999999:",
            "-1.1:2:",
            "1.1:2:' or 1=1",
        ] {
            assert_eq!(Position::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_old_position_leads_nowhere() {
        let at = |text: &str| Position::parse(text).unwrap();
        assert!(at("1000.5:7:").leads_to(&at("1300.9:9:")));
        assert!(!at("1000.5:7:").leads_to(&at("5000.9:9:")));
        assert!(!at("9000.5:7:").leads_to(&at("5000.9:9:")));
        assert!(!at("1000.50:70:").leads_to(&at("1300.9:9:")));
    }
}
