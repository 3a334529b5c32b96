//! Webhooks: signed, tried again, held, turned around, doubled.

use super::{KEY, ask, paid, simulator};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use stripe_simulator::{Endpoint, Handle, Settings, signature};

const SECRET: &str = "whsec_http";

/// Somebody who takes events, but fails at first.
#[derive(Default)]
struct Desk {
    failures: usize,
    taken: Vec<Value>,
}

async fn take(request: HttpRequest, body: Bytes, desk: Data<Mutex<Desk>>) -> HttpResponse {
    let mut desk = desk.lock().unwrap();
    if desk.failures > 0 {
        desk.failures -= 1;
        return HttpResponse::InternalServerError().finish();
    }
    let text = std::str::from_utf8(&body).unwrap();
    let header = request.headers().get("stripe-signature").unwrap().to_str().unwrap();
    let at = header[2..].split(',').next().unwrap().parse().unwrap();
    assert_eq!(header, signature(SECRET, at, text));
    desk.taken.push(serde_json::from_str(text).unwrap());
    HttpResponse::Ok().finish()
}

/// A simulator whose events somebody takes.
fn world(failures: usize) -> (Handle, Data<Mutex<Desk>>) {
    let desk = Data::new(Mutex::new(Desk { failures, taken: Vec::new() }));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let of_server = desk.clone();
    let server =
        HttpServer::new(move || App::new().app_data(of_server.clone()).default_service(web::to(take)));
    actix_web::rt::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    let webhook = Some(Endpoint { url, secret: SECRET.to_owned() });
    (simulator(Settings { webhook, ..Settings::new(KEY) }), desk)
}

async fn idle(sim: &Handle) {
    let begun = Instant::now();
    while sim.control("deliveries", &[]).unwrap()["idle"] != true {
        assert!(begun.elapsed() < Duration::from_secs(20), "events are still waiting");
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}

fn kinds(desk: &Data<Mutex<Desk>>) -> Vec<String> {
    desk.lock().unwrap().taken.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn events_come_in_order_and_again_after_a_failure() {
    let (sim, desk) = world(2);
    paid(&sim).await;
    idle(&sim).await;
    let mut told = kinds(&desk);
    told.sort();
    assert_eq!(told, ["charge.succeeded", "payment_intent.created", "payment_intent.succeeded"]);
    let events = desk.lock().unwrap().taken.clone();
    let read = super::get(&sim, &format!("events/{}", events[0]["id"].as_str().unwrap())).await;
    assert_eq!(read.body["data"], events[0]["data"], "what was sent is what is kept");
    assert_eq!(read.body["pending_webhooks"], 0);
}

#[actix_web::test]
async fn held_events_are_let_go_reversed_and_doubled() {
    let (sim, desk) = world(0);
    sim.control("deliveries/hold", &[]).unwrap();
    paid(&sim).await;
    assert_eq!(sim.control("deliveries", &[]).unwrap()["waiting"], 3);
    let flush = awc::Client::default().post(format!("{}/_sim/deliveries/flush", sim.url()));
    let told = ask(flush, "order=reversed&copies=2").await;
    assert_eq!(told.body.as_array().unwrap().len(), 6);
    let order = kinds(&desk);
    assert_eq!(
        (&*order[0], &*order[1], &*order[5]),
        ("payment_intent.succeeded", "payment_intent.succeeded", "payment_intent.created")
    );

    sim.control("deliveries/release", &[]).unwrap();
    paid(&sim).await;
    idle(&sim).await;
    assert_eq!(kinds(&desk).len(), 9);
    let event = desk.lock().unwrap().taken[0]["id"].as_str().unwrap().to_owned();
    let resend = awc::Client::default().post(format!("{}/_sim/events/{event}/resend", sim.url()));
    assert_eq!(ask(resend, "").await.body["status"], 200);
    assert_eq!(kinds(&desk).len(), 10);
}

#[actix_web::test]
async fn time_alone_brings_events() {
    let (sim, desk) = world(0);
    let body = "amount=500&currency=eur&capture_method=manual&payment_method=pm_card_visa&confirm=true";
    super::post(&sim, "payment_intents", body).await;
    sim.control("clock", &[("advance", "604801")]).unwrap();
    idle(&sim).await;
    assert!(kinds(&desk).contains(&"payment_intent.canceled".to_owned()), "{:?}", kinds(&desk));
    assert!(kinds(&desk).contains(&"charge.expired".to_owned()));
}
