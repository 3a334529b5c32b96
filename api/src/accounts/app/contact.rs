//! How a person is called and reached, for the other slices.

use crate::accounts::store::users;
use crate::http::{ApiError, ApiResult, User};
use contract::problem::Code;
use sqlx::PgConnection;

/// How a person is called and reached.
#[derive(Debug)]
pub struct Contact {
    /// What the person is called.
    pub name: String,
    /// Where mails go.
    pub email: String,
}

/// The contact of a logged-in person.
///
/// # Errors
/// `unauthenticated` where the account is gone while the token still lives.
pub async fn contact(db: &mut PgConnection, user: User) -> ApiResult<Contact> {
    let account = users::find(db, user.id).await?.ok_or_else(|| ApiError::new(Code::Unauthenticated))?;
    Ok(Contact { name: account.name, email: account.email })
}
