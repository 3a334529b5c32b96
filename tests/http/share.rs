//! What a page needs to be shown and handed on: next free times, hours, the QR code, and the head of its HTML.

use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use contract::schedules::Schedule;
use contract::services::Services;
use contract::slots::{NextSlots, SlotList};
use reqwest::Method;
use uuid::Uuid;

#[actix_web::test]
async fn next_slots_name_the_first_free_times_of_everything_offered() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let short = fixtures::service(&server.db, shop.provider, 30, 1).await;
    let never = fixtures::service(&server.db, shop.provider, 600, 1).await;
    let gone = fixtures::service(&server.db, shop.provider, 30, 1).await;
    sqlx::query("update services set status = 'archived' where id = $1")
        .bind(gone)
        .execute(&server.db)
        .await
        .unwrap();
    let path = format!("/providers/{}/next-slots", shop.provider);
    let answer = server.get(&format!("{path}?count=2&time_zone=Asia/Tokyo")).call().await;
    let next: NextSlots = answer.json(200);
    let services: Vec<Uuid> = next.items.iter().map(|item| item.service_id).collect();
    assert_eq!(services.len(), 3);
    assert!([shop.service, short, never].iter().all(|id| services.contains(id)));
    let of = |id: Uuid| &next.items.iter().find(|item| item.service_id == id).unwrap().slots;
    assert!(of(never).is_empty(), "the day is too short for it");
    // The same as the list of slots says.
    let today: time::Date = sqlx::query_scalar("select app_now()::date").fetch_one(&server.db).await.unwrap();
    let query = format!("?from={today}&to={}&time_zone=Asia/Tokyo", today + time::Duration::days(7));
    let list: SlotList = server.get(&format!("/services/{short}/slots{query}")).call().await.json(200);
    let first: Vec<_> = list.days.into_iter().flat_map(|day| day.slots).take(2).collect();
    assert_eq!(*of(short), first);
    assert_eq!(first[0].start_at.offset().whole_hours(), 9);

    let known = server.get(&format!("{path}?count=2&time_zone=Asia/Tokyo"));
    assert_eq!(known.header("if-none-match", answer.etag()).call().await.status, 304);
    server.get(&format!("{path}?count=6")).call().await.problem("invalid_fields");
    server.get(&format!("{path}?time_zone=Berlin")).call().await.problem("invalid_fields");
    server.get("/providers/nobody/next-slots").call().await.problem("not_found");
}

#[actix_web::test]
async fn next_slots_look_past_full_weeks_and_serve_the_preview() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    sqlx::query("insert into busy_blocks (provider_id, id, source, start_at, end_at) values ($1, $1, 'time_off', now() - interval '1 day', now() + interval '40 days')")
        .bind(shop.provider)
        .execute(&server.db)
        .await
        .unwrap();
    sqlx::query("update providers set published_at = null").execute(&server.db).await.unwrap();
    let path = format!("/providers/{}/next-slots", shop.provider);
    server.get(&path).call().await.problem("not_found");
    let next: NextSlots = server.get(&path).bearer_auth(server.token(shop.owner)).call().await.json(200);
    let first = &next.items[0].slots[0];
    let now: time::OffsetDateTime =
        sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
    assert!(first.start_at > now + time::Duration::days(39), "{first:?}");
}

#[actix_web::test]
async fn next_slots_of_many_full_services_are_those_of_their_lists() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let mut horizons = vec![(shop.service, 60)];
    for (minutes, horizon) in [(30, 60), (90, 200), (45, 30), (60, 10)] {
        let id = fixtures::service(&server.db, shop.provider, minutes, 1).await;
        horizons.push((id, horizon));
    }
    for (id, horizon) in &horizons {
        let far = "update services set horizon_days = $2 where id = $1";
        sqlx::query(far).bind(id).bind(horizon).execute(&server.db).await.unwrap();
    }
    sqlx::query("insert into busy_blocks (provider_id, id, source, start_at, end_at) values ($1, $1, 'time_off', now() - interval '1 day', now() + interval '35 days')")
        .bind(shop.provider)
        .execute(&server.db)
        .await
        .unwrap();
    let next: NextSlots =
        server.get(&format!("/providers/{}/next-slots?count=3", shop.provider)).call().await.json(200);
    let today = server.today().await;
    for (id, horizon) in horizons {
        let found = &next.items.iter().find(|item| item.service_id == id).unwrap().slots;
        let query = format!("?from={today}&to={}", today + time::Duration::days(3));
        let list: SlotList = server.get(&format!("/services/{id}/slots{query}")).call().await.json(200);
        assert_eq!(found.first(), list.next_free.as_ref(), "{id}");
        assert_eq!(found.len(), usize::from(horizon > 35), "one after the full weeks, within {horizon} days");
    }
}

#[actix_web::test]
async fn visitors_read_services_and_hours_again_for_nothing() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    for what in ["services", "schedule"] {
        let path = format!("/providers/{}/{what}", shop.provider);
        let first = server.get(&path).call().await;
        assert_eq!((first.status.as_u16(), first.header("cache-control")), (200, Some("no-cache")));
        let again = server.get(&path).header("if-none-match", first.etag()).call().await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{what}");
        sqlx::query("update services set name = name || ' anew'").execute(&server.db).await.unwrap();
        sqlx::query("update schedules set end_time = end_time - interval '1 hour'")
            .execute(&server.db)
            .await
            .unwrap();
        let changed = server.get(&path).header("if-none-match", first.etag()).call().await;
        assert_eq!(changed.status, 200, "{what}");
    }
    let services: Services =
        server.get(&format!("/providers/{}/services", shop.provider)).call().await.json(200);
    assert!(services.items[0].name.ends_with("anew"));
    // What members see besides is never taken for what visitors see.
    let path = format!("/providers/{}/schedule", shop.provider);
    let public = server.get(&path).call().await;
    let own = server.get(&path).bearer_auth(server.token(shop.owner)).header("if-none-match", public.etag());
    let own = own.call().await;
    assert_eq!((own.status.as_u16(), own.header("cache-control")), (200, Some("no-store")));
    own.json::<Schedule>(200);
}

/// The picture as a camera would see it, each module eight pixels wide.
fn photograph(svg: &str) -> (usize, Vec<u8>) {
    let between = |before: &str| svg.split_once(before).unwrap().1.split_once('"').unwrap().0;
    let side: usize = between("viewBox=\"0 0 ").split_once(' ').unwrap().0.parse().unwrap();
    let mut pixels = vec![255; side * side * 64];
    for run in between("<path d=\"M").split('M') {
        let (at, rest) = run.split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
        for row in y * 8..y * 8 + 8 {
            pixels[row * side * 8 + x * 8..][..length * 8].fill(0);
        }
    }
    (side * 8, pixels)
}

#[actix_web::test]
async fn the_qr_code_says_the_pages_address() {
    let server = TestServer::spawn_with(&[("BASE_URL", "https://termine.example.org")]).await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let path = format!("/providers/{}/qr.svg", shop.provider);
    let answer = server.get(&path).call().await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some("image/svg+xml")));
    let (side, pixels) = photograph(&answer.text);
    let mut scanner = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| pixels[y * side + x]);
    let codes = scanner.detect_grids();
    let (_, text) = codes[0].decode().unwrap();
    assert_eq!(text, format!("https://termine.example.org/p/shop-{}", shop.provider.simple()));
    let again = server.get(&path).header("if-none-match", answer.etag()).call().await;
    assert_eq!(again.status, 304);

    sqlx::query("update providers set published_at = null").execute(&server.db).await.unwrap();
    server.get(&path).call().await.problem("not_found");
    assert_eq!(server.get(&path).bearer_auth(server.token(shop.owner)).call().await.status, 200);
}

#[actix_web::test]
async fn a_link_to_a_page_says_what_it_leads_to() {
    // The app's own page, as the bundler finds it, whether or not the app has been built.
    let folder = std::env::temp_dir().join(format!("appointed-app-{}", Uuid::now_v7().simple()));
    std::fs::create_dir(&folder).unwrap();
    std::fs::create_dir(folder.join(".first")).unwrap();
    for (view, inner) in [
        ("plain", "plain"),
        ("home", "home"),
        ("provider", include_str!("../../web/first/provider.html")),
        ("picker", include_str!("../../web/first/picker.html")),
        ("closed", include_str!("../../web/first/closed.html")),
    ] {
        for language in ["en", "de"] {
            let title = match view {
                "provider" => "{@name} · Appointed",
                "picker" => "Book {@service} · Appointed",
                _ => "Appointed",
            };
            let page = include_str!("../../web/index.html")
                .replace("{language}", language)
                .replace("{title}", title)
                .replace("{description}", "{@description}")
                .replace("{first}", inner);
            std::fs::write(folder.join(format!(".first/{view}.{language}.html")), page).unwrap();
        }
    }
    std::fs::write(folder.join("index.html"), "").unwrap();
    std::fs::write(folder.with_extension("secret"), "not the app's").unwrap();
    let settings = [
        ("BASE_URL", "https://termine.example.org"),
        ("APP_DIR", folder.to_str().unwrap()),
        ("DEMO_PAYMENTS", "false"),
    ];
    let server = TestServer::spawn_with(&settings).await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let slug = format!("shop-{}", shop.provider.simple());
    let home = server.page("/").call().await;
    assert_eq!(home.status, 200);
    assert!(
        home.text.contains("home")
            && home.text.contains("<link rel=\"canonical\" href=\"https://termine.example.org/\">")
    );
    let outside = folder.with_extension("secret").file_name().unwrap().to_str().unwrap().to_owned();
    for path in [format!("/%2e%2e/{outside}"), format!("/..%2f{outside}"), format!("//{}", folder.display())]
    {
        assert!(!server.page(&path).call().await.text.contains("not the app's"), "{path}");
    }
    sqlx::query("update providers set name = $1, headline = $2")
        .bind("Nails & \"More\" <script>alert(1)</script>")
        .bind("It's \"quick\" </title><script>alert(2)</script>")
        .execute(&server.db)
        .await
        .unwrap();
    let answer = server.page(&format!("/p/{slug}")).call().await;
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let html = &answer.text;
    let name = "Nails &amp; &quot;More&quot; &lt;script&gt;alert(1)&lt;/script&gt;";
    let words = "It&#39;s &quot;quick&quot; &lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt;";
    for part in [
        format!("<title>{name} · Appointed</title>"),
        format!("<meta name=\"description\" content=\"{words}\">"),
        format!("<meta property=\"og:title\" content=\"{name}\">"),
        format!("<meta property=\"og:description\" content=\"{words}\">"),
        format!("<meta property=\"og:url\" content=\"https://termine.example.org/p/{slug}\">"),
    ] {
        assert!(html.contains(&part), "{part} is not in {html}");
    }
    assert!(!html.contains("alert(1)</script>") && !html.contains("og:image"), "{html}");
    assert_eq!(html.matches("<title>").count(), 1);
    let again = server.page(&format!("/p/{slug}")).header("if-none-match", answer.etag()).call().await;
    assert_eq!(again.status, 304);
    let heading = format!("<h1 tabindex=\"-1\">{name}</h1><p class=\"headline\">{words}</p>");
    assert!(html.contains(&heading) && html.contains("<h3>"), "there is something to read: {html}");
    for (accepted, chosen, language) in [
        ("de-AT,en;q=0.5", "", "de"),
        ("fr,en;q=0.5", "", "en"),
        ("*", "", "en"),
        ("en-GB", "language=de", "de"),
        ("de", "a=b; language=en", "en"),
        ("de", "language=xx", "de"),
    ] {
        for path in ["/", "/login", &format!("/p/{slug}"), "/p/nobody"] {
            let page = server.page(path).header("accept-language", accepted).header("cookie", chosen);
            let page = page.call().await;
            let root = format!("<html lang=\"{language}\">");
            assert!(page.text.contains(&root), "{path}: {accepted}, {chosen}");
            let vary = page.header("vary").unwrap_or_default().to_lowercase();
            assert!(["cookie", "accept-language"].iter().all(|name| vary.contains(name)), "{path}: {vary}");
        }
    }
    let picker = server.page(&format!("/p/{slug}/{}", shop.service)).call().await;
    assert_eq!(picker.status, 200);
    assert!(
        picker.text.contains("<p class=\"service-name\">") && picker.text.contains(name),
        "{}",
        picker.text
    );
    let canonical =
        format!("<link rel=\"canonical\" href=\"https://termine.example.org/p/{slug}/{}\">", shop.service);
    assert!(picker.text.contains(&canonical), "{}", picker.text);
    // What would be paid when booking has no times while nothing can be paid.
    for (mode, promises) in [("full", false), ("on_site", true)] {
        let set = "update services set payment_mode = $1, price_minor = 5000";
        sqlx::query(set).bind(mode).execute(&server.db).await.unwrap();
        for path in [format!("/p/{slug}"), format!("/p/{slug}/{}", shop.service)] {
            let page = server.page(&path).call().await;
            assert_eq!(page.status, 200);
            assert_eq!(page.text.contains("bone time"), promises, "{path}: {}", page.text);
            assert_eq!(page.text.contains("{provider.not_now}"), !promises, "{path}: {}", page.text);
        }
    }
    for path in [
        format!("/p/{slug}/{}", Uuid::now_v7()),
        format!("/p/{slug}/nonsense"),
        format!("/p/nobody/{}", shop.service),
    ] {
        assert_eq!(server.page(&path).call().await.status, 404, "{path}");
    }
    let id = format!("/p/{}", shop.provider);
    assert!(server.page(&id).call().await.text.contains(name), "an id works as it does in the app");

    sqlx::query("update providers set photo = id").execute(&server.db).await.unwrap();
    let image = format!(
        "og:image\" content=\"https://termine.example.org/api/v1/providers/{}/photo?v={}\"",
        shop.provider,
        shop.provider.simple()
    );
    assert!(server.page(&format!("/p/{slug}")).call().await.text.contains(&image));

    sqlx::query("update providers set published_at = null").execute(&server.db).await.unwrap();
    for path in [format!("/p/{slug}"), "/p/nobody".to_owned(), "/p/%3Cb%3E".to_owned()] {
        let answer = server.page(&path).call().await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.text.contains("plain") && !answer.text.contains("og:title"),
            "the app, and nothing of whose it was"
        );
    }
    let json = server.page(&format!("/p/{slug}")).header("accept", "application/json").call().await;
    assert_eq!(json.status, 404);
    let url = format!("{}/p/{slug}", server.url);
    let post = reqwest::Client::new().request(Method::POST, url).call().await;
    post.problem("method_not_allowed");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::remove_file(folder.with_extension("secret")).unwrap();
}
