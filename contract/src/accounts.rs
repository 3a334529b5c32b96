//! Accounts, sessions and the mails that prove an address.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

/// Create an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct Register {
    /// Where mails go; also the name to log in with.
    #[serde(deserialize_with = "crate::text::email")]
    #[cfg_attr(
        feature = "server",
        validate(custom(function = "crate::text::email_address"), length(max = 254)),
        schema(example = "ada@example.org")
    )]
    pub email: String,
    /// 10 to 200 characters.
    #[cfg_attr(feature = "server", validate(length(min = 10, max = 200)), schema(format = Password))]
    pub password: String,
    /// How to be called.
    #[serde(deserialize_with = "crate::text::trimmed")]
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)), schema(example = "Ada Lovelace"))]
    pub name: String,
    /// Language of mails, a BCP 47 tag. Default `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 35)))]
    pub locale: Option<String>,
    /// IANA zone of the person. Default `UTC`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Log in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct LogIn {
    /// The account's address.
    #[serde(deserialize_with = "crate::text::email")]
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 254)))]
    pub email: String,
    /// The account's password.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 200)), schema(format = Password))]
    pub password: String,
}

/// A running session. The refresh token travels in an `HttpOnly` cookie.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Session {
    /// Send as `Authorization: Bearer …`.
    pub access_token: String,
    /// Seconds until the access token expires.
    pub expires_in: u32,
    /// Whose session it is.
    pub user: User,
}

/// A person's account, seen by that person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct User {
    /// Never changes.
    pub id: Uuid,
    /// Where mails go.
    pub email: String,
    /// Whether the address was proven.
    pub email_verified: bool,
    /// How to be called.
    pub name: String,
    /// Language of mails.
    pub locale: String,
    /// IANA zone of the person.
    pub time_zone: String,
    /// Whether the person administers the platform.
    pub is_admin: bool,
    /// The providers this person acts for.
    pub providers: Vec<MembershipSummary>,
    /// This person's bookings that wait to be paid, by their ids; the one that lapses first comes first.
    #[serde(default)]
    pub unpaid: Vec<Uuid>,
    /// Also the `ETag`.
    pub version: i32,
}

/// A provider that a person acts for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct MembershipSummary {
    /// The provider.
    pub provider_id: Uuid,
    /// Its page's address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// `owner` or `member`.
    pub role: String,
    /// Whether its page has been finished: it is published, or was booked before it was hidden.
    pub set_up: bool,
}

/// Change one's own account; absent fields stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct PatchUser {
    /// How to be called.
    #[serde(
        default,
        deserialize_with = "crate::text::trimmed_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 120)))]
    pub name: Option<String>,
    /// Language of mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 35)))]
    pub locale: Option<String>,
    /// IANA zone of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Change the password while logged in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct ChangePassword {
    /// The present password.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 200)), schema(format = Password))]
    pub current_password: String,
    /// 10 to 200 characters.
    #[cfg_attr(feature = "server", validate(length(min = 10, max = 200)), schema(format = Password))]
    pub new_password: String,
}

/// Ask for a mail: a password reset or all manage links of an address.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct EmailOnly {
    /// The address; the answer never tells whether it is known.
    #[serde(deserialize_with = "crate::text::email")]
    #[cfg_attr(
        feature = "server",
        validate(custom(function = "crate::text::email_address"), length(max = 254))
    )]
    pub email: String,
}

/// Set a new password with a token from a mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct ResetPassword {
    /// From the link in the mail.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 200)))]
    pub token: String,
    /// 10 to 200 characters.
    #[cfg_attr(feature = "server", validate(length(min = 10, max = 200)), schema(format = Password))]
    pub new_password: String,
}

/// Prove an address with a token from a mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, validator::Validate))]
pub struct VerifyEmail {
    /// From the link in the mail.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 200)))]
    pub token: String,
}

/// When an account last did something, for a list of sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SessionSummary {
    /// The session's own id.
    pub id: Uuid,
    /// Whether this is the session asking.
    pub current: bool,
    /// When it was last refreshed.
    #[serde(with = "time::serde::rfc3339")]
    pub last_seen_at: OffsetDateTime,
    /// What the browser calls itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_agent: Option<String>,
}
