//! A server that dies in the middle of its work.

use super::clients::{Arena, read};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

#[actix_web::test]
async fn a_killed_server_leaves_nothing_half_done() {
    let mut arena = Arena::open().await;
    sqlx::query("update services set slot_step_minutes = 10, duration_minutes = 10")
        .execute(&arena.fleet.db)
        .await
        .unwrap();
    let mut answers: FuturesUnordered<_> = (0..240)
        .map(|turn| {
            let k = i64::try_from(turn).unwrap();
            let start = arena.at(2 + k / 48 % 5, 9, k % 48 * 10);
            let request = arena.wish(turn, arena.shop.service, &start, 1);
            async move {
                match request.send().await {
                    Ok(response) => Some(read(response).await),
                    // The connection broke: the client cannot know whether it has the time.
                    Err(_) => None,
                }
            }
        })
        .collect();
    let (mut answered, mut won) = (0, 0);
    while let Some(answer) = answers.next().await {
        answered += 1;
        if answered == 40 {
            arena.fleet.kill(1);
        }
        if let Some(outcome) = answer {
            assert!(matches!(outcome.status, 201 | 409), "{outcome:?}");
            won += i64::from(outcome.status == 201);
        }
    }
    drop(answers);
    assert!(won <= arena.standing().await, "every booking that was answered stands");
    // What the dead server held is given back when the database notices; the others go on at once.
    arena.assert_sound().await;
    let free = arena.at(8, 10, 0);
    let survivor = arena.wish(0, arena.shop.service, &free, 1).send().await.unwrap();
    assert_eq!(survivor.status().as_u16(), 201);
}
