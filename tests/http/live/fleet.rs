//! Several processes on one database.

use super::reader::{LONG, Reader, SOON};
use crate::support::fixtures::{self, Shop};
use crate::support::process::Fleet;
use contract::bookings::Booking;
use contract::live::{Change, ChangeKind};
use reqwest::{Client, RequestBuilder};
use serde_json::json;
use time::Date;
use uuid::Uuid;

struct Town {
    fleet: Fleet,
    shop: Shop,
    client: Client,
    day: Date,
}

impl Town {
    async fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let fleet = Fleet::start(2).await;
        let shop = fixtures::shop(&fleet.db, "UTC").await;
        let day =
            sqlx::query_scalar("select (app_now() + interval '3 days')::date").fetch_one(&fleet.db).await;
        Self { fleet, shop, client: Client::new(), day: day.unwrap() }
    }

    fn get(&self, process: usize, path: &str) -> RequestBuilder {
        self.client.get(format!("{}/api/v1{path}", self.fleet.urls[process]))
    }

    fn slots(&self, process: usize) -> RequestBuilder {
        self.get(process, &format!("/services/{}/slots/events", self.shop.service))
    }

    fn agenda(&self, process: usize) -> RequestBuilder {
        let token = self.fleet.token(self.shop.owner);
        self.get(process, &format!("/providers/{}/events", self.shop.provider)).bearer_auth(token)
    }

    async fn book(&self, process: usize, hour: u8) -> Uuid {
        let wish = json!({ "service_id": self.shop.service, "start_at": format!("{}T{hour:02}:00:00Z", self.day),
            "client": { "name": "Ada", "email": "ada@example.org" } });
        let url = format!("{}/api/v1/bookings", self.fleet.urls[process]);
        let answer = self.client.post(url).json(&wish).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answer.json::<Booking>().await.unwrap().id
    }
}

#[actix_web::test]
async fn a_booking_at_one_process_reaches_the_streams_of_another_within_two_seconds() {
    let town = Town::open().await;
    let (mut slots, first) = Reader::open(town.slots(1)).await;
    assert_eq!(first.name, "ready");
    let (mut agenda, _) = Reader::open(town.agenda(1)).await;
    let booking = town.book(0, 10).await;
    let heard = agenda.event(SOON).await;
    assert_eq!(heard.changes(), [Change { kind: ChangeKind::Booking, id: booking }]);
    let heard = slots.event(SOON).await;
    assert_eq!(
        (heard.name.as_str(), heard.data.as_str()),
        ("changed", "{}"),
        "the public learns nothing more"
    );
}

#[actix_web::test]
async fn a_lost_connection_is_taken_up_where_it_broke_off() {
    let town = Town::open().await;
    let (mut agenda, _) = Reader::open(town.agenda(0)).await;
    let first = town.book(0, 9).await;
    assert_eq!(agenda.event(LONG).await.changes()[0].id, first);
    let seen = agenda.last_id.clone();
    drop(agenda);
    let missed = [town.book(0, 10).await, town.book(1, 11).await];

    // At another process, which was never asked before.
    let (mut agenda, caught_up) = Reader::open(town.agenda(1).header("last-event-id", &seen)).await;
    let mut ids: Vec<Uuid> = caught_up.changes().iter().map(|change| change.id).collect();
    ids.sort();
    assert_eq!(ids, missed, "neither the one that was seen nor one too few");
    let next = town.book(0, 12).await;
    assert_eq!(agenda.event(LONG).await.changes()[0].id, next);

    // Nothing was missed since, and nothing is said.
    let (_, quiet) = Reader::open(town.agenda(0).header("last-event-id", &agenda.last_id)).await;
    assert_eq!(quiet.name, "ready");
    let (_, slots) = Reader::open(town.slots(0).header("last-event-id", &seen)).await;
    assert_eq!((slots.name.as_str(), slots.data.as_str()), ("changed", "{}"));
}

#[actix_web::test]
async fn a_change_that_is_committed_late_is_not_passed_by() {
    let town = Town::open().await;
    let other = fixtures::shop(&town.fleet.db, "UTC").await;
    let (mut agenda, _) = Reader::open(town.agenda(0)).await;
    // Its transaction is the older one, and is committed after the younger.
    let mut late = api::db::begin(&town.fleet.db).await.unwrap();
    let touch = "update services set description = 'Late' where id = $1";
    sqlx::query(touch).bind(town.shop.service).execute(&mut *late).await.unwrap();
    sqlx::query(touch).bind(other.service).execute(&town.fleet.db).await.unwrap();
    let booking = town.book(0, 10).await;
    assert_eq!(agenda.event(LONG).await.changes(), [Change { kind: ChangeKind::Booking, id: booking }]);
    let seen = agenda.last_id.clone();
    late.commit().await.unwrap();
    let service = [Change { kind: ChangeKind::Service, id: town.shop.service }];
    assert_eq!(agenda.event(SOON).await.changes(), service);
    let (_, resumed) = Reader::open(town.agenda(1).header("last-event-id", seen)).await;
    assert_eq!(resumed.changes(), service);
}

#[actix_web::test]
async fn a_process_that_stops_ends_its_streams() {
    let mut town = Town::open().await;
    let (slots, _) = Reader::open(town.slots(0)).await;
    let (agenda, _) = Reader::open(town.agenda(0)).await;
    let process = town.fleet.process_id(0).to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    slots.end().await;
    agenda.end().await;
    assert!(town.fleet.wait(0).success(), "it ends in good order");
}

#[actix_web::test]
async fn all_streams_of_a_process_share_one_connection() {
    let town = Town::open().await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        let shop = fixtures::shop(&town.fleet.db, "UTC").await;
        let path = format!("/services/{}/slots/events", shop.service);
        streams.push(Reader::open(town.get(0, &path)).await.0);
        streams.push(Reader::open(town.slots(1)).await.0);
    }
    let listening = async || -> i64 {
        let query = "select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen %'";
        sqlx::query_scalar(query).fetch_one(&town.fleet.db).await.unwrap()
    };
    // One in each of the two processes; they connect beside the streams.
    let both = async { while listening().await < 2 {} };
    tokio::time::timeout(LONG, both).await.expect("both processes listen");
    town.book(0, 10).await;
    for (index, stream) in streams.iter_mut().enumerate().filter(|(index, _)| index % 2 == 1) {
        assert_eq!(stream.event(LONG).await.name, "changed", "{index}");
    }
    assert_eq!(listening().await, 2);
}
