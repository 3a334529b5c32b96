//! The times that a booking can move to.

use crate::support::fixtures;
use crate::support::scene::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::Booking;
use contract::slots::SlotList;
use serde_json::{Value, json};
use time::Duration;
use time::format_description::well_known::Rfc3339;

impl Scene {
    /// A customer's booking, and the customer's token.
    async fn booked_by_customer(&self, body: Value) -> (Booking, String) {
        let customer = self.server.token(fixtures::person(&self.server.db, "Ada").await);
        let booking = self.server.post("/bookings", &body).bearer_auth(&customer).call().await.json(201);
        (booking, customer)
    }

    /// Where it can move to on the scene's day and the next.
    async fn other_times(&self, booking: &Booking, who: &str) -> Answer {
        self.server.get(&self.path(booking)).bearer_auth(who).call().await
    }

    fn path(&self, booking: &Booking) -> String {
        let (from, to) = (self.day.date(), (self.day + Duration::days(1)).date());
        format!("/bookings/{}/slots?from={from}&to={to}", booking.id)
    }

    async fn move_to(&self, booking: &Booking, start: &str, who: &str) -> Answer {
        let path = format!("/bookings/{}/reschedule", booking.id);
        let call = self.server.post(&path, &json!({ "start_at": start })).header("if-match", "*");
        call.bearer_auth(who).call().await
    }
}

fn starts(list: &SlotList) -> Vec<String> {
    let slots = list.days.iter().flat_map(|day| &day.slots);
    slots.map(|slot| slot.start_at.format(&Rfc3339).unwrap()).collect()
}

/// Tries each half hour of two days: what is listed is what is taken.
async fn hold_to_the_list(scene: &Scene, booking: &Booking, who: &str) -> Vec<String> {
    let listed = starts(&scene.other_times(booking, who).await.json(200));
    let held = booking.start_at.format(&Rfc3339).unwrap();
    for half in 0..96 {
        let start = scene.at(0, half * 30);
        if start == held {
            continue;
        }
        let answer = scene.move_to(booking, &start, who).await;
        assert_eq!(answer.status == 200, listed.contains(&start), "{start} of {listed:?}");
        if answer.status == 200 {
            scene.move_to(booking, &held, who).await.json::<Booking>(200);
        }
    }
    listed
}

#[actix_web::test]
async fn a_booking_stands_in_nobodys_way_but_others_do() {
    let scene = Scene::open(2).await;
    sqlx::query("update services set slot_step_minutes = 30, buffer_before_minutes = 15, day_limit = 2")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let ten = json!({ "service_id": scene.shop.service, "start_at": scene.at(10, 0) });
    let (booking, customer) = scene.booked_by_customer(ten).await;
    scene.book(scene.shop.service, &scene.at(14, 0)).await;

    let listed = hold_to_the_list(&scene, &booking, &customer).await;
    assert!(listed.contains(&scene.at(10, 30)), "half an hour later is in its own way alone");
    assert!(!listed.contains(&scene.at(10, 0)), "where it is already is no other time");
    assert!(!listed.contains(&scene.at(13, 30)), "another booking is in the way");
    let full = format!("/services/{}/slots?from={1}&to={1}", scene.shop.service, scene.day.date());
    let for_all: SlotList = scene.server.get(&full).call().await.json(200);
    assert!(for_all.days.is_empty(), "the day's limit is reached for everybody else");
}

#[actix_web::test]
async fn a_time_that_was_lost_offers_others_than_the_bookings_own() {
    let scene = Scene::open(2).await;
    sqlx::query("update services set slot_step_minutes = 15").execute(&scene.server.db).await.unwrap();
    let ten = json!({ "service_id": scene.shop.service, "start_at": scene.at(10, 0) });
    let (booking, customer) = scene.booked_by_customer(ten).await;
    scene.book(scene.shop.service, &scene.at(11, 0)).await;
    let lost = scene.move_to(&booking, &scene.at(11, 0), &customer).await.problem("slot_taken");
    let near: Vec<String> = lost.alternatives.iter().map(|at| at.format(&Rfc3339).unwrap()).collect();
    assert_eq!(near, [scene.at(9, 45), scene.at(12, 0), scene.at(12, 15)], "ten is where it is already");

    let another = fixtures::service(&scene.server.db, scene.shop.provider, 60, 1).await;
    let wish = json!({ "start_at": scene.at(11, 0), "service_id": another });
    let call = scene.server.post(&format!("/bookings/{}/reschedule", booking.id), &wish);
    let lost = call.header("if-match", "*").bearer_auth(&customer).call().await.problem("slot_taken");
    assert!(lost.alternatives.contains(&booking.start_at), "another service at the same time is a change");
}

#[actix_web::test]
async fn the_provider_may_do_more_and_the_length_stays() {
    let scene = Scene::open(2).await;
    let ten = json!({ "service_id": scene.shop.service, "start_at": scene.at(10, 0) });
    let (booking, customer) = scene.booked_by_customer(ten).await;
    sqlx::query("update services set minimum_notice_minutes = 60 * 24 * 20, duration_minutes = 30")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let none: SlotList = scene.other_times(&booking, &customer).await.json(200);
    assert!(starts(&none).is_empty());
    assert!(none.next_free.is_some_and(|slot| slot.start_at > scene.day + Duration::days(17)));

    let listed = hold_to_the_list(&scene, &booking, &scene.owner).await;
    let list: SlotList = scene.other_times(&booking, &scene.owner).await.json(200);
    assert_eq!(list.duration_minutes, 60);
    assert!(listed.contains(&scene.at(16, 0)) && !listed.contains(&scene.at(16, 30)));
}

#[actix_web::test]
async fn seats_count_for_the_whole_party() {
    let scene = Scene::open(2).await;
    let class = fixtures::service(&scene.server.db, scene.shop.provider, 60, 4).await;
    let party = |size: u32, hour: i64| {
        scene.booked_by_customer(
            json!({ "service_id": class, "start_at": scene.at(hour, 0), "party_size": size }),
        )
    };
    let (booking, customer) = party(3, 9).await;
    party(2, 11).await;
    party(1, 13).await;
    let listed = hold_to_the_list(&scene, &booking, &customer).await;
    assert!(!listed.contains(&scene.at(11, 0)) && listed.contains(&scene.at(13, 0)));
}

#[actix_web::test]
async fn it_is_cheap_to_ask_again_and_others_learn_nothing() {
    let scene = Scene::open(2).await;
    let booking = scene.book(scene.shop.service, &scene.at(10, 0)).await;
    let token = booking.manage_token.clone().unwrap();
    let path = scene.path(&booking);
    let by_link = async |path: &str| scene.server.get(path).header("x-manage-token", &token).call().await;
    let tag = by_link(&path).await.etag();
    let again = scene.server.get(&path).header("x-manage-token", &token).header("if-none-match", tag);
    assert_eq!(again.call().await.status, 304);

    scene.server.get(&path).call().await.problem("not_found");
    scene.server.get(&path).header("x-manage-token", "guess").call().await.problem("not_found");
    let ask = async |query: &str| by_link(&format!("/bookings/{}/slots?{query}", booking.id)).await;
    for (query, pointer) in [
        ("from=2027-01-02&to=2027-01-01", "?to"),
        ("from=2027-01-01&to=2027-05-01", "?to"),
        ("from=2027-01-01&to=2027-01-02&time_zone=Mars", "?time_zone"),
    ] {
        let problem = ask(query).await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, pointer);
    }
    ask("from=2027-01-01").await.problem("malformed_query");

    let cancel = scene.server.post(&format!("/bookings/{}/cancel", booking.id), &json!({}));
    cancel.header("if-match", "*").bearer_auth(&scene.owner).call().await.json::<Booking>(200);
    by_link(&path).await.problem("invalid_transition");
}
