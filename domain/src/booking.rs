//! The life of a booking: which action is allowed when, and what comes of it.

use serde::{Deserialize, Serialize};

use crate::zone::DAY;

/// How long after its end a completed booking may still become a no-show, in seconds.
pub const NO_SHOW_WITHIN: i64 = 7 * DAY;

/// Where a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Awaiting approval or payment. It blocks its slot.
    Pending,
    /// Settled. It blocks its slot.
    Confirmed,
    /// Called off, with a [`CancelledBy`]; final.
    Cancelled,
    /// Done.
    Completed,
    /// The client did not come; final.
    NoShow,
}

/// What a pending booking waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaits {
    /// The client's payment.
    Payment,
    /// The provider's answer.
    Approval,
}

/// How a booking came to be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The client called it off.
    Client,
    /// The provider called it off.
    Provider,
    /// The provider declined the request.
    Declined,
    /// Nobody answered or paid in time.
    Expired,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Who booked.
    Client,
    /// Who is booked.
    Provider,
}

/// What someone wants to do with a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Approve it.
    Confirm,
    /// Take note of its payment.
    Pay,
    /// Take its time again, because its payment came after it had lapsed.
    Revive,
    /// Turn the request down.
    Decline,
    /// Call it off.
    Cancel(Party),
    /// Move it to another time; its status stays.
    Reschedule,
    /// Close it after its end.
    Complete,
    /// Note that the client did not come.
    MarkNoShow,
    /// Let go of a pending booking nobody answered or paid.
    Expire,
    /// Let go of a booking whose money could not be taken after all.
    LosePayment,
}

/// What the rules need to know of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Where it stands.
    pub status: Status,
    /// When it starts.
    pub start: i64,
    /// When it ends.
    pub end: i64,
    /// What it waits for, while it is pending.
    pub awaits: Option<Awaits>,
    /// Whether the provider has to say yes once it is paid.
    pub needs_approval: bool,
    /// How it was cancelled, if it is.
    pub cancelled_by: Option<CancelledBy>,
    /// When it lapses if still pending, [`State::lapses_at_latest`]; its start where none is given.
    pub expires_at: Option<i64>,
}

/// Why an action is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TransitionRefused {
    /// Never from this status.
    #[error("not allowed in the present status")]
    WrongStatus {
        /// The status it has.
        status: Status,
    },
    /// Not yet.
    #[error("not allowed yet")]
    TooEarly {
        /// The first instant at which it is allowed.
        from: i64,
    },
    /// No longer.
    #[error("no longer allowed")]
    TooLate {
        /// The first instant at which it is no longer allowed.
        until: i64,
    },
}

impl Status {
    /// The word for it on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
        }
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Pending, Self::Confirmed, Self::Cancelled, Self::Completed, Self::NoShow]
            .into_iter()
            .find(|status| status.as_str() == name)
    }

    /// Whether a booking of this status holds seats of its appointment. Only a cancelled one does not.
    pub const fn holds_seats(self) -> bool {
        !matches!(self, Self::Cancelled)
    }
}

impl Awaits {
    /// The word for it on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Approval => "approval",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Payment, Self::Approval].into_iter().find(|awaits| awaits.as_str() == name)
    }
}

impl CancelledBy {
    /// The word for it on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Provider => "provider",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Client, Self::Provider, Self::Declined, Self::Expired]
            .into_iter()
            .find(|reason| reason.as_str() == name)
    }
}

impl Action {
    /// The reason to record where the action cancels the booking.
    pub const fn cancels(self) -> Option<CancelledBy> {
        match self {
            Self::Cancel(Party::Client) => Some(CancelledBy::Client),
            Self::Cancel(Party::Provider) => Some(CancelledBy::Provider),
            Self::Decline => Some(CancelledBy::Declined),
            Self::Expire | Self::LosePayment => Some(CancelledBy::Expired),
            Self::Confirm
            | Self::Pay
            | Self::Revive
            | Self::Reschedule
            | Self::Complete
            | Self::MarkNoShow => None,
        }
    }
}

impl State {
    /// What it is once it is paid: settled, or a request.
    const fn paid(&self) -> Status {
        if self.needs_approval { Status::Pending } else { Status::Confirmed }
    }

    /// What a pending booking never waits past: its start, for nobody says yes to what has begun. Where it stands as soon as it is
    /// paid, its end: who pays a moment after the start comes all the same.
    pub fn lapses_at_latest(&self) -> i64 {
        if self.awaits == Some(Awaits::Payment) && !self.needs_approval { self.end } else { self.start }
    }

    /// When a pending booking lapses.
    pub fn lapses_at(&self) -> i64 {
        self.expires_at.map_or(self.start, |expiry| expiry.min(self.lapses_at_latest()))
    }
}

/// When a request made at `created` for `start` lapses if the provider does not answer within `wait` seconds; so does a hold that
/// is to become one.
pub fn request_expiry(created: i64, start: i64, wait: i64) -> i64 {
    created.saturating_add(wait).min(start)
}

/// The status after `action` at `now`.
///
/// | action | from | while |
/// |---|---|---|
/// | confirm, decline | pending, for approval | it has not lapsed |
/// | pay | pending, for payment | before the start, even where it has lapsed and nobody has noticed; after it, before it lapses |
/// | revive | cancelled, because it lapsed | before the start |
/// | expire | pending | it has lapsed |
/// | lose payment | pending, confirmed | before the end |
/// | reschedule | pending, confirmed | before the start, a pending one before it lapses |
/// | cancel by the client | pending, confirmed | before it lapses; a confirmed one before the start |
/// | cancel by the provider | pending, confirmed | before it lapses; a confirmed one before the end |
/// | complete | confirmed | from the end on |
/// | no-show | confirmed, completed | from the start on, until [`NO_SHOW_WITHIN`] after the end |
///
/// # Errors
/// Why the action is not allowed.
pub fn transition(state: &State, action: Action, now: i64) -> Result<Status, TransitionRefused> {
    let before = |until: i64| if now < until { Ok(()) } else { Err(TransitionRefused::TooLate { until }) };
    let after = |from: i64| if now >= from { Ok(()) } else { Err(TransitionRefused::TooEarly { from }) };
    match (state.status, action) {
        (Status::Pending, Action::Confirm | Action::Decline) if state.awaits == Some(Awaits::Payment) => {
            Err(TransitionRefused::WrongStatus { status: Status::Pending })
        }
        (Status::Pending, Action::Confirm) => before(state.lapses_at()).map(|()| Status::Confirmed),
        (Status::Pending, Action::Decline | Action::Cancel(_)) => {
            before(state.lapses_at()).map(|()| Status::Cancelled)
        }
        (Status::Pending, Action::Pay) if state.awaits == Some(Awaits::Payment) => {
            before(state.start.max(state.lapses_at())).map(|()| state.paid())
        }
        (Status::Cancelled, Action::Revive) if state.cancelled_by == Some(CancelledBy::Expired) => {
            before(state.start).map(|()| state.paid())
        }
        (Status::Pending, Action::Reschedule) => {
            before(state.start.min(state.lapses_at())).map(|()| Status::Pending)
        }
        (Status::Pending, Action::Expire) => after(state.lapses_at()).map(|()| Status::Cancelled),
        (Status::Pending | Status::Confirmed, Action::LosePayment) => {
            before(state.end).map(|()| Status::Cancelled)
        }
        (Status::Confirmed, Action::Cancel(Party::Client)) => before(state.start).map(|()| Status::Cancelled),
        (Status::Confirmed, Action::Cancel(Party::Provider)) => before(state.end).map(|()| Status::Cancelled),
        (Status::Confirmed, Action::Reschedule) => before(state.start).map(|()| Status::Confirmed),
        (Status::Confirmed, Action::Complete) => after(state.end).map(|()| Status::Completed),
        (Status::Confirmed | Status::Completed, Action::MarkNoShow) => after(state.start)
            .and_then(|()| before(state.end.saturating_add(NO_SHOW_WITHIN)))
            .map(|()| Status::NoShow),
        (status, _) => Err(TransitionRefused::WrongStatus { status }),
    }
}
