//! Versions on the wire: `ETag` and `If-Match`.

use super::problem::{ApiError, ApiResult};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder};
use contract::problem::Code;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The tag of a version.
#[must_use]
pub fn tag(version: i32) -> String {
    format!("\"{version}\"")
}

/// A tag of what makes up an answer, for those who write it from the same data in the same version.
#[must_use]
pub fn tag_of(parts: &impl Hash) -> String {
    let mut hash = DefaultHasher::new();
    (parts, env!("CARGO_PKG_VERSION")).hash(&mut hash);
    quoted(&hash.finish().to_be_bytes())
}

/// A tag of a text itself, the same in every process.
#[must_use]
pub fn tag_of_text(text: &str) -> String {
    quoted(&Sha256::digest(text)[..8])
}

/// Bytes as a tag, in quotes.
fn quoted(bytes: &[u8]) -> String {
    let mut tag = String::from("\"");
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag + "\""
}

/// Begins the answer to a read with this tag: 304 where the client has it, and then nothing is to be added.
#[must_use]
pub fn begin(request: &HttpRequest, tag: String) -> (HttpResponseBuilder, bool) {
    let known = is_known(request, &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag));
    (response, known)
}

/// Whether the client has this very tag already, so that 304 is answer enough.
fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|list| {
        list.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == "*" || one == tag)
    })
}

/// Answers a read of something that has versions; 304 where the client has this one.
#[must_use]
pub fn answer(request: &HttpRequest, version: i32, body: &impl Serialize) -> HttpResponse {
    let (mut response, known) = begin(request, tag(version));
    if known { response.finish() } else { response.json(body) }
}

/// Answers a read that has no version of its own, with a tag of its content; 304 where the client has this very content.
///
/// # Errors
/// Where the body cannot be written as JSON.
pub fn answer_content(request: &HttpRequest, body: &impl Serialize) -> ApiResult<HttpResponse> {
    answer_cached(request, body, "no-cache")
}

/// The same for what may be kept as `caching` says, in the words of `Cache-Control`.
///
/// # Errors
/// Where the body cannot be written as JSON.
pub fn answer_cached(
    request: &HttpRequest,
    body: &impl Serialize,
    caching: &'static str,
) -> ApiResult<HttpResponse> {
    let json = serde_json::to_vec(body).map_err(ApiError::internal)?;
    let (mut response, known) = begin(request, tag_of(&json));
    response.insert_header((header::CACHE_CONTROL, caching));
    Ok(if known { response.finish() } else { response.content_type("application/json").body(json) })
}

/// The version that an update is meant for, from `If-Match`.
#[derive(Debug, Clone)]
pub struct IfMatch(Wanted);

#[derive(Debug, Clone)]
enum Wanted {
    Any,
    /// One of these strong tags, with their quotes. A weak one is none: it never matches.
    Tags(Vec<String>),
}

impl IfMatch {
    /// Checks the wanted version against the stored one.
    ///
    /// # Errors
    /// `version_mismatch`.
    pub fn check(&self, stored: i32) -> ApiResult<()> {
        match &self.0 {
            Wanted::Any => Ok(()),
            Wanted::Tags(tags) if tags.contains(&tag(stored)) => Ok(()),
            Wanted::Tags(_) => Err(ApiError::new(Code::VersionMismatch)),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = std::future::Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut lines = request.headers().get_all(header::IF_MATCH).peekable();
        if lines.peek().is_none() {
            return std::future::ready(Err(ApiError::new(Code::PreconditionRequired)));
        }
        // Several lines are one list.
        let text = lines.map(|line| line.to_str().ok()).collect::<Option<Vec<_>>>();
        let wanted = text.and_then(|lines| wanted(&lines.join(",")));
        std::future::ready(wanted.map(Self).ok_or_else(|| {
            let detail = "If-Match is `*` or tags in quotes, such as \"3\".";
            ApiError::new(Code::MalformedHeader).detail(detail)
        }))
    }
}

/// Reads `*` or a list of tags, as RFC 9110 has it: empty members count for nothing, and a tag may hold a comma.
fn wanted(text: &str) -> Option<Wanted> {
    if text.trim() == "*" {
        return Some(Wanted::Any);
    }
    let (mut rest, mut strong, mut found) = (text, Vec::new(), false);
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return found.then_some(Wanted::Tags(strong));
        }
        let quoted = rest.strip_prefix("W/").unwrap_or(rest);
        let (opaque, after) = quoted.strip_prefix('"')?.split_once('"')?;
        let after = after.trim_start_matches([' ', '\t']);
        if opaque.contains([' ', '\t']) || !(after.is_empty() || after.starts_with(',')) {
            return None;
        }
        if quoted.len() == rest.len() {
            strong.push(format!("\"{opaque}\""));
        }
        (rest, found) = (after, true);
    }
}

#[cfg(test)]
mod tests {
    use super::{IfMatch, wanted};

    fn is_met(text: &str) -> Option<bool> {
        wanted(text).map(|wanted| IfMatch(wanted).check(3).is_ok())
    }

    #[test]
    fn the_version_is_asked_for_by_its_tag() {
        for met in ["*", "\"3\"", " \"3\" ", "\"2\", \"3\"", "\"a,b\",\"3\"", ",\"3\",", "W/\"3\",\"3\""] {
            assert_eq!(is_met(met), Some(true), "{met}");
        }
        for other in ["\"2\"", "W/\"3\"", "\"\"", "\"03\"", "\"+3\"", "\"2\",\"4\"", "\"three\""] {
            assert_eq!(is_met(other), Some(false), "{other}");
        }
        for nonsense in
            ["", " ", ",", "3", "\"3", "3\"", "\"3\"\"3\"", "\"3\" \"4\"", "\"3\", 4", "*, \"3\"", "w/\"3\""]
        {
            assert_eq!(is_met(nonsense), None, "{nonsense}");
        }
    }
}
