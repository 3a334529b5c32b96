//! Errors on the wire: RFC 9457 problem documents with a stable code from one table.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The media type of every error answer.
pub const MEDIA_TYPE: &str = "application/problem+json";

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $title:literal;)*) => {
        /// What went wrong, for programs. Codes are stable: clients branch on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The code as it stands on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code),* }
            }

            /// The HTTP status it is answered with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Code::$name => $status),* }
            }

            /// A short sentence that does not change between occurrences.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Code::$name => $title),* }
            }
        }
    };
}

codes! {
    /// The body is not JSON, or not of the expected shape.
    MalformedBody = "malformed_body", 400, "The request body could not be read.";
    /// A query parameter is missing or not of the expected shape.
    MalformedQuery = "malformed_query", 400, "The query could not be read.";
    /// A header is not of the expected shape.
    MalformedHeader = "malformed_header", 400, "A header could not be read.";
    /// The request itself makes no sense to the server.
    BadRequest = "bad_request", 400, "The request could not be understood.";
    /// No valid access token came with a request that needs one.
    Unauthenticated = "unauthenticated", 401, "Please log in.";
    /// E-mail and password do not belong together.
    WrongCredentials = "wrong_credentials", 401, "E-mail or password is wrong.";
    /// The refresh token is missing, expired, used before or revoked.
    SessionEnded = "session_ended", 401, "The session has ended. Please log in again.";
    /// The caller is known but may not do this.
    Forbidden = "forbidden", 403, "You may not do this.";
    /// An admin has suspended the account; `detail` says why.
    AccountSuspended = "account_suspended", 403, "This account is suspended.";
    /// There is nothing here, or nothing the caller may see.
    NotFound = "not_found", 404, "Not found.";
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, "This method is not allowed here.";
    /// The request did not arrive in time.
    RequestTimeout = "request_timeout", 408, "The request took too long to arrive.";
    /// The slot was free when it was shown and is taken now.
    SlotTaken = "slot_taken", 409, "That time was just taken.";
    /// An account with this address exists.
    EmailTaken = "email_taken", 409, "An account with this e-mail address exists already.";
    /// Another provider has this slug.
    SlugTaken = "slug_taken", 409, "This address is taken by another page.";
    /// The booking is in a state that does not allow the action.
    InvalidTransition = "invalid_transition", 409, "The booking does not allow this now.";
    /// Not all that is to move together fits where it is to go; `errors` says what and why.
    DoesNotFit = "does_not_fit", 409, "Not everything fits there.";
    /// Others share the appointment, so it cannot change for one of them alone.
    SharedAppointment = "shared_appointment", 409, "Others share this appointment.";
    /// The page lacks something that it must have before it is published.
    NotPublishable = "not_publishable", 409, "The page is not ready to be published.";
    /// Nobody else owns a provider that customers count on; `errors` names each.
    SoleOwner = "sole_owner", 409, "A page still depends on this account.";
    /// An admin has suspended the page: it cannot be published and takes no bookings.
    ProviderSuspended = "provider_suspended", 409, "This page is suspended.";
    /// The provider's services are paid when booking, and it cannot take payments right now.
    PaymentsOff = "payments_off", 409, "This provider cannot take payments right now.";
    /// The client has bookings waiting for payment already.
    TooManyHolds = "too_many_holds", 409, "Other bookings of yours are still waiting to be paid.";
    /// Nobody would be left to administer the platform.
    LastAdmin = "last_admin", 409, "This is the last admin.";
    /// `If-Match` names another version than the stored one.
    VersionMismatch = "version_mismatch", 412, "It was changed in the meantime.";
    /// The body is larger than allowed.
    BodyTooLarge = "body_too_large", 413, "The request is too large.";
    /// The body is not `application/json`.
    UnsupportedMediaType = "unsupported_media_type", 415, "This kind of body is not accepted.";
    /// Some fields are not acceptable; `errors` says which and why.
    InvalidFields = "invalid_fields", 422, "Some fields need attention.";
    /// The time is not offered; `reason` says why.
    SlotUnavailable = "slot_unavailable", 422, "That time is not offered.";
    /// The same `Idempotency-Key` came with another request.
    IdempotencyKeyReused = "idempotency_key_reused", 422, "This idempotency key was used for another request.";
    /// A one-time token is unknown, used or expired.
    TokenInvalid = "token_invalid", 422, "This link is no longer valid.";
    /// The current password given is wrong.
    WrongPassword = "wrong_password", 422, "The current password is wrong.";
    /// An update came without `If-Match`.
    PreconditionRequired = "precondition_required", 428, "Say which version you are changing with If-Match.";
    /// Too many attempts; `Retry-After` says when to come back.
    TooManyRequests = "too_many_requests", 429, "Too many attempts. Please wait.";
    /// Something unexpected broke; the request id leads to the log.
    Internal = "internal", 500, "Something went wrong on our side.";
    /// The server cannot answer right now; trying again helps.
    Unavailable = "unavailable", 503, "The service is busy. Please try again.";
}

// Written by hand: the derive does not see through the table's `rename`.
#[cfg(feature = "server")]
impl utoipa::PartialSchema for Code {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .description(Some("What went wrong, for programs. Codes are stable: clients branch on them."))
            .schema_type(utoipa::openapi::Type::String)
            .enum_values(Some(Self::ALL.iter().map(|code| code.as_str())))
            .into()
    }
}

#[cfg(feature = "server")]
impl utoipa::ToSchema for Code {}

/// One field that is not acceptable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer into the request body, or `?name` for a query parameter.
    #[cfg_attr(feature = "server", schema(example = "/weekly/2/end"))]
    pub pointer: String,
    /// Stable name of the rule that is broken.
    #[cfg_attr(feature = "server", schema(example = "length"))]
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// An error answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI reference for this kind of problem.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "server", schema(example = "/problems/slot_taken"))]
    pub kind: String,
    /// A short sentence that does not change between occurrences.
    pub title: String,
    /// The HTTP status, once more.
    pub status: u16,
    /// What went wrong, for programs.
    pub code: Code,
    /// What went wrong this time, for people.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// Leads to the log.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_id: Option<String>,
    /// The fields that need attention.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub errors: Vec<FieldError>,
    /// Why a slot is not offered: the same names as in `slots/explain`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Starts near the wanted one that are still free, for a move without the booking's own.
    #[serde(skip_serializing_if = "Vec::is_empty", default, with = "crate::slots::instants")]
    #[cfg_attr(feature = "server", schema(value_type = Vec<String>))]
    pub alternatives: Vec<OffsetDateTime>,
}

impl Problem {
    /// A problem of this kind with nothing particular to it.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            request_id: None,
            errors: Vec::new(),
            reason: None,
            alternatives: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    /// The table's rows: one per code, with its status and title.
    #[test]
    fn the_documentation_lists_every_code() {
        let page = include_str!("../../docs/API.md");
        let rows: Vec<&str> = page.lines().skip_while(|line| !line.starts_with("| code |")).skip(2).collect();
        let rows = &rows[..rows.iter().take_while(|line| line.starts_with('|')).count()];
        assert_eq!(rows.len(), Code::ALL.len(), "docs/API.md has a row for each code");
        for (row, code) in rows.iter().zip(Code::ALL) {
            let wanted = format!("| `{}` | {} | {} |", code.as_str(), code.status(), code.title());
            assert!(row.starts_with(&wanted), "docs/API.md says {row:?} where the code is {wanted:?}");
        }
    }
}
