//! What is lost is noticed: connections of the hub that end.

use super::reader::{LONG, Reader, session};
use crate::support::{TestServer, fixtures};

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
