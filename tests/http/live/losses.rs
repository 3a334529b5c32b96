//! What is lost is noticed: connections that end, and readers that are too slow.

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
    let listening = async || -> i64 {
        let query = "select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen %'";
        sqlx::query_scalar(query).fetch_one(&server.db).await.unwrap()
    };
    let listens = async || {
        let one = async { while listening().await < 1 {} };
        tokio::time::timeout(LONG, one).await.expect("it listens");
    };
    listens().await;
    for name in ["First", "Second"] {
        let ended: i64 = sqlx::query_scalar(
            "select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
                and (query ilike 'listen %' or query like '%pg_current_snapshot%')",
        )
        .fetch_one(&server.db)
        .await
        .unwrap();
        assert!(ended >= 2, "the reader and the listener: {ended}");
        sqlx::query("update services set name = $1").bind(name).execute(&server.db).await.unwrap();
        assert_eq!(agenda.event(LONG).await.changes()[0].id, shop.service, "{name}");
        listens().await;
    }
}

#[actix_web::test]
async fn who_reads_too_slowly_is_told_to_read_everything_again() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let (token, _) = session(&server, shop.owner).await;
    let path = format!("/providers/{}/events", shop.provider);
    let socket = TcpSocket::new_v4().unwrap();
    // So that little waits on the way.
    socket.set_recv_buffer_size(4096).unwrap();
    let mut slow = socket.connect(server.url.trim_start_matches("http://").parse().unwrap()).await.unwrap();
    let head = format!("GET /api/v1{path} HTTP/1.1\r\nhost: here\r\nauthorization: Bearer {token}\r\n\r\n");
    slow.write_all(head.as_bytes()).await.unwrap();
    let mut seen = String::new();
    let mut chunk = vec![0; 64 * 1024];
    while !seen.contains("event: ready") {
        let count = slow.read(&mut chunk).await.unwrap();
        seen.push_str(std::str::from_utf8(&chunk[..count]).unwrap());
    }

    let (mut quick, _) = Reader::open(server.get(&path).bearer_auth(&token)).await;
    for _ in 0..64 {
        sqlx::query(
            "insert into provider_changes (provider_id, kind, subject_id)
             select $1, 'booking', gen_random_uuid() from generate_series(1, 1000)",
        )
        .bind(shop.provider)
        .execute(&server.db)
        .await
        .unwrap();
        quick.event(LONG).await;
    }
    let told = async {
        while !seen.contains("event: reset") {
            let count = slow.read(&mut chunk).await.unwrap();
            assert!(count > 0, "the stream has ended");
            seen.push_str(&String::from_utf8_lossy(&chunk[..count]));
        }
    };
    tokio::time::timeout(LONG, told).await.expect("it is told");
}
