//! Races of a whole day against bookings.

use super::clients::{Arena, rush};
use contract::days::DayChange;
use futures_util::future::join;
use serde_json::json;

#[actix_web::test]
async fn a_day_moves_while_others_book() {
    let arena = Arena::open().await;
    let owner = arena.token(arena.shop.owner);
    for hour in [9, 11, 13, 15] {
        arena.book(arena.shop.service, &arena.at(2, hour, 0)).await;
    }
    let path = |day: i64, what: &str| {
        format!("/providers/{}/days/{}/{what}", arena.shop.provider, &arena.at(day, 0, 0)[..10])
    };
    // Back and forth, while people want times on both days.
    for round in 0..4 {
        let (from, to) = if round % 2 == 0 { (2, 3) } else { (3, 2) };
        let body = json!({ "to_date": &arena.at(to, 0, 0)[..10], "fitting_only": true });
        let moves =
            (0..3).map(|turn| arena.post(turn, &path(from, "move"), &body).bearer_auth(&owner)).collect();
        let wishes = (0..40)
            .map(|turn| {
                let hour = 9 + i64::try_from(turn % 8).unwrap();
                let day = if turn % 3 == 0 { 2 } else { 3 };
                arena.wish(turn, arena.shop.service, &arena.at(day, hour, 0), 1)
            })
            .collect();
        let (moved, wished) = join(rush(moves), rush(wishes)).await;
        for outcome in &moved {
            assert_eq!(outcome.status, 200, "{outcome:?}");
        }
        for outcome in &wished {
            assert!(matches!(outcome.status, 201 | 409), "{outcome:?}");
        }
        arena.assert_sound().await;
    }
}

#[actix_web::test]
async fn a_day_that_is_closed_takes_nobody_in_between() {
    let arena = Arena::open().await;
    let owner = arena.token(arena.shop.owner);
    for day in 2..5 {
        arena.book(arena.shop.service, &arena.at(day, 9, 0)).await;
        let path = format!("/providers/{}/days/{}/cancel", arena.shop.provider, &arena.at(day, 0, 0)[..10]);
        let close = arena.post(1, &path, &json!({ "close": true })).bearer_auth(&owner);
        let wishes = (0..24)
            .map(|turn| {
                let hour = 10 + i64::try_from(turn % 6).unwrap();
                arena.wish(turn, arena.shop.service, &arena.at(day, hour, 0), 1)
            })
            .collect();
        let (closed, wished) = join(rush(vec![close]), rush(wishes)).await;
        assert_eq!(closed[0].status, 200, "{closed:?}");
        let change: DayChange = serde_json::from_str(&closed[0].body).unwrap();
        for outcome in &wished {
            assert!(matches!(outcome.status, 201 | 409 | 422), "{outcome:?}");
        }
        // Whoever got a time before the day was closed is among those who were told.
        for winner in wished.iter().filter(|outcome| outcome.status == 201) {
            assert!(change.changed.iter().any(|booking| booking.id == winner.booking().id));
        }
        assert_eq!(arena.standing().await, 0);
        arena.assert_sound().await;
    }
}
