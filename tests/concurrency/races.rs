//! Races for one provider's time.

use super::clients::{Arena, rush, tally};
use crate::support::fixtures;
use contract::bookings::Booking;
use futures_util::future::join;
use serde_json::json;

/// A short way to write a tally.
fn counts<const N: usize>(expected: [(&str, usize); N]) -> std::collections::BTreeMap<String, usize> {
    expected.map(|(end, count)| (end.to_owned(), count)).into()
}

#[actix_web::test]
async fn of_two_hundred_clients_one_gets_the_slot() {
    let arena = Arena::open().await;
    let start = arena.at(2, 10, 0);
    let outcomes = rush((0..200).map(|turn| arena.wish(turn, arena.shop.service, &start, 1)).collect()).await;
    assert_eq!(tally(&outcomes), counts([("201", 1), ("409 slot_taken", 199)]));
    arena.assert_sound().await;
}

#[actix_web::test]
async fn overlapping_times_are_given_once() {
    let arena = Arena::open().await;
    sqlx::query("update services set slot_step_minutes = 15, buffer_after_minutes = 15")
        .execute(&arena.fleet.db)
        .await
        .unwrap();
    let starts: Vec<String> = (0..28).map(|k| arena.at(2, 9, k * 15)).collect();
    let outcomes =
        rush((0..140).map(|turn| arena.wish(turn, arena.shop.service, &starts[turn * 11 % 28], 1)).collect())
            .await;
    let tally = tally(&outcomes);
    assert_eq!(tally.values().sum::<usize>(), tally["201"] + tally["409 slot_taken"]);
    assert_eq!(i64::try_from(tally["201"]).unwrap(), arena.standing().await);
    arena.assert_sound().await;
}

#[actix_web::test]
async fn services_of_one_provider_share_its_time() {
    let arena = Arena::open().await;
    let mut services = vec![arena.shop.service];
    for minutes in [30, 45, 90] {
        services.push(fixtures::service(&arena.fleet.db, arena.shop.provider, minutes, 1).await);
    }
    let start = arena.at(2, 9, 0);
    let outcomes = rush((0..100).map(|turn| arena.wish(turn, services[turn % 4], &start, 1)).collect()).await;
    assert_eq!(tally(&outcomes), counts([("201", 1), ("409 slot_taken", 99)]));
    arena.assert_sound().await;
}

#[actix_web::test]
async fn providers_do_not_wait_for_each_other() {
    let arena = Arena::open().await;
    let mut services = vec![arena.shop.service];
    for _ in 0..9 {
        services.push(fixtures::shop(&arena.fleet.db, "UTC").await.service);
    }
    let start = arena.at(2, 10, 0);
    let outcomes =
        rush((0..100).map(|turn| arena.wish(turn, services[turn % 10], &start, 1)).collect()).await;
    assert_eq!(tally(&outcomes), counts([("201", 10), ("409 slot_taken", 90)]));
    arena.assert_sound().await;
}

#[actix_web::test]
async fn moves_that_cross_lose_nothing() {
    let arena = Arena::open().await;
    let mut bookings: Vec<Booking> = Vec::new();
    for hour in 9..17 {
        bookings.push(arena.book(arena.shop.service, &arena.at(2, hour, 0)).await);
    }
    // Everybody wants a neighbour's place or the free day after, all at once.
    let mut requests = Vec::new();
    for (turn, booking) in bookings.iter().enumerate() {
        let hour = i64::try_from(turn).unwrap();
        for (day, hour) in [(2, 9 + (hour + 1) % 8), (3, 9 + hour / 2), (2, 9 + (hour + 7) % 8)] {
            requests.push(arena.act(
                turn,
                booking,
                "reschedule",
                &json!({ "start_at": arena.at(day, hour, 0) }),
            ));
        }
    }
    let outcomes = rush(requests).await;
    for outcome in &outcomes {
        assert!(matches!(outcome.status, 200 | 409 | 412), "{outcome:?}");
    }
    assert!(outcomes.iter().any(|outcome| outcome.status == 200));
    assert_eq!(arena.standing().await, 8);
    arena.assert_sound().await;
}

#[actix_web::test]
async fn a_freed_time_goes_to_one() {
    let arena = Arena::open().await;
    let start = arena.at(2, 10, 0);
    for round in 0..5 {
        let booking = match arena.standing().await {
            0 => arena.book(arena.shop.service, &start).await,
            _ => panic!("round {round} starts with a taken time"),
        };
        let cancel = rush(vec![arena.act(round, &booking, "cancel", &json!({}))]);
        let wishes = rush((0..30).map(|turn| arena.wish(turn, arena.shop.service, &start, 1)).collect());
        let (cancelled, wished) = join(cancel, wishes).await;
        assert_eq!(cancelled[0].status, 200, "{cancelled:?}");
        let tally = tally(&wished);
        let won = tally.get("201").copied().unwrap_or_default();
        assert!(
            won <= 1 && won + tally.get("409 slot_taken").copied().unwrap_or_default() == 30,
            "{tally:?}"
        );
        assert_eq!(arena.standing().await, i64::try_from(won).unwrap());
        arena.assert_sound().await;
        for winner in wished.iter().filter(|outcome| outcome.status == 201) {
            let end = rush(vec![arena.act(0, &winner.booking(), "cancel", &json!({}))]).await;
            assert_eq!(end[0].status, 200, "{end:?}");
        }
    }
}

#[actix_web::test]
async fn one_key_makes_one_booking() {
    let arena = Arena::open().await;
    let start = arena.at(2, 10, 0);
    let requests = (0..50)
        .map(|turn| {
            let body = json!({ "service_id": arena.shop.service, "start_at": start,
                "client": { "name": "Ada", "email": "ada@example.org" } });
            arena.post(turn, "/bookings", &body).header("idempotency-key", "the-one")
        })
        .collect();
    let outcomes = rush(requests).await;
    assert_eq!(tally(&outcomes), counts([("201", 50)]));
    assert!(outcomes.iter().all(|outcome| outcome.body == outcomes[0].body), "all answers are the same");
    assert_eq!(arena.standing().await, 1);
    arena.assert_sound().await;
}

#[actix_web::test]
async fn hours_and_bookings_never_disagree() {
    let arena = Arena::open().await;
    let owner = arena.token(arena.shop.owner);
    let hours = format!("/providers/{}/schedule/weekly", arena.shop.provider);
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    for round in 0..4 {
        // Two servers take bookings for the afternoon while the third closes it.
        let start = arena.at(2 + round, 14, 0);
        let weekly: Vec<_> =
            days.iter().map(|day| json!({ "day": day, "start": "09:00", "end": "12:00" })).collect();
        let close =
            arena.put(2, &hours, &json!({ "weekly": weekly })).bearer_auth(&owner).header("if-match", "*");
        let wishes = (0..20).map(|turn| arena.wish(turn % 2, arena.shop.service, &start, 1)).collect();
        let (closed, wished) = join(rush(vec![close]), rush(wishes)).await;
        assert_eq!(closed[0].status, 200, "{closed:?}");
        let change: contract::schedules::ScheduleChange = serde_json::from_str(&closed[0].body).unwrap();
        for outcome in &wished {
            assert!(matches!(outcome.status, 201 | 409 | 422), "{outcome:?}");
        }
        let stranded: Vec<_> = change.stranded.iter().map(|booking| booking.id).collect();
        for winner in
            wished.iter().filter(|outcome| outcome.status == 201).map(super::clients::Outcome::booking)
        {
            assert!(stranded.contains(&winner.id), "a booking made before the change is told of by it");
        }
        arena.assert_sound().await;
        let weekly: Vec<_> =
            days.iter().map(|day| json!({ "day": day, "start": "09:00", "end": "17:00" })).collect();
        let open =
            arena.put(0, &hours, &json!({ "weekly": weekly })).bearer_auth(&owner).header("if-match", "*");
        assert_eq!(rush(vec![open]).await[0].status, 200);
    }
}
