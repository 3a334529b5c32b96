//! What the database's refusals of a profile mean.

use crate::db;
use crate::http::ApiError;
use contract::problem::{Code, FieldError};

/// The answer to a refused write of a profile.
pub fn refused(error: sqlx::Error) -> ApiError {
    match db::constraint(&error) {
        Some("providers_slug_taken") => slug_taken(),
        Some("providers_category_known") => {
            ApiError::field("/category", "unknown", "There is no such category.")
        }
        // The account was deleted while its token lives on.
        Some("memberships_user_known") => ApiError::new(Code::Unauthenticated),
        _ => error.into(),
    }
}

/// Another page has the address that was asked for.
pub(super) fn slug_taken() -> ApiError {
    ApiError::new(Code::SlugTaken).with(|problem| {
        problem.errors = vec![FieldError {
            pointer: "/slug".to_owned(),
            code: "taken".to_owned(),
            message: Code::SlugTaken.title().to_owned(),
        }];
    })
}
