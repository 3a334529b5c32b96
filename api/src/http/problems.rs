//! The problems that many operations share, as the OpenAPI document tells them.

use contract::problem::MEDIA_TYPE;
use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $($status:literal $text:literal),+;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(($status.to_owned(), problem($text))),+])
            }
        }
    )*};
}

problems! {
    /// A query string that cannot be taken.
    BadQuery = "400" "The query could not be read.", "422" "A query parameter is not acceptable.";
    /// A body or a header that cannot be taken.
    BadInput =
        "400" "The body or a header could not be read.",
        "413" "The body is too large.",
        "415" "The body is not `application/json`.",
        "422" "Some fields are not acceptable, or the idempotency key was used for another request.";
    /// A picture that cannot be taken.
    BadPicture =
        "400" "The query, the body or a header could not be read.",
        "413" "The body is too large.",
        "415" "The body is no JPEG, PNG or WebP picture.",
        "422" "The picture is not usable, and `errors` says why; or the idempotency key was used for another request.",
        "503" "The picture could not be kept, or too many are being worked on. Try again.";
    /// A write without a body whose headers cannot be taken.
    BadKey =
        "400" "A header could not be read.",
        "422" "The idempotency key was used for another request.";
    /// The caller has to log in.
    LoginNeeded = "401" "No valid access token.";
    /// A request with a cookie that another site's page sent.
    FromElsewhere = "403" "Another site may not do this.";
    /// There is nothing here.
    NothingHere = "404" "Nothing here, or nothing the caller may see.";
    /// The update is meant for another version.
    Versioned =
        "412" "It was changed in the meantime.",
        "428" "`If-Match` is missing.";
    /// The caller has tried too often.
    Throttled = "429" "Too many attempts; `Retry-After` says when to come back.";
}

/// An answer with a problem document. The schema is registered with the document, once for all.
fn problem(text: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(text).content(MEDIA_TYPE, content).build().into()
}
