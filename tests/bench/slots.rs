//! `GET …/slots`: 31 days of a 60-minute service every 15 minutes, 09:00 to 17:00 on weekdays, 200 bookings in between.

use crate::Result;
use crate::database::{Database, FIRST_OF_MONTH, MONTHS, id};
use crate::load::Request;
use crate::serve::{API, FACTS, Server};
use crate::table;
use std::rc::Rc;
use std::time::Duration;

const ROUNDS: usize = 5;
const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_millis(1500);
const TIME: Duration = Duration::from_secs(3);

/// Measures the list of slots beside the bare facts query.
pub async fn measure(database: &Database) -> Result<()> {
    let copy = database.copy("bench_slots").await?;
    let (slots, facts) = (Server::start(API, &copy)?, Server::start(FACTS, &copy)?);
    let (list, bare) = (list(database.monday)?, bare(database.monday));
    slots.load(CONNECTIONS, WARM_UP, &list, "200").await?;
    facts.load(CONNECTIONS, WARM_UP, &bare, "200").await?;
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(slots.load(CONNECTIONS, TIME, &list, "200").await?);
        others.push(facts.load(CONNECTIONS, TIME, &bare, "200").await?);
    }
    table::print(("GET …/slots", &ours), ("the bare facts query as JSON", &others));
    Ok(())
}

/// The providers take turns.
fn service(n: u64) -> uuid::Uuid {
    id(FIRST_OF_MONTH + n % MONTHS)
}

fn list(monday: i64) -> Result<Request> {
    let from = time::OffsetDateTime::from_unix_timestamp(monday)?.date();
    let to = from + time::Duration::days(30);
    Ok(Rc::new(move |n| {
        let service = service(n);
        format!(
            "GET /api/v1/services/{service}/slots?from={from}&to={to} HTTP/1.1\r\nhost: bench\r\naccept-encoding: identity\r\n\r\n"
        )
    }))
}

/// The same facts, as wide as the list of slots needs them in any zone.
fn bare(monday: i64) -> Request {
    let (from, to) = (monday - 86_400, monday + 32 * 86_400);
    Rc::new(move |n| format!("GET /facts/{}/{from}/{to} HTTP/1.1\r\nhost: bench\r\n\r\n", service(n)))
}
