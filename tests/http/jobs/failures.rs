//! Jobs that do not succeed.

use super::{Flaky, Hopeless, Panics, Queue, job};
use api::jobs::NewJob;

#[actix_web::test]
async fn a_failed_job_is_tried_again_later_and_given_up_in_the_end() {
    let queue = Queue::new().await;
    queue.add(&[NewJob::of(&Flaky)]).await;
    for attempt in 1..=2 {
        assert_eq!(queue.run().await, 1, "attempt {attempt}");
        assert_eq!(queue.run().await, 0, "not again at once");
        let waits = "select count(*) from jobs where run_at > app_now() and dead_at is null and lease is null
                     and last_error = 'not today'";
        assert_eq!(queue.number(waits).await, 1);
        queue.advance("1 hour").await;
    }
    assert_eq!(queue.run().await, 1);
    assert_eq!(queue.number("select count(*) from jobs where dead_at is not null and attempts = 3").await, 1);
    queue.advance("30 days").await;
    assert_eq!(queue.run().await, 0, "the dead stay dead");
    assert_eq!(queue.notes().await, ["flaky"; 3]);
}

#[actix_web::test]
async fn what_cannot_be_helped_is_given_up_at_once_and_kept() {
    let queue = Queue::new().await;
    queue.add(&[NewJob::of(&Hopeless)]).await;
    queue
        .execute(
            "insert into jobs (id, kind, payload, run_at, max_attempts) values
        (gen_random_uuid(), 'test.note', '{\"name\": 1}', app_now(), 9)",
        )
        .await;
    assert_eq!(queue.run().await, 2);
    let errors: Vec<String> =
        sqlx::query_scalar("select last_error from jobs where dead_at is not null order by last_error")
            .fetch_all(&queue.db)
            .await
            .unwrap();
    assert_eq!(errors, ["no such thing", "the payload does not parse"]);
}

#[actix_web::test]
async fn a_panic_is_the_failure_of_one_job() {
    let queue = Queue::new().await;
    queue.add(&[NewJob::of(&Panics), job("fine")]).await;
    assert_eq!(queue.run().await, 2);
    assert_eq!(queue.notes().await, ["fine"]);
    assert_eq!(queue.number("select count(*) from jobs where last_error = 'the job panicked'").await, 1);
}

#[actix_web::test]
async fn a_dead_job_lives_again_when_it_is_queued_anew() {
    let queue = Queue::new().await;
    queue.add(&[NewJob::of(&Hopeless).key("k")]).await;
    queue.run().await;
    queue.add(&[job("second life").key("k")]).await;
    queue.run().await;
    assert_eq!(queue.notes().await, ["hopeless", "second life"]);
    assert_eq!(queue.length().await, 0);
}

#[actix_web::test]
async fn a_job_that_takes_its_workers_down_is_given_up_too() {
    let queue = Queue::new().await;
    queue.add(&[job("deadly")]).await;
    // Every attempt was claimed, and none ever ended.
    queue
        .execute(
            "update jobs set attempts = max_attempts, lease = gen_random_uuid(),
        leased_until = statement_timestamp() - interval '1 second'",
        )
        .await;
    assert_eq!(queue.run().await, 1);
    assert!(queue.notes().await.is_empty());
    assert_eq!(queue.number("select count(*) from jobs where dead_at is not null").await, 1);
}
