//! Workers: side by side, taken away, and sent home.

use super::{Gate, Gated, Queue, job, kinds};
use api::jobs::{NewJob, Pace, Worker};
use std::time::Duration;
use uuid::Uuid;

impl Queue {
    fn worker(&self) -> Worker {
        self.worker_at(Pace { poll: Duration::from_millis(10), ..Pace::default() })
    }

    fn worker_at(&self, pace: Pace) -> Worker {
        Worker::start_for(kinds(), pace, &self.ctx.app, self.ctx.mailer.clone()).unwrap()
    }

    /// A job that waits at a gate of its own.
    async fn add_gated(&self, name: &str) -> std::sync::Arc<Gate> {
        let gate = Uuid::now_v7();
        self.add(&[NewJob::of(&Gated { gate, name: name.to_owned() }).key(name)]).await;
        Gate::of(gate)
    }

    /// Waits until the number is this one. The test's own time limit is the runner's.
    pub(super) async fn until(&self, sql: &'static str, expected: i64) {
        while self.number(sql).await != expected {
            tokio::task::yield_now().await;
        }
    }
}

#[actix_web::test]
async fn two_workers_run_each_job_once() {
    let queue = Queue::new().await;
    let names: Vec<_> = (0..300).map(|n| format!("job {n:03}")).collect();
    queue.add(&names.iter().map(|name| job(name)).collect::<Vec<_>>()).await;
    let workers = [queue.worker(), queue.worker()];
    queue.until("select count(*) from jobs", 0).await;
    for worker in workers {
        worker.drain().await;
    }
    let mut notes = queue.notes().await;
    notes.sort();
    assert_eq!(notes, names);
}

#[actix_web::test]
async fn jobs_of_a_worker_that_disappeared_are_taken_over_and_its_late_end_has_no_effect() {
    let queue = Queue::new().await;
    let gate = queue.add_gated("long").await;
    // It looks for jobs once and then never again, nor renews its lease, as one that disappears does.
    let never = Duration::from_secs(24 * 3600);
    let lost = queue.worker_at(Pace { poll: never, look: never, lease: never });
    gate.wait_for_one().await;
    assert_eq!(queue.run().await, 0, "nobody else takes it while the lease holds");
    queue.advance("1 day").await;
    assert_eq!(queue.run().await, 0, "a moved clock ends no lease");

    queue.execute("update jobs set leased_until = statement_timestamp() - interval '1 second'").await;
    let heir = queue.worker();
    gate.wait_for_one().await;
    // Both are at it now, and only the heir's end counts.
    gate.let_one_through();
    gate.let_one_through();
    queue.until("select count(*) from jobs", 0).await;
    // The row may be gone before the other run has ended.
    lost.drain().await;
    heir.drain().await;
    assert_eq!(queue.notes().await.len(), 2, "at least once: handlers look before they act");
}

#[actix_web::test]
async fn the_end_of_a_replaced_job_does_not_touch_its_successor() {
    let queue = Queue::new().await;
    let gate = queue.add_gated("reminder").await;
    let worker = queue.worker();
    gate.wait_for_one().await;
    let later = time::OffsetDateTime::from_unix_timestamp(4_000_000_000).unwrap();
    queue.add(&[job("successor").key("reminder").at(later)]).await;
    gate.let_one_through();
    queue.until("select count(*) from notes", 1).await;
    worker.drain().await;
    let waiting = "select count(*) from jobs where kind = 'test.note' and attempts = 0 and lease is null";
    assert_eq!(queue.number(waiting).await, 1);
    assert_eq!(queue.notes().await, ["reminder"]);
}

#[actix_web::test]
async fn long_jobs_keep_their_lease() {
    let queue = Queue::new().await;
    let gate = queue.add_gated("long").await;
    let lease = Duration::from_secs(2);
    let worker = queue.worker_at(Pace { poll: Duration::from_millis(10), lease, ..Pace::default() });
    gate.wait_for_one().await;
    let end = "select (extract(epoch from leased_until) * 1000000)::int8 from jobs";
    let first = queue.number(end).await;
    while queue.number(end).await < first + 3_000_000 {
        assert_eq!(queue.run().await, 0, "it is still held");
    }
    gate.let_one_through();
    queue.until("select count(*) from jobs", 0).await;
    worker.drain().await;
    assert_eq!(queue.notes().await, ["long"]);
}

#[actix_web::test]
async fn a_draining_worker_finishes_what_it_has_and_takes_nothing_new() {
    let queue = Queue::new().await;
    let gate = queue.add_gated("in flight").await;
    let worker = queue.worker();
    gate.wait_for_one().await;
    let mut drained = Box::pin(worker.drain());
    tokio::select! {
        biased;
        () = &mut drained => panic!("it waits for the job in flight"),
        () = std::future::ready(()) => gate.let_one_through(),
    }
    drained.await;
    queue.add(&[job("too late")]).await;
    assert_eq!(queue.notes().await, ["in flight"]);
    assert_eq!(queue.length().await, 1);
    assert_eq!(queue.run().await, 1, "another worker takes it");
}

#[actix_web::test]
async fn long_jobs_keep_their_lease_while_their_worker_drains() {
    let queue = Queue::new().await;
    let gate = queue.add_gated("long").await;
    let lease = Duration::from_secs(2);
    let worker = queue.worker_at(Pace { poll: Duration::from_millis(10), lease, ..Pace::default() });
    gate.wait_for_one().await;
    let draining = actix_web::rt::spawn(worker.drain());
    let end = "select (extract(epoch from leased_until) * 1000000)::int8 from jobs";
    let first = queue.number(end).await;
    while queue.number(end).await < first + 3_000_000 {
        assert_eq!(queue.run().await, 0, "it is still held");
    }
    gate.let_one_through();
    draining.await.unwrap();
    assert_eq!((queue.length().await, queue.notes().await), (0, vec!["long".to_owned()]));
}

#[actix_web::test]
async fn what_is_not_done_when_time_is_up_is_given_back() {
    let queue = Queue::with(&[("SHUTDOWN_TIMEOUT_SECONDS", "0")]).await;
    let gate = queue.add_gated("endless").await;
    let worker = queue.worker();
    gate.wait_for_one().await;
    worker.drain().await;
    let as_before = "select count(*) from jobs where lease is null and attempts = 0 and dead_at is null";
    assert_eq!(queue.number(as_before).await, 1);
    gate.let_one_through();
    assert_eq!(queue.run().await, 1, "at once, without waiting for a lease to end");
    assert_eq!(queue.notes().await, ["endless"]);
}

#[actix_web::test]
async fn a_moved_clock_wakes_a_running_worker() {
    let queue = Queue::new().await;
    let worker = queue.worker();
    let mut db = queue.db.acquire().await.unwrap();
    let tomorrow = api::db::now(&mut db).await.unwrap() + time::Duration::days(1);
    queue.add(&[job("reminder").at(tomorrow)]).await;
    queue.advance("25 hours").await;
    queue.until("select count(*) from notes", 1).await;
    worker.drain().await;
}
