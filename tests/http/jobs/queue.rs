//! What goes into the queue, and what comes out when.

use super::{Note, Queue, job};
use api::jobs::{self, Job, NewJob, Priority, Registry, Sweep};
use time::{Duration, OffsetDateTime};

async fn in_an_hour(queue: &Queue) -> OffsetDateTime {
    let mut db = queue.db.acquire().await.unwrap();
    api::db::now(&mut db).await.unwrap() + Duration::HOUR
}

#[actix_web::test]
async fn a_job_is_part_of_the_transaction_that_queues_it() {
    let queue = Queue::new().await;
    let mut tx = api::db::begin(&queue.db).await.unwrap();
    jobs::enqueue(&mut tx, &[job("undone")]).await.unwrap();
    tx.rollback().await.unwrap();
    let mut tx = api::db::begin(&queue.db).await.unwrap();
    jobs::enqueue(&mut tx, &[job("done"), job("done too")]).await.unwrap();
    assert_eq!(queue.run().await, 0, "nothing runs before the commit");
    tx.commit().await.unwrap();
    assert_eq!(queue.run().await, 2);
    let mut notes = queue.notes().await;
    notes.sort();
    assert_eq!(notes, ["done", "done too"]);
    assert_eq!(queue.length().await, 0, "what is done leaves the queue");
}

#[actix_web::test]
async fn a_job_waits_for_its_time_on_the_platforms_clock() {
    let queue = Queue::new().await;
    let later = in_an_hour(&queue).await;
    queue.add(&[job("reminder").at(later)]).await;
    assert_eq!(queue.run().await, 0);
    queue.advance("59 minutes").await;
    assert_eq!(queue.run().await, 0);
    queue.advance("2 minutes").await;
    assert_eq!(queue.run().await, 1);
}

#[actix_web::test]
async fn a_job_takes_the_place_of_the_one_with_its_key() {
    let queue = Queue::new().await;
    let later = in_an_hour(&queue).await;
    queue.add(&[job("old").key("reminder:1").at(later), job("other").key("reminder:2").at(later)]).await;
    queue.add(&[job("replaced at once").key("reminder:1"), job("new").key("reminder:1")]).await;
    assert_eq!(queue.length().await, 2);
    queue.run().await;
    assert_eq!(queue.notes().await, ["new"]);
    queue.advance("2 hours").await;
    queue.run().await;
    assert_eq!(queue.notes().await, ["new", "other"]);
}

#[actix_web::test]
async fn withdrawn_jobs_do_not_run() {
    let queue = Queue::new().await;
    queue.add(&[job("a").key("a"), job("b").key("b"), job("no key")]).await;
    let mut db = queue.db.acquire().await.unwrap();
    jobs::withdraw(&mut db, &["a".to_owned(), "unknown".to_owned()]).await.unwrap();
    assert_eq!(queue.run().await, 2);
    assert!(!queue.notes().await.contains(&"a".to_owned()));
}

#[actix_web::test]
async fn due_jobs_of_higher_priority_go_first() {
    let queue = Queue::new().await;
    let many = |name: &str, priority| (0..25).map(|_| job(name).priority(priority)).collect::<Vec<_>>();
    queue.add(&many("low", Priority::Low)).await;
    queue.add(&many("normal", Priority::Normal)).await;
    queue.add(&many("high", Priority::High)).await;
    assert_eq!(queue.run().await, 75);
    let notes = queue.notes().await;
    assert!(notes[..20].iter().all(|name| name == "high"), "{notes:?}");
    assert!(notes[60..].iter().all(|name| name == "low"), "{notes:?}");
}

#[actix_web::test]
async fn jobs_of_kinds_that_this_version_does_not_know_are_left_to_others() {
    let queue = Queue::new().await;
    queue.add(&[job("known")]).await;
    queue
        .execute(
            "insert into jobs (id, kind, payload, run_at, max_attempts) values
        (gen_random_uuid(), 'test.of_the_future', '{}', app_now(), 1)",
        )
        .await;
    assert_eq!(queue.run().await, 1);
    assert_eq!(queue.number("select count(*) from jobs where attempts = 0 and dead_at is null").await, 1);
}

#[actix_web::test]
async fn a_payload_that_cannot_be_written_stops_the_transaction() {
    struct Unwritable;
    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("on purpose"))
        }
    }
    impl<'de> serde::Deserialize<'de> for Unwritable {
        fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            Ok(Self)
        }
    }
    impl Job for Unwritable {
        const KIND: &'static str = "test.unwritable";
        async fn run(self, _: &jobs::JobContext) -> jobs::Outcome {
            Ok(())
        }
    }
    let queue = Queue::new().await;
    let mut db = queue.db.acquire().await.unwrap();
    let refused = jobs::enqueue(&mut db, &[NewJob::of(&Unwritable), job("fine")]).await;
    assert!(matches!(refused, Err(sqlx::Error::Encode(_))));
    assert_eq!(queue.length().await, 0);
    assert_eq!(Note::MAX_ATTEMPTS, 12);
}

#[actix_web::test]
async fn rows_that_have_served_their_time_are_deleted() {
    let queue = Queue::new().await;
    queue.execute("insert into idempotency_keys (scope, key, fingerprint, created_at) values
            ('s', 'old', '', app_now() - interval '25 hours'), ('s', 'young', '', app_now() - interval '23 hours');
        insert into users (id, email, password_hash, name) values (gen_random_uuid(), 'a@example.org', '', 'A');
        insert into refresh_tokens (id, user_id, family, token_hash, expires_at)
            select gen_random_uuid(), id, gen_random_uuid(), hash::bytea, now() + wait::interval
            from users, (values ('old', '-1 minute'), ('young', '1 minute')) as token (hash, wait);
        insert into user_tokens (token_hash, user_id, purpose, email, expires_at)
            select hash::bytea, id, 'verify_email', email, now() + wait::interval
            from users, (values ('old', '-1 minute'), ('young', '1 minute')) as token (hash, wait);
        insert into throttles (key, attempts, window_ends_at) values
            ('old', 1, now() - interval '1 minute'), ('young', 1, now() + interval '1 minute');
        insert into inbound_events (source, event_id, kind, object_id, received_at, done_at) values
            ('s', 'old', '', '', app_now() - interval '91 days', app_now() - interval '91 days'),
            ('s', 'young', '', '', app_now() - interval '99 days', app_now() - interval '89 days');
        -- tokens live in real time, whatever the platform's clock says
        update clock set offset_by = interval '30 minutes'").await;
    queue.add(&[NewJob::of(&Sweep {})]).await;
    jobs::run_due_of(&queue.ctx, &Registry::default().with::<Sweep>()).await.unwrap();
    for (left, what) in [
        ("select array_agg(key) from idempotency_keys", "idempotency keys"),
        ("select array_agg(convert_from(token_hash, 'UTF8')) from refresh_tokens", "refresh tokens"),
        ("select array_agg(convert_from(token_hash, 'UTF8')) from user_tokens", "one-time tokens"),
        ("select array_agg(key) from throttles", "throttles"),
        ("select array_agg(event_id) from inbound_events", "events of others"),
    ] {
        let left: Vec<String> = sqlx::query_scalar(left).fetch_one(&queue.db).await.unwrap();
        assert_eq!(left, ["young"], "{what}");
    }
}
