//! The public list of providers over HTTP: filters on services and free times, orders, and counting.

use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use contract::providers::{ProviderCard, ProviderList};
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

async fn list(server: &TestServer, query: &str) -> ProviderList {
    server.get(&format!("/providers{query}")).call().await.json(200)
}

async fn named(server: &TestServer, name: &str, zone: &str) -> fixtures::Shop {
    let shop = fixtures::shop(&server.db, zone).await;
    run(server, "update providers set name = $2 where id = $1", shop.provider, name).await;
    shop
}

async fn run(server: &TestServer, sql: &'static str, id: Uuid, value: &str) {
    sqlx::query(sql).bind(id).bind(value).execute(&server.db).await.unwrap();
}

/// A service beside the first one.
async fn offers(server: &TestServer, shop: &fixtures::Shop, name: &str, price: i64, location: &str) -> Uuid {
    let id = fixtures::service(&server.db, shop.provider, 60, 1).await;
    sqlx::query("update services set name = $2, price_minor = $3, location = $4, position = 9 where id = $1")
        .bind(id)
        .bind(name)
        .bind(price)
        .bind(location)
        .execute(&server.db)
        .await
        .unwrap();
    id
}

fn names(list: &ProviderList) -> Vec<&str> {
    list.items.iter().map(|card| card.name.as_str()).collect()
}

fn starts(card: &ProviderCard) -> Vec<OffsetDateTime> {
    card.next_slots.iter().map(|slot| slot.start_at).collect()
}

/// Some days from now, in UTC.
async fn in_days(server: &TestServer, days: i64) -> Date {
    let now: OffsetDateTime = sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
    now.date() + Duration::days(days)
}

fn iso(date: Date) -> String {
    date.format(format_description!("[year]-[month]-[day]")).unwrap()
}

/// Keeps a provider away all day, with the nights around.
async fn away(server: &TestServer, shop: &fixtures::Shop, day: Date) {
    sqlx::query(
        "insert into busy_blocks (id, provider_id, source, start_at, end_at) values ($1, $2, 'time_off', $3, $4)",
    )
    .bind(Uuid::now_v7())
    .bind(shop.provider)
    .bind(day.midnight().assume_utc() - Duration::hours(14))
    .bind(day.midnight().assume_utc() + Duration::hours(38))
    .execute(&server.db)
    .await
    .unwrap();
}

#[actix_web::test]
async fn the_list_is_narrowed_by_price_place_and_language() {
    let server = TestServer::spawn().await;
    let anna = named(&server, "Anna", "Europe/Berlin").await;
    let carl = named(&server, "Carl", "Europe/Berlin").await;
    run(
        &server,
        "update providers set currency = $2, languages = '{de-AT,en}' where id = $1",
        carl.provider,
        "JPY",
    )
    .await;
    let online = offers(&server, &anna, "Call", 1500, "online").await;

    for (query, expected) in [
        ("?price_max=2000", vec!["Anna"]),
        ("?price_max=5000", vec!["Anna", "Carl"]),
        ("?price_max=5000&currency=JPY", vec!["Carl"]),
        ("?price_max=0", vec![]),
        ("?location=online", vec!["Anna"]),
        ("?location=provider", vec!["Anna", "Carl"]),
        ("?location=online&price_max=1000", vec![]),
        ("?language=de", vec!["Carl"]),
        ("?language=DE", vec!["Carl"]),
        ("?language=de-at", vec!["Carl"]),
        ("?price_max=5000&currency=jpy", vec!["Carl"]),
        ("?language=de-AT", vec!["Carl"]),
        ("?language=de-CH", vec![]),
        ("?q=call&language=en", vec![]),
    ] {
        let page = list(&server, query).await;
        assert_eq!(names(&page), expected, "{query}");
        assert_eq!(page.total, Some(expected.len() as u32), "{query}");
    }
    for query in ["?location=online", "?price_max=2000", "?q=call"] {
        let card = list(&server, query).await.items.remove(0);
        assert_eq!(
            card.next_service_id,
            Some(online),
            "the card's times are of what was looked for: {query}"
        );
        assert_eq!(card.next_slots.len(), 3);
    }
    assert_eq!(list(&server, "").await.items[0].next_service_id, Some(anna.service));
    for (query, pointer) in [
        ("?price_max=-1", "?price_max"),
        ("?currency=EURO", "?currency"),
        ("?language=d", "?language"),
        ("?date=2027-01-01&time_zone=Mars", "?time_zone"),
        ("?date=2900-01-01", "?date"),
    ] {
        let problem = server.get(&format!("/providers{query}")).call().await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, pointer);
    }
    for query in ["?location=moon", "?sort=beauty", "?date=tomorrow", "?price_max=cheap"] {
        server.get(&format!("/providers{query}")).call().await.problem("malformed_query");
    }
}

#[actix_web::test]
async fn a_card_is_of_the_service_that_is_free_first() {
    let server = TestServer::spawn().await;
    let anna = named(&server, "Anna", "Europe/Berlin").await;
    let berta = named(&server, "Berta", "Europe/Berlin").await;
    // Anna's first service wants four days' notice; her second one is free, and free now.
    run(
        &server,
        "update services set name = $2, minimum_notice_minutes = 5760 where id = $1",
        anna.service,
        "Course",
    )
    .await;
    run(
        &server,
        "update services set name = $2, minimum_notice_minutes = 2880 where id = $1",
        berta.service,
        "Talk",
    )
    .await;
    let taster = offers(&server, &anna, "Taster", 0, "online").await;

    let page = list(&server, "?sort=soonest").await;
    assert_eq!(names(&page), ["Anna", "Berta"], "the second service counts");
    let told = |card: &ProviderCard| {
        (card.next_service_id, card.next_service_name.clone(), card.next_service_price_minor)
    };
    assert_eq!(told(&page.items[0]), (Some(taster), Some("Taster".to_owned()), Some(0)));
    assert_eq!(told(&page.items[1]).1.as_deref(), Some("Talk"));

    // What was looked for decides, though something else is free earlier.
    let page = list(&server, "?sort=soonest&q=course").await;
    assert_eq!(told(&page.items[0]).0, Some(anna.service));
    let page = list(&server, "?sort=soonest&location=provider").await;
    assert_eq!(names(&page), ["Berta", "Anna"]);
    // On a day on which only one of the services has times, those.
    let soon = in_days(&server, 1).await;
    let page = list(&server, &format!("?date={}", iso(soon))).await;
    assert_eq!((names(&page), told(&page.items[0]).0), (vec!["Anna"], Some(taster)));

    // The first eight services take part.
    for name in ["A", "B", "C", "D", "E", "F", "G"] {
        offers(&server, &berta, name, 10, "online").await;
    }
    let all = "update services set minimum_notice_minutes = 2880 where provider_id = $1 and name <> $2";
    run(&server, all, berta.provider, "none").await;
    let ninth = offers(&server, &berta, "Ninth", 10, "online").await;
    let page = list(&server, "?q=berta").await;
    assert_ne!(told(&page.items[0]).0, Some(ninth));
}

#[actix_web::test]
async fn a_day_leaves_who_is_free_on_it() {
    let server = TestServer::spawn().await;
    let anna = named(&server, "Anna", "Europe/Berlin").await;
    let berta = named(&server, "Berta", "Europe/Berlin").await;
    named(&server, "Carl", "Europe/Berlin").await;
    let day = in_days(&server, 5).await;
    away(&server, &anna, day).await;
    // A single free hour.
    sqlx::query(
        "insert into schedule_exceptions (provider_id, exception_date, is_available, custom_start, custom_end)
         values ($1, $2, true, '10:00', '11:00')",
    )
    .bind(berta.provider)
    .bind(day)
    .execute(&server.db)
    .await
    .unwrap();

    for sort in ["", "&sort=name", "&sort=soonest"] {
        let page = list(&server, &format!("?date={}{sort}", iso(day))).await;
        let expected = if sort.ends_with("soonest") { ["Carl", "Berta"] } else { ["Berta", "Carl"] };
        assert_eq!((names(&page), page.total), (expected.to_vec(), Some(2)), "{sort}");
        for card in &page.items {
            assert!(starts(card).iter().all(|at| at.date() == day), "times of that day");
        }
    }
    // Each listed time is one that can be booked.
    let page = list(&server, &format!("?date={}", iso(day))).await;
    let wish = json!({
        "service_id": page.items[0].next_service_id, "client": { "name": "Ada", "email": "ada@example.org" },
        "start_at": starts(&page.items[0])[0].format(&Rfc3339).unwrap(),
    });
    assert_eq!(server.post("/bookings", &wish).call().await.status, 201);
    let after = list(&server, &format!("?date={}", iso(day))).await;
    assert_eq!(names(&after), ["Carl"], "the only time is gone, and so is the provider");
    assert!(list(&server, "?date=2001-01-01").await.items.is_empty());
}

#[actix_web::test]
async fn a_day_is_the_customers_where_a_zone_is_named() {
    let server = TestServer::spawn().await;
    named(&server, "Kiri", "Pacific/Auckland").await;
    let day = in_days(&server, 4).await;
    let own = list(&server, &format!("?date={}", iso(day))).await.items.remove(0);
    assert_eq!(starts(&own)[0].hour(), 9, "the provider's day starts with its hours");
    let abroad =
        list(&server, &format!("?date={}&time_zone=America/Los_Angeles", iso(day))).await.items.remove(0);
    assert_ne!(starts(&own), starts(&abroad));
    let zone = domain::zone::Zone::parse("America/Los_Angeles").unwrap();
    for start in starts(&abroad) {
        assert_eq!(zone.to_local(start.unix_timestamp()).date, day);
    }
}

#[actix_web::test]
async fn whoever_is_free_first_comes_first() {
    let server = TestServer::spawn().await;
    let anna = named(&server, "Anna", "Europe/Berlin").await;
    let berta = named(&server, "Berta", "Europe/Berlin").await;
    named(&server, "Carl", "Europe/Berlin").await;
    let closed = named(&server, "Away", "Europe/Berlin").await;
    run(&server, "delete from schedules where provider_id = $1 and $2 <> ''", closed.provider, "all").await;
    for days in 0..4 {
        away(&server, &anna, in_days(&server, days).await).await;
    }
    for days in 0..2 {
        away(&server, &berta, in_days(&server, days).await).await;
    }
    let expected = ["Carl", "Berta", "Anna", "Away"];
    let all = list(&server, "?sort=soonest").await;
    assert_eq!((names(&all), all.total, &all.next_cursor), (expected.to_vec(), Some(4), &None));
    assert_eq!(pages(&server, "sort=soonest").await, expected);
}

#[actix_web::test]
async fn the_lowest_price_comes_first() {
    let server = TestServer::spawn().await;
    for name in ["Anna", "Berta", "Carl"] {
        let shop = named(&server, name, "Europe/Berlin").await;
        if name == "Carl" {
            offers(&server, &shop, "Quick", 900, "provider").await;
        }
    }
    let none = named(&server, "Nothing", "Europe/Berlin").await;
    run(&server, "update services set status = $2 where provider_id = $1", none.provider, "archived").await;
    assert_eq!(pages(&server, "sort=price").await, ["Carl", "Anna", "Berta", "Nothing"]);
    assert_eq!(pages(&server, "sort=name").await, ["Anna", "Berta", "Carl", "Nothing"]);
    let day = iso(in_days(&server, 3).await);
    assert_eq!(pages(&server, &format!("sort=price&date={day}")).await, ["Carl", "Anna", "Berta"]);
}

/// All names, read one page of one after the other; only the first page counts.
async fn pages(server: &TestServer, query: &str) -> Vec<String> {
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = list(server, &format!("?limit=1&{query}{cursor}")).await;
        assert_eq!(page.total.is_some(), cursor.is_empty());
        seen.extend(page.items.into_iter().map(|card| card.name));
        let Some(next) = page.next_cursor else { return seen };
        cursor = format!("&cursor={next}");
    }
}

#[actix_web::test]
async fn languages_and_currencies_are_kept_in_one_form() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let change = server.request(reqwest::Method::PATCH, &format!("/providers/{}", shop.provider));
    let change = change.bearer_auth(server.token(shop.owner)).header("if-match", "*");
    let wish = json!({ "languages": ["DE-at", "zh-HANT-tw", "EN", "en"] });
    let stored: serde_json::Value = change.json(&wish).call().await.json(200);
    assert_eq!(stored["languages"], json!(["de-AT", "zh-Hant-TW", "en"]));
    for language in ["de", "DE-AT", "zh-hant", "En"] {
        assert_eq!(list(&server, &format!("?language={language}")).await.items.len(), 1, "{language}");
    }
}

/// Makes Anna and Carl differ in a column that `change` sets.
async fn anna_and_carl(
    server: &TestServer,
    change: &'static str,
    [annas, carls]: [&str; 2],
) -> [fixtures::Shop; 2] {
    let both = [named(server, "Anna", "Europe/Berlin").await, named(server, "Carl", "Europe/Berlin").await];
    run(server, change, both[0].provider, annas).await;
    run(server, change, both[1].provider, carls).await;
    both
}

/// The one provider that each query finds, or none.
async fn finds(server: &TestServer, expected: &[(&str, Option<&str>)]) {
    for (query, expected) in expected {
        let found = list(server, query).await;
        assert_eq!(names(&found), Vec::from_iter(*expected), "{query}");
    }
}

#[actix_web::test]
async fn a_trade_is_found_by_its_name_in_every_language() {
    let server = TestServer::spawn().await;
    let change = "update providers set category = $2 where id = $1";
    let [_, carl] = anna_and_carl(&server, change, ["beauty", "education"]).await;
    let expected = [
        ("?q=beauty", Some("Anna")),
        ("?q=Sch%C3%B6nheit", Some("Anna")),
        ("?q=sch%C3%B6n", Some("Anna")),
        ("?q=Lessons", Some("Carl")),
        ("?q=unterricht", Some("Carl")),
        ("?q=unterricht%20carl", Some("Carl")),
        ("?q=unterricht%20anna", None),
        // The beginning of a word counts, not what is somewhere in it.
        ("?q=richt", None),
    ];
    finds(&server, &expected).await;
    run(&server, change, carl.provider, "home").await;
    finds(&server, &[("?q=Haus%20und%20Garten", Some("Carl")), ("?q=gart", Some("Carl"))]).await;
}

#[actix_web::test]
async fn a_city_is_found_by_its_beginning() {
    let server = TestServer::spawn().await;
    let change = "update providers set city = $2 where id = $1";
    let [_, carl] = anna_and_carl(&server, change, ["Munich", "Unterwössen"]).await;
    let expected = [
        ("?city=Munich", Some("Anna")),
        ("?city=m%C3%BCnch", Some("Anna")),
        ("?city=munc", Some("Anna")),
        ("?city=Unterw%C3%B6ssen", Some("Carl")),
        ("?city=Mu", None),
        ("?city=Nowhere", None),
    ];
    finds(&server, &expected).await;
    // Where somebody is, is meant, whatever greater city begins so.
    run(&server, change, carl.provider, "Munc").await;
    finds(&server, &[("?city=munc", Some("Carl"))]).await;
}
