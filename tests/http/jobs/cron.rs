//! Jobs that come again.

use super::{Flaky, Note, Queue};
use api::jobs::{self, Pace, Registry, Worker};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn hourly() -> Registry {
    Registry::default().every(HOUR, &Note { name: "again".to_owned() })
}

impl Queue {
    /// Looks once what comes again, and runs it.
    async fn look(&self, registry: &Registry) -> usize {
        jobs::tick(&self.ctx, registry).await.unwrap();
        jobs::run_due_of(&self.ctx, registry).await.unwrap()
    }
}

#[actix_web::test]
async fn it_comes_at_once_and_then_once_in_each_period() {
    let queue = Queue::new().await;
    assert_eq!([queue.look(&hourly()).await, queue.look(&hourly()).await], [1, 0]);
    queue.advance("59 minutes").await;
    assert_eq!(queue.look(&hourly()).await, 0);
    queue.advance("1 minute").await;
    assert_eq!([queue.look(&hourly()).await, queue.look(&hourly()).await], [1, 0]);
    // A leap over many of its times brings it once, and a clock that is put back stops nothing.
    queue.advance("90 days").await;
    assert_eq!([queue.look(&hourly()).await, queue.look(&hourly()).await], [1, 0]);
    queue.advance("-90 days").await;
    assert_eq!([queue.look(&hourly()).await, queue.look(&hourly()).await], [1, 0]);
}

#[actix_web::test]
async fn what_still_waits_is_not_queued_twice_and_what_was_given_up_is_tried_afresh() {
    let queue = Queue::new().await;
    jobs::tick(&queue.ctx, &hourly()).await.unwrap();
    queue.advance("2 hours").await;
    jobs::tick(&queue.ctx, &hourly()).await.unwrap();
    assert_eq!(queue.length().await, 1);

    let queue = Queue::new().await;
    let flaky = Registry::default().every(HOUR, &Flaky);
    for _ in 0..3 {
        queue.look(&flaky).await;
        queue.advance("5 minutes").await;
    }
    assert_eq!(queue.number("select count(*) from jobs where dead_at is not null").await, 1);
    queue.advance("1 hour").await;
    assert_eq!(queue.look(&flaky).await, 1);
}

#[actix_web::test]
async fn of_many_workers_one_leads_each_time() {
    let queue = Queue::new().await;
    let pace = Pace { poll: Duration::from_millis(5), look: Duration::from_millis(5), ..Pace::default() };
    let start = || Worker::start_for(hourly(), pace, &queue.ctx.app, queue.ctx.mailer.clone()).unwrap();
    let workers: Vec<_> = (0..5).map(|_| start()).collect();
    for times in 1..=10 {
        queue.until("select count(*) from notes", times).await;
        // One that still runs is enough for the next occasion.
        queue.until("select count(*) from jobs", 0).await;
        queue.advance("1 hour").await;
    }
    for worker in workers {
        worker.drain().await;
    }
    let notes = queue.notes().await.len();
    assert!(notes == 10 || notes == 11, "{notes} for eleven occasions of which the last may not have come");
}
