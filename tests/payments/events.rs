//! Whether an event is believed, and what it says.

use super::{SECRET, World, euro, order};
use integrations::payments::stripe::{TOLERANCE, verify};
use integrations::payments::{BadEvent, Event, Processor};
use secrecy::SecretString;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use stripe_simulator::{Endpoint, signature};
use time::OffsetDateTime;

const BODY: &str = r#"{"id":"evt_1","object":"event","type":"charge.refunded","created":1790000000,"data":{"object":{"id":"ch_1","object":"charge","payment_intent":"pi_1"}}}"#;

fn secrets(all: &[&str]) -> Vec<SecretString> {
    all.iter().map(|secret| SecretString::from((*secret).to_owned())).collect()
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap()
}

fn check(body: &str, header: &str, all: &[&str], now: i64) -> Result<Event, BadEvent> {
    verify(body.as_bytes(), header, &secrets(all), at(now), TOLERANCE)
}

#[test]
fn a_signature_is_of_this_body_this_secret_and_this_time() {
    let now = 1_790_000_000;
    let header = signature(SECRET, now, BODY);
    let event = check(BODY, &header, &[SECRET], now).unwrap();
    assert_eq!((&*event.id, &*event.kind, &*event.object), ("evt_1", "charge.refunded", "ch_1"));
    assert_eq!((event.payment.as_deref(), event.payee, event.created_at), (Some("pi_1"), None, at(now)));
    assert!(
        check(BODY, &header, &["whsec_new", SECRET], now).is_ok(),
        "while a secret is replaced, either will do"
    );
    assert!(check(BODY, &header, &[SECRET], now + 300).is_ok());
    for (body, secret, now, why) in [
        (&*BODY.replace("ch_1", "ch_2"), SECRET, now, BadEvent::Signature),
        (BODY, "whsec_other", now, BadEvent::Signature),
        (BODY, SECRET, now + 301, BadEvent::Time),
        (BODY, SECRET, now - 301, BadEvent::Time),
    ] {
        assert_eq!(check(body, &header, &[secret], now), Err(why));
    }
    assert_eq!(
        check(BODY, &header, &[], now),
        Err(BadEvent::Signature),
        "without a secret nothing is believed"
    );
    let two = format!("{header},v1={},v0=00", "0".repeat(64));
    assert!(check(BODY, &two, &[SECRET], now).is_ok(), "one of several is enough");
    for body in ["", "[]", "{}", r#"{"id":1}"#] {
        assert_eq!(check(body, &signature(SECRET, now, body), &[SECRET], now), Err(BadEvent::Body), "{body}");
    }
    for header in ["", "t=1", "v1=00", "t=x,v1=00", "t=1,v1=zz", "nonsense", ",,,", "t=1790000000,v0=00"] {
        assert_eq!(check(BODY, header, &[SECRET], now), Err(BadEvent::Header), "{header}");
    }
    assert_eq!(check(BODY, "t=9223372036854775807,v1=00", &[SECRET], now), Err(BadEvent::Signature));
}

#[tokio::test]
async fn delivered_events_are_believed() {
    let world = World::new();
    let (url, received) = receiver();
    world.sim.send_events_to(Endpoint { url, secret: SECRET.to_owned() });
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    let mut kinds = Vec::new();
    while !kinds.contains(&"checkout.session.completed".to_owned()) {
        let (header, body) = received.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
        let event = world.stripe.event(&body, &header, OffsetDateTime::now_utc()).unwrap();
        assert_eq!(event.payment.as_ref(), Some(&payment.id), "{event:?}");
        kinds.push(event.kind);
    }
    assert!(kinds.contains(&"payment_intent.succeeded".to_owned()), "{kinds:?}");
}

/// Somebody who takes events: the signature and the body of each.
pub(super) fn receiver() -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let (mut signature, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                match line.trim_end().split_once(": ") {
                    Some((name, value)) if name.eq_ignore_ascii_case("stripe-signature") => {
                        signature = value.to_owned()
                    }
                    Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                        length = value.parse().unwrap()
                    }
                    Some(_) => {}
                    None if line.trim_end().is_empty() => break,
                    None => {}
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            reader.into_inner().write_all(answer.as_bytes()).unwrap();
            if tell.send((signature, body)).is_err() {
                break;
            }
        }
    });
    (url, told)
}
