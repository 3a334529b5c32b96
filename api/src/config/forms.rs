//! What addresses among the settings have to look like. Nothing is looked up and nothing is opened.

use actix_web::http::Uri;
use actix_web::http::uri::Scheme;
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::PgConnectOptions;
use std::net::SocketAddr;
use std::str::FromStr;

/// Whether this is a scheme, a host and perhaps a port: `https://book.example.org`. Such is an origin.
pub(super) fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let (scheme, authority) = (uri.scheme(), uri.authority());
    let is_web = scheme == Some(&Scheme::HTTP) || scheme == Some(&Scheme::HTTPS);
    let is_host = authority.is_some_and(|authority| {
        let (host, whole) = (authority.host(), authority.as_str());
        let port = whole.strip_prefix(host).and_then(|port| port.strip_prefix(':'));
        let is_bare = whole == host || port.is_some_and(|port| port.parse::<u16>().is_ok());
        !host.is_empty() && is_bare && text.split_once("://").is_some_and(|(_, rest)| rest == whole)
    });
    is_web && is_host
}

/// Whether a socket can be bound to this: `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`.
pub(super) fn is_socket(text: &str) -> bool {
    let is_name = |host: &str| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        !host.is_empty() && host.chars().all(is_letter) && host.contains(|c: char| c.is_ascii_alphabetic())
    };
    text.parse::<SocketAddr>().is_ok()
        || text.rsplit_once(':').is_some_and(|(host, port)| is_name(host) && port.parse::<u16>().is_ok())
}

/// Whether this is the address of a PostgreSQL. The library alone takes any scheme.
pub(super) fn is_postgres(text: &str) -> bool {
    let is_ours = text.starts_with("postgres://") || text.starts_with("postgresql://");
    is_ours && PgConnectOptions::from_str(text).is_ok()
}

/// Whether this is a key of Stripe's with which no real money moves.
pub(super) fn is_test_key(key: &SecretString) -> bool {
    ["sk_test_", "rk_test_"].iter().any(|prefix| key.expose_secret().starts_with(prefix))
}

/// Whether this looks like a secret key of Stripe's, or a restricted one.
pub(super) fn is_secret_key(key: &SecretString) -> bool {
    ["sk_test_", "sk_live_", "rk_test_", "rk_live_"].iter().any(|prefix| {
        let rest = key.expose_secret().strip_prefix(prefix);
        rest.is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
        })
    })
}

/// A percentage with up to two decimals, in hundredths: `2.5` is 250.
pub(super) fn hundredths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= 100)?;
    Some(whole * 100 + format!("{part:0<2}").parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::{hundredths, is_origin, is_postgres, is_socket};

    #[test]
    fn a_percentage_has_two_decimals_at_most() {
        for (text, hundred) in [("0", 0), ("2.5", 250), ("2.05", 205), ("50", 5_000), ("7.", 700)] {
            assert_eq!(hundredths(text), Some(hundred), "{text}");
        }
        for bad in ["", ".5", "-1", "2,5", "1.234", "2.5%", "many", "101"] {
            assert_eq!(hundredths(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        for good in
            ["http://localhost:8080", "https://book.example.org", "http://[::1]:80", "http://10.0.0.1"]
        {
            assert!(is_origin(good), "{good}");
        }
        let bad = ["", "*", "null", "book.example.org", "ftp://example.org", "https://", "https://:80"];
        let with_more = [
            "https://example.org/",
            "https://example.org/app",
            "http://h/path",
            "https://example.org?a",
            "https://example.org#a",
            "https://ada@example.org",
            "https://example.org:many",
            "https://example.org:70000",
            "https://exa mple.org",
        ];
        for bad in bad.into_iter().chain(with_more) {
            assert!(!is_origin(bad), "{bad}");
        }
    }

    #[test]
    fn a_socket_has_a_host_and_a_port() {
        for good in ["127.0.0.1:0", "0.0.0.0:80", "[::]:8080", "localhost:8080", "book-1.example.org:80"] {
            assert!(is_socket(good), "{good}");
        }
        for bad in
            ["", "8080", ":8080", "localhost", "localhost:http", "127.0.0.1:70000", "999.1.1.1:80", "a b:1"]
        {
            assert!(!is_socket(bad), "{bad}");
        }
    }

    #[test]
    fn a_database_is_a_postgres() {
        for good in
            ["postgres://localhost/appointed", "postgresql://a:b@db.example.org:5433/x?sslmode=require"]
        {
            assert!(is_postgres(good), "{good}");
        }
        for bad in ["", "mysql://x", "localhost", "postgres://a:b@host:many/x", "sqlite://file"] {
            assert!(!is_postgres(bad), "{bad}");
        }
    }
}
