//! Races for the seats of a group service.

use super::clients::{Arena, rush};
use crate::support::fixtures;
use serde_json::json;

#[actix_web::test]
async fn parties_share_the_last_seats() {
    let arena = Arena::open().await;
    let class = fixtures::service(&arena.fleet.db, arena.shop.provider, 60, 20).await;
    let start = arena.at(2, 10, 0);
    let size = |turn: usize| u32::try_from(turn % 4).unwrap() + 1;
    let outcomes = rush((0..60).map(|turn| arena.wish(turn, class, &start, size(turn))).collect()).await;
    let mut taken = 0;
    let mut smallest_refused = u32::MAX;
    for (turn, outcome) in outcomes.iter().enumerate() {
        match (outcome.status, outcome.code.as_str()) {
            (201, _) => taken += size(turn),
            (409, "slot_taken") => smallest_refused = smallest_refused.min(size(turn)),
            _ => panic!("{outcome:?}"),
        }
    }
    assert!(
        taken <= 20 && 20 - taken < smallest_refused,
        "{taken} taken, a party of {smallest_refused} was refused"
    );
    let seats: i32 =
        sqlx::query_scalar("select seats_taken from appointments").fetch_one(&arena.fleet.db).await.unwrap();
    assert_eq!(u32::try_from(seats).unwrap(), taken);
    arena.assert_sound().await;
}

#[actix_web::test]
async fn comings_and_goings_lose_no_seat() {
    let arena = Arena::open().await;
    let class = fixtures::service(&arena.fleet.db, arena.shop.provider, 60, 6).await;
    let (morning, noon) = (arena.at(2, 9, 0), arena.at(2, 12, 0));
    let mut bookings = Vec::new();
    for _ in 0..6 {
        bookings.push(arena.book(class, &morning).await);
    }
    let mut requests = Vec::new();
    for (turn, booking) in bookings.iter().enumerate() {
        requests.push(match turn % 3 {
            0 => arena.act(turn, booking, "cancel", &json!({})),
            _ => arena.act(turn, booking, "reschedule", &json!({ "start_at": noon })),
        });
        requests.push(arena.wish(turn, class, &morning, 2));
        requests.push(arena.wish(turn + 1, class, &noon, 1));
    }
    for outcome in rush(requests).await {
        assert!(matches!(outcome.status, 200 | 201 | 409), "{outcome:?}");
    }
    arena.assert_sound().await;
}
