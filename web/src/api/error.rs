//! What can go wrong between the app and the server.

use crate::messages::t;
use contract::problem::{Code, Problem};
use std::sync::Arc;

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The browser says that it has no network.
    Offline,
    /// The server could not be reached or did not answer in time.
    Unreachable,
    /// The server answered that something is wrong.
    Problem(Arc<Problem>),
    /// The server wants to be asked again later.
    Wait {
        /// What it says.
        problem: Arc<Problem>,
        /// How long it takes until then.
        seconds: u32,
    },
    /// The server answered something that is no answer of ours.
    Unreadable {
        /// The HTTP status.
        status: u16,
    },
}

impl ApiError {
    /// What it is called when no answer came.
    pub fn lost() -> Self {
        let online = web_sys::window().is_none_or(|window| window.navigator().on_line());
        if online { ApiError::Unreachable } else { ApiError::Offline }
    }

    /// The problem's stable code, where the server gave one.
    pub fn code(&self) -> Option<Code> {
        self.problem().map(|problem| problem.code)
    }

    /// The server's own words about it.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            ApiError::Problem(problem) | ApiError::Wait { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// What leads to the server's log.
    pub fn request_id(&self) -> Option<String> {
        self.problem().and_then(|problem| problem.request_id.clone())
    }

    /// One sentence for people.
    pub fn sentence(&self) -> String {
        let words = &t().problems;
        match self {
            ApiError::Offline => words.offline.to_owned(),
            ApiError::Unreachable => words.unreachable.to_owned(),
            ApiError::Unreadable { .. } => words.unreadable.to_owned(),
            ApiError::Wait { problem, seconds } if problem.code == Code::TooManyRequests => {
                (words.wait)(*seconds)
            }
            ApiError::Problem(problem)
                if problem.code == Code::NotPublishable && !problem.errors.is_empty() =>
            {
                let lacks = problem.errors.iter().map(|error| (words.lacks)(&error.pointer));
                lacks.collect::<Vec<_>>().join(" ")
            }
            ApiError::Problem(problem) | ApiError::Wait { problem, .. } => {
                match (problem.code, &problem.detail) {
                    (Code::AccountSuspended, Some(reason)) => {
                        format!("{} {}", (words.of)(problem.code), (words.reason)(reason))
                    }
                    (code, _) => (words.of)(code).to_owned(),
                }
            }
        }
    }

    /// Whether the server could not be reached: what is known from before still stands.
    pub fn is_lost(&self) -> bool {
        matches!(self, ApiError::Offline | ApiError::Unreachable)
    }

    /// Whether the same may well be answered soon: the server was not reached, or is in trouble.
    pub fn passes(&self) -> bool {
        let status = match self {
            ApiError::Unreadable { status } => *status,
            _ => self.problem().map_or(0, |problem| problem.status),
        };
        self.is_lost() || status >= 500 || status == 429
    }

    /// Whether the server has decided, so that asking for the same again is another request. Whoever has to log in first,
    /// or to wait, has not been heard.
    pub fn is_answer(&self) -> bool {
        self.problem()
            .is_some_and(|problem| problem.status < 500 && !matches!(problem.status, 401 | 408 | 429))
    }

    /// Whether what was asked for is not there, or not for this person.
    pub fn is_gone(&self) -> bool {
        self.problem().is_some_and(|problem| matches!(problem.status, 403 | 404))
    }

    /// Whether the session is over and logging in helps.
    pub fn wants_login(&self) -> bool {
        matches!(self.code(), Some(Code::Unauthenticated | Code::SessionEnded))
    }
}
