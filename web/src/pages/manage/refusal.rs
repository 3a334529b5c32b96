//! Why a booking cannot have a time, in words for whoever asked.

use super::actions::Side;
use crate::api::ApiError;
use crate::messages::t;
use contract::problem::{Code, Problem};

/// The refusal of a time; nothing where the error is another one.
pub fn refused_time(error: &ApiError) -> Option<&Problem> {
    error.problem().filter(|problem| matches!(problem.code, Code::SlotTaken | Code::SlotUnavailable))
}

/// One sentence about an error, which names the reason where a time was refused.
pub fn sentence(error: &ApiError, side: Side) -> String {
    let Some((problem, reason)) =
        refused_time(error).and_then(|problem| Some((problem, problem.reason.as_deref()?)))
    else {
        return error.sentence();
    };
    match side {
        Side::Client => (t().booking.refused)(Some(reason)).to_owned(),
        Side::Provider => {
            (t().manage.why)(reason, problem.detail.as_deref().unwrap_or(problem.title.as_str()))
        }
    }
}
