//! Transactions of callers who leave.

use crate::support::{database, leave_after};
use api::db;

#[actix_web::test]
async fn whoever_leaves_while_a_transaction_begins_leaves_none_behind() {
    let pool = db::pool(database::fresh().await, 1);
    let number = async || -> String {
        sqlx::query_scalar("select pg_current_xact_id()::text").fetch_one(&pool).await.unwrap()
    };
    number().await;
    for waits in 0..6 {
        drop(leave_after(waits, db::begin(&pool)).await);
        // Each statement is a transaction of its own, as it is where none is open.
        assert_ne!(number().await, number().await, "left after {waits} waits");
    }
    let mut tx = db::begin(&pool).await.unwrap();
    sqlx::query("create table kept ()").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query("select from kept").execute(&pool).await.unwrap();
}
