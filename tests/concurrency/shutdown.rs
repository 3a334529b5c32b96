//! A server that is told to stop while it works.

use super::clients::{Arena, send};
use futures_util::future::join;

#[actix_web::test]
async fn a_stopping_server_finishes_what_it_has_begun() {
    let mut arena = Arena::open().await;
    let start = arena.at(2, 10, 0);
    let mut holder = api::db::begin(&arena.fleet.db).await.unwrap();
    api::db::lock_provider(&mut holder, arena.shop.provider).await.unwrap();
    let request = send(arena.wish(0, arena.shop.service, &start, 1));
    let db = arena.fleet.db.clone();
    let process = arena.fleet.process_id(0);
    let stop = async move {
        // The request is in the server once it waits for the lock; other tests wait in databases of their own.
        while sqlx::query_scalar::<_, i64>(
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database
             where d.datname = current_database() and l.locktype = 'advisory' and not l.granted",
        )
        .fetch_one(&db)
        .await
        .unwrap()
            == 0
        {}
        let told = std::process::Command::new("kill").args(["-TERM", &process.to_string()]).status().unwrap();
        assert!(told.success());
        holder.rollback().await.unwrap();
    };
    let (outcome, ()) = join(request, stop).await;
    assert_eq!(outcome.status, 201, "{}", outcome.body);
    assert!(arena.fleet.wait(0).success(), "it ends in good order");
    arena.assert_sound().await;
}
