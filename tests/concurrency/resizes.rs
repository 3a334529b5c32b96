//! Races of bookings that are made longer.

use super::clients::{Arena, rush};
use serde_json::json;

#[actix_web::test]
async fn two_that_grow_towards_each_other_never_meet() {
    let arena = Arena::open().await;
    let owner = arena.token(arena.shop.owner);
    for day in 2..7 {
        let early = arena.book(arena.shop.service, &arena.at(day, 10, 0)).await;
        let late = arena.book(arena.shop.service, &arena.at(day, 13, 0)).await;
        let grow = |turn: usize, booking: &contract::bookings::Booking, start: String, end: String| {
            arena
                .post(
                    turn,
                    &format!("/bookings/{}/reschedule", booking.id),
                    &json!({ "start_at": start, "end_at": end }),
                )
                .bearer_auth(&owner)
                .header("if-match", "*")
        };
        let mut requests = Vec::new();
        for step in 1..=10 {
            let turn = usize::try_from(step).unwrap();
            requests.push(grow(turn, &early, arena.at(day, 10, 0), arena.at(day, 11, step * 12)));
            requests.push(grow(turn + 1, &late, arena.at(day, 13, -step * 12), arena.at(day, 14, 0)));
        }
        let outcomes = rush(requests).await;
        for outcome in &outcomes {
            assert!(matches!(outcome.status, 200 | 409), "{outcome:?}");
        }
        assert!(outcomes.iter().any(|outcome| outcome.status == 200));
        arena.assert_sound().await;
    }
}

#[actix_web::test]
async fn time_that_is_added_and_booked_at_once_goes_to_one() {
    let arena = Arena::open().await;
    let owner = arena.token(arena.shop.owner);
    for day in 2..7 {
        let booking = arena.book(arena.shop.service, &arena.at(day, 10, 0)).await;
        let body = json!({ "start_at": arena.at(day, 10, 0), "end_at": arena.at(day, 12, 0) });
        let mut requests: Vec<_> =
            (0..20).map(|turn| arena.wish(turn, arena.shop.service, &arena.at(day, 11, 0), 1)).collect();
        requests.insert(
            10,
            arena
                .post(1, &format!("/bookings/{}/reschedule", booking.id), &body)
                .bearer_auth(&owner)
                .header("if-match", "*"),
        );
        let outcomes = rush(requests).await;
        let won = outcomes.iter().filter(|outcome| matches!(outcome.status, 200 | 201)).count();
        assert_eq!(won, 1, "{outcomes:?}");
        arena.assert_sound().await;
    }
}
