//! What is lost is noticed: connections of the hub that end, and clients that read too slowly.

use super::reader::{LONG, Reader, session};
use crate::support::{TestServer, fixtures};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

#[actix_web::test]
async fn the_hub_reads_and_hears_again_after_its_connections_are_ended() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let (token, _) = session(&server, shop.owner).await;
    let path = format!("/providers/{}/events", shop.provider);
    let (mut agenda, _) = Reader::open(server.get(&path).bearer_auth(&token)).await;
    // One connection for all questions of the test, so that it ends none of its own.
    let mut db = server.db.acquire().await.unwrap();
    let mut ended: Vec<i32> = Vec::new();
    for name in ["First", "Second"] {
        // The listener and the reader as they are now: who was ended can be seen for a while.
        let both = async {
            loop {
                let found: Vec<(i32, bool)> = sqlx::query_as(
                    "select pid, query ilike 'listen %' from pg_stat_activity
                     where datname = current_database() and query not ilike '%pg_stat_activity%' and pid <> all($1)
                        and (query ilike 'listen %' or query like '%pg_current_snapshot%')",
                )
                .bind(&ended)
                .fetch_all(&mut *db)
                .await
                .unwrap();
                if found.iter().any(|(_, listens)| *listens) && found.iter().any(|(_, listens)| !listens) {
                    return found.into_iter().map(|(pid, _)| pid).collect::<Vec<_>>();
                }
            }
        };
        let both = tokio::time::timeout(LONG, both).await.expect("it reads and listens");
        sqlx::query("select pg_terminate_backend(pid) from unnest($1) pid")
            .bind(&both)
            .execute(&mut *db)
            .await
            .unwrap();
        ended.extend(both);
        sqlx::query("update services set name = $1").bind(name).execute(&mut *db).await.unwrap();
        assert_eq!(agenda.event(LONG).await.changes()[0].id, shop.service, "{name}");
    }
}

/// More messages than wait for a slow stream, with all that fits into the buffers on the way.
const MESSAGES: usize = 80;

#[actix_web::test]
async fn who_reads_too_slowly_is_told_to_start_anew() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    sqlx::query(
        "insert into services (id, provider_id, name, duration_minutes, price_minor, capacity)
         select gen_random_uuid(), $1, 'Consultation', 60, 5000, 1 from generate_series(1, 2000)",
    )
    .bind(shop.provider)
    .execute(&server.db)
    .await
    .unwrap();
    let (token, _) = session(&server, shop.owner).await;
    let path = format!("/providers/{}/events", shop.provider);
    // One who keeps up, so that each change is a message of its own.
    let (mut quick, _) = Reader::open(server.get(&path).bearer_auth(&token)).await;

    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let address = server.url.trim_start_matches("http://").parse().unwrap();
    let mut slow = socket.connect(address).await.unwrap();
    let head = format!("GET /api/v1{path} HTTP/1.1\r\nhost: here\r\nauthorization: Bearer {token}\r\n\r\n");
    slow.write_all(head.as_bytes()).await.unwrap();
    let mut read = String::new();
    let mut bytes = [0; 512];
    while !read.contains("event: ready") {
        let count = slow.read(&mut bytes).await.unwrap();
        read.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
    }

    for number in 0..MESSAGES {
        sqlx::query("update services set name = $1")
            .bind(format!("Number {number}"))
            .execute(&server.db)
            .await
            .unwrap();
        assert!(quick.event(LONG).await.changes().len() > 2000, "who keeps up hears all");
    }

    let reset = async {
        let mut bytes = vec![0; 65_536];
        while !read.contains("event: reset\n") {
            // The end of what was read before may be the beginning of it.
            read.drain(..read.len().saturating_sub(20));
            let count = slow.read(&mut bytes).await.unwrap();
            assert!(count > 0, "the stream has ended");
            read.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        }
    };
    tokio::time::timeout(LONG, reset).await.expect("it was told nothing");
}
