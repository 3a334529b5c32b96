//! Where a request comes from, for counting attempts.

use super::problem::ApiError;
use crate::app::App;
use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use std::fmt;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The client's address, as coarse as one customer of a network is: an IPv6 address stands for its /64.
///
/// Behind a proxy (`TRUST_PROXY`) it is the last entry of `X-Forwarded-For`, the one that the proxy itself added;
/// whatever stands before it was written by the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    fn of(peer: Option<IpAddr>, forwarded: Option<IpAddr>) -> Self {
        let address = forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> HOST_BITS << HOST_BITS)),
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

const HOST_BITS: u32 = 64;

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequest for ClientAddress {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let trusted = request.app_data::<Data<App>>().is_some_and(|app| app.config.trust_proxy);
        let forwarded = if trusted { last_forwarded(request.headers()) } else { None };
        ready(Ok(Self::of(request.peer_addr().map(|peer| peer.ip()), forwarded)))
    }
}

fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").last()?.to_str().ok()?;
    let entry = line.rsplit(',').next()?.trim();
    let with_port = || entry.parse::<SocketAddr>().map(|socket| socket.ip());
    entry.parse().or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn forwarded(value: &str) -> Option<String> {
        let request = TestRequest::default().insert_header(("x-forwarded-for", value)).to_http_request();
        last_forwarded(request.headers()).map(|address| address.to_string())
    }

    #[test]
    fn the_proxys_own_entry_counts() {
        assert_eq!(forwarded("198.51.100.1, 203.0.113.9").as_deref(), Some("203.0.113.9"));
        assert_eq!(forwarded("203.0.113.9:4711").as_deref(), Some("203.0.113.9"));
        assert_eq!(forwarded("[2001:db8::1]:443").as_deref(), Some("2001:db8::1"));
        assert_eq!(forwarded("unknown"), None);
        assert_eq!(forwarded(""), None);
    }

    #[test]
    fn an_ipv6_network_is_one_client() {
        let address = |text: &str| ClientAddress::of(text.parse().ok(), None).to_string();
        assert_eq!(address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(address("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
