//! `POST /bookings`: guests book free hours of 200 providers, with durable commits.

use crate::Result;
use crate::database::{Database, FIRST_ROUND_THE_CLOCK, ROUND_THE_CLOCK, id};
use crate::load::Request;
use crate::pgbench;
use crate::serve::{API, Server};
use crate::table;
use sqlx::{ConnectOptions, Connection};
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const ROUNDS: usize = 3;
const CONNECTIONS: usize = 32;
const WARM_UP: Duration = Duration::from_secs(1);
const TIME: Duration = Duration::from_secs(5);

/// Measures bookings over HTTP beside `pgbench` with the same statements. Each run has a database of its own.
pub async fn measure(database: &Database) -> Result<()> {
    let book = book(database.monday);
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let copy = database.copy("bench_bookings").await?;
        let server = Server::start(API, &copy)?;
        server.load(CONNECTIONS, WARM_UP, &book, "201").await?;
        ours.push(server.load(CONNECTIONS, TIME, &book, "201").await?);
        drop(server);
        let mut connection = copy.connect().await?;
        let answer = sqlx::query_scalar("select body::text from idempotency_keys limit 1");
        let answer: String = answer.fetch_one(&mut connection).await?;
        connection.close().await?;

        let copy = database.copy("bench_bookings").await?;
        others.push(pgbench::run(&copy, database.monday, &answer, TIME).await?);
    }
    table::print(("POST /bookings", &ours), ("pgbench, the same statements", &others));
    Ok(())
}

/// The providers take turns; each has its even hours booked one after the other, each by another guest.
fn book(monday: i64) -> Request {
    Rc::new(move |n| {
        let service = id(FIRST_ROUND_THE_CLOCK + n % ROUND_THE_CLOCK);
        let hours = i64::try_from(n / ROUND_THE_CLOCK).unwrap_or_default() * 2;
        let start =
            OffsetDateTime::from_unix_timestamp(monday + hours * 3600).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let start = start.format(&Rfc3339).unwrap_or_default();
        let body = format!(
            r#"{{"service_id":"{service}","start_at":"{start}","client":{{"name":"Ada","email":"ada-{n}@example.org"}},"locale":"en"}}"#
        );
        let address = Ipv4Addr::from_bits(0x0a00_0000 | u32::try_from(n).unwrap_or_default());
        format!(
            "POST /api/v1/bookings HTTP/1.1\r\nhost: bench\r\nx-forwarded-for: {address}\r\nidempotency-key: bench-{n}\r\ncontent-type: application/json\r\naccept-encoding: identity\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    })
}
