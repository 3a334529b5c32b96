//! A cursor belongs to its list, in its order and with its filters.

use super::Desk;
use crate::support::server::Call;
use contract::page::Page;
use serde_json::Value;

#[actix_web::test]
async fn a_cursor_is_good_for_its_own_list_only() {
    let desk = Desk::open().await;
    let server = &desk.server;
    for name in ["Ada", "Bea", "Cleo"] {
        crate::support::fixtures::person(&server.db, name).await;
    }
    sqlx::query(
        "insert into providers (id, slug, name, category, time_zone, currency, published_at)
         select gen_random_uuid(), 'shop-' || n, 'Shop ' || n, category, time_zone, currency, now()
         from providers, generate_series(1, 4) n",
    )
    .execute(&server.db)
    .await
    .unwrap();
    let get = async |path: &str| server.get(path).bearer_auth(&desk.admin).call().await;
    let cursor_of = async |path: &str| {
        let page: Page<Value> = get(path).await.json(200);
        page.next_cursor.unwrap_or_else(|| panic!("{path} has one page"))
    };

    let by_name = cursor_of("/providers?limit=2").await;
    for same in ["limit=2", "limit=3", "sort=name"] {
        let page: Page<Value> = get(&format!("/providers?{same}&cursor={by_name}")).await.json(200);
        assert!(!page.items.is_empty(), "{same}");
    }
    let users = cursor_of("/admin/users?limit=2").await;
    for path in [
        format!("/providers?sort=price&cursor={by_name}"),
        format!("/providers?sort=soonest&cursor={by_name}"),
        format!("/providers?q=shop&cursor={by_name}"),
        format!("/providers?date=2027-03-01&cursor={by_name}"),
        format!("/admin/users?cursor={by_name}"),
        format!("/admin/users?q=a&cursor={users}"),
        format!("/admin/users?admin=false&cursor={users}"),
        format!("/admin/providers?cursor={users}"),
        format!("/admin/acts?cursor={users}"),
        format!("/me/sessions?cursor={users}"),
        format!("/me/bookings?cursor={users}"),
    ] {
        let problem = get(&path).await.problem("invalid_fields");
        assert_eq!(
            (problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()),
            ("?cursor", "cursor")
        );
    }
    let rest: Page<Value> = get(&format!("/admin/users?limit=2&cursor={users}")).await.json(200);
    assert_eq!(rest.items.len(), 2);
}
