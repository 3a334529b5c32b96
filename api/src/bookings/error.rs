//! What can stand in a booking's way, and how the client is told.

use crate::http::ApiError;
use contract::problem::Code;
use domain::booking::TransitionRefused;
use domain::slots::Refusal;
use domain::zone::Zone;

/// Why a time cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum Unavailable {
    /// Somebody has it, or the seats do not suffice: it was free when it was shown.
    #[error("the time was taken")]
    Taken(#[source] Option<Refusal>),
    /// It is not offered at all.
    #[error("the time is not offered")]
    NotOffered(#[source] Refusal),
}

impl From<Refusal> for Unavailable {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Taken
            | Refusal::Buffer
            | Refusal::Busy
            | Refusal::Full { .. }
            | Refusal::LimitReached { .. } => Self::Taken(Some(refusal)),
            Refusal::Nonsense
            | Refusal::Past
            | Refusal::TooSoon { .. }
            | Refusal::BeyondHorizon { .. }
            | Refusal::OutsideHours
            | Refusal::OffGrid => Self::NotOffered(refusal),
        }
    }
}

impl Unavailable {
    /// As it is told to the client who named the start.
    #[must_use]
    pub fn into_problem(self, zone: &Zone) -> ApiError {
        self.told_at("/start_at", zone)
    }

    /// As it is told at the field whose fault it is.
    #[must_use]
    pub fn told_at(self, pointer: &str, zone: &Zone) -> ApiError {
        let (code, refusal) = match self {
            Self::Taken(refusal) => (Code::SlotTaken, refusal),
            Self::NotOffered(refusal) => (Code::SlotUnavailable, Some(refusal)),
        };
        let (reason, sentence) = refusal.map_or_else(
            || ("booked", "This time is booked.".to_owned()),
            |refusal| crate::slots::reason(refusal, zone),
        );
        ApiError::new(code).detail(sentence.clone()).with(|problem| {
            problem.reason = Some(reason.to_owned());
            if code == Code::SlotUnavailable {
                problem.errors = vec![contract::problem::FieldError {
                    pointer: pointer.to_owned(),
                    code: reason.to_owned(),
                    message: sentence,
                }];
            }
        })
    }
}

/// An action that the booking's state does not allow, as it is told to the client.
#[must_use]
pub fn refused(refusal: TransitionRefused) -> ApiError {
    let detail = match refusal {
        TransitionRefused::WrongStatus { status } => {
            format!("The booking is {}.", status.as_str().replace('_', "-"))
        }
        TransitionRefused::TooEarly { .. } => "It is too early for this.".to_owned(),
        TransitionRefused::TooLate { .. } => "It is too late for this.".to_owned(),
    };
    ApiError::new(Code::InvalidTransition).detail(detail)
}
