//! Photos over HTTP: taken, cut, written anew, shown to whom they are for, and removed.

pub mod pictures;

use crate::support::bucket::Bucket;
use crate::support::fixtures::Shop;
use crate::support::server::{Answer, Call};
use crate::support::{TestServer, fixtures};
use contract::page::Page;
use contract::photos::avatar_url;
use contract::providers::{Provider, ProviderCard};
use image::ImageFormat;
use pictures::{colour, halves, noise, png_head, with_exif};
use reqwest::{Method, RequestBuilder};
use std::io::Write;
use std::net::TcpStream;
use uuid::Uuid;

struct Studio {
    server: TestServer,
    shop: Shop,
}

impl Studio {
    async fn open(settings: &[(&str, &str)]) -> Self {
        let server = TestServer::spawn_with(settings).await;
        let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
        Self { server, shop }
    }

    fn request(&self, method: Method, query: &str) -> RequestBuilder {
        let request = self.server.request(method, &format!("/providers/{}/photo{query}", self.shop.provider));
        request.bearer_auth(self.server.token(self.shop.owner))
    }

    /// Sends a picture as its owner, whatever the version.
    async fn send(&self, query: &str, kind: &str, picture: Vec<u8>) -> Answer {
        self.request(Method::PUT, query)
            .header("if-match", "*")
            .header("content-type", kind)
            .body(picture)
            .call()
            .await
    }

    async fn profile(&self) -> Provider {
        let request = self.server.get(&format!("/providers/{}", self.shop.provider));
        request.bearer_auth(self.server.token(self.shop.owner)).call().await.json(200)
    }

    /// What `<img>` gets from an address.
    async fn show(&self, url: &str) -> (Answer, Vec<u8>) {
        let response = self.server.page(url).send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        (Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }, bytes)
    }
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    halves(width, height, ImageFormat::Jpeg)
}

#[actix_web::test]
async fn a_photo_takes_the_place_of_the_drawing_and_gives_it_back() {
    let studio = Studio::open(&[]).await;
    let before = studio.profile().await;
    assert!(!before.has_photo && before.portrait_url.ends_with("/portrait"));

    let answer = studio.send("", "image/jpeg", jpeg(1200, 800)).await;
    let after: Provider = answer.json(200);
    assert_eq!((after.has_photo, after.version), (true, before.version + 1));
    assert_eq!(answer.etag(), format!("\"{}\"", after.version));
    let list: Page<ProviderCard> = studio.server.get("/providers").call().await.json(200);
    assert_eq!(list.items[0].portrait_url, after.portrait_url, "the list shows the photo too");

    let (large, bytes) = studio.show(&after.portrait_url).await;
    assert_eq!(large.status, 200);
    assert_eq!(large.header("content-type"), Some("image/jpeg"));
    assert_eq!(large.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(large.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    assert_eq!(large.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let sides = |bytes: &[u8]| {
        let picture = image::load_from_memory(bytes).unwrap();
        (picture.width(), picture.height())
    };
    assert_eq!(sides(&bytes), (640, 640));
    let (small, bytes) = studio.show(&format!("{}&size=160", after.portrait_url)).await;
    assert_eq!((small.status.as_u16(), sides(&bytes)), (200, (160, 160)));
    assert_ne!(small.etag(), large.etag());
    let path = format!("/providers/{}/photo", studio.shop.provider);
    let known = studio.server.get(&path).header("if-none-match", large.etag()).call().await;
    assert_eq!((known.status.as_u16(), known.header("cache-control")), (304, Some("no-cache")));
    studio.server.get(&format!("{path}?size=641")).call().await.problem("invalid_fields");
    studio.server.get(&format!("{path}?size=big")).call().await.problem("malformed_query");

    let removed: Provider =
        studio.request(Method::DELETE, "").header("if-match", large_version(&after)).call().await.json(200);
    assert_eq!((removed.has_photo, &removed.portrait_url), (false, &before.portrait_url));
    studio.server.get(&path).call().await.problem("not_found");
    studio.request(Method::DELETE, "").header("if-match", "*").call().await.problem("not_found");
}

#[actix_web::test]
async fn what_stands_beside_a_name_is_light_whatever_the_photo_and_has_one_address() {
    let studio = Studio::open(&[]).await;
    let busy: Provider = studio.send("", "image/png", noise(700)).await.json(200);
    let address = format!("{}&size=240", busy.portrait_url);
    assert_eq!(avatar_url(&busy.portrait_url), address);
    for (url, most) in [(&busy.portrait_url, 150_000), (&address, 3_500)] {
        let (shown, bytes) = studio.show(url).await;
        assert!(shown.status == 200 && bytes.len() <= most, "{url}: {}", bytes.len());
    }
    // Both first pages, as the app will.
    let path = format!("/p/{}", busy.slug);
    for path in [format!("{path}/{}", studio.shop.service), path] {
        let page = studio.server.page(&path).header("accept", "text/html").send().await.unwrap();
        let html = page.text().await.unwrap();
        let written = format!("src=\"{}\"", address.replace('&', "&amp;"));
        assert!(html.contains(&written) || !html.contains("class=\"avatar"), "{html}");
    }
}

#[actix_web::test]
async fn a_photo_from_before_a_size_was_gets_it_when_it_is_asked_for() {
    let bucket = Bucket::start("id");
    let url = format!("s3://pictures/shop?region=eu-central-1&endpoint={}", bucket.endpoint);
    let settings = [("STORAGE_URL", url.as_str()), ("STORAGE_KEY_ID", "id"), ("STORAGE_KEY", "very secret")];
    let studio = Studio::open(&settings).await;
    let shown: Provider = studio.send("", "image/jpeg", jpeg(700, 700)).await.json(200);
    bucket.lose("/240.jpg");
    let (made, bytes) = studio.show(&avatar_url(&shown.portrait_url)).await;
    assert_eq!((made.status.as_u16(), colour(&bytes, 0.2, 0.5)), (200, "red"));
    assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 240);
    assert_eq!(bucket.paths().len(), 3, "it is kept");
    assert_eq!(studio.show(&avatar_url(&shown.portrait_url)).await.1, bytes);

    studio.request(Method::DELETE, "").header("if-match", "*").call().await.json::<Provider>(200);
    studio.server.advance("2 hours").await;
    studio.server.run_jobs().await;
    assert!(bucket.paths().is_empty(), "it goes with the others");
}

fn large_version(profile: &Provider) -> String {
    format!("\"{}\"", profile.version)
}

#[actix_web::test]
async fn the_square_is_cut_from_the_upright_picture_and_nothing_else_remains() {
    let studio = Studio::open(&[]).await;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let kind = format.to_mime_type();
        let shown: Provider =
            studio.send("?x=0&y=0&size=400", kind, halves(800, 400, format)).await.json(200);
        let (_, bytes) = studio.show(&shown.portrait_url).await;
        assert_eq!(colour(&bytes, 0.95, 0.5), "red", "the left square of {kind} is red to its edge");
        let shown: Provider =
            studio.send("?x=400&y=0&size=400", kind, halves(800, 400, format)).await.json(200);
        let (_, bytes) = studio.show(&shown.portrait_url).await;
        assert_eq!(colour(&bytes, 0.05, 0.5), "blue", "the right square of {kind} is blue to its edge");
    }
    // Held upright: the left half of what the camera stored is on top.
    let portrait = with_exif(&jpeg(800, 400), 6);
    let upper: Provider = studio.send("?x=0&y=0&size=400", "image/jpeg", portrait.clone()).await.json(200);
    let (_, bytes) = studio.show(&upper.portrait_url).await;
    assert_eq!(colour(&bytes, 0.5, 0.95), "red");
    let middle: Provider = studio.send("", "image/jpeg", portrait.clone()).await.json(200);
    let (_, bytes) = studio.show(&middle.portrait_url).await;
    assert_eq!([colour(&bytes, 0.5, 0.1), colour(&bytes, 0.5, 0.9)], ["red", "blue"]);
    let holds = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(holds(&portrait, b"Anna Geheim") && !holds(&bytes, b"Geheim") && !holds(&bytes, b"Exif"));

    let mut polyglot = jpeg(400, 400);
    polyglot.extend(b"<script>alert(1)</script>");
    let shown: Provider = studio.send("", "image/jpeg", polyglot).await.json(200);
    let (_, bytes) = studio.show(&shown.portrait_url).await;
    assert!(!holds(&bytes, b"script"));
}

#[actix_web::test]
async fn what_is_no_photo_is_refused_and_says_why() {
    let studio = Studio::open(&[]).await;
    let before = studio.profile().await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    for kind in ["image/svg+xml", "image/gif", "text/html", "application/json", "image/jpegx", ""] {
        studio.send("", kind, svg.clone()).await.problem("unsupported_media_type");
    }
    let gif = b"GIF89a\xff\xd8\xff\xe0 and more".to_vec();
    let whole = jpeg(400, 400);
    let png = halves(400, 400, ImageFormat::Png);
    let webp = halves(400, 400, ImageFormat::WebP);
    let mut noise = png.clone();
    noise[60..].iter_mut().for_each(|byte| *byte = byte.wrapping_mul(31).wrapping_add(7));
    for (body, code) in [
        (svg, "format"),
        (gif, "format"),
        (b"<!doctype html><script>1</script>".to_vec(), "format"),
        (Vec::new(), "format"),
        (whole[..whole.len() / 2].to_vec(), "damaged"),
        (png[..png.len() / 2].to_vec(), "damaged"),
        (webp[..webp.len() / 2].to_vec(), "damaged"),
        (noise, "damaged"),
        (b"\xff\xd8\xff\xd9".to_vec(), "damaged"),
        (png_head(60_000, 60_000), "too_large"),
        (png_head(15_000, 15_000), "too_large"),
        (jpeg(100, 100), "too_small"),
    ] {
        let problem = studio.send("", "image/png", body).await.problem("invalid_fields");
        assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()), ("", code));
    }
    for (query, pointer) in [
        ("?x=1&y=0&size=400", "?size"),
        ("?x=0&y=0&size=4294967295", "?size"),
        ("?x=4294967295&y=4294967295&size=4294967295", "?size"),
        ("?x=0&size=200", "?y"),
        ("?size=200", "?x"),
        ("?x=0&y=0", "?size"),
    ] {
        let problem = studio.send(query, "image/jpeg", whole.clone()).await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, pointer, "{query}");
    }
    studio.send("?x=-1&y=0&size=200", "image/jpeg", whole.clone()).await.problem("malformed_query");
    studio.send("", "image/jpeg", vec![0xff; 10 * 1024 * 1024 + 1]).await.problem("body_too_large");
    assert_eq!(studio.profile().await, before, "nothing has changed");
}

#[actix_web::test]
async fn versions_and_keys_hold_for_photos_too() {
    let studio = Studio::open(&[]).await;
    let put = |version: Option<&str>, key: &str, query: &str| {
        let request = studio.request(Method::PUT, query).header("content-type", "image/jpeg");
        let request = request.header("idempotency-key", key).body(jpeg(400, 300));
        match version {
            Some(version) => request.header("if-match", version),
            None => request,
        }
    };
    put(None, "a", "").call().await.problem("precondition_required");
    put(Some("\"9\""), "b", "").call().await.problem("version_mismatch");
    let first = put(Some("\"1\""), "c", "").call().await;
    let again = put(Some("\"1\""), "c", "").call().await;
    assert_eq!((first.text.as_str(), first.status.as_u16()), (again.text.as_str(), 200), "the stored answer");
    assert_eq!(studio.profile().await.version, 2);
    put(Some("\"2\""), "c", "?x=0&y=0&size=200").call().await.problem("idempotency_key_reused");
}

#[actix_web::test]
async fn a_person_sends_only_so_many_pictures_in_an_hour() {
    let studio = Studio::open(&[]).await;
    for _ in 0..60 {
        studio.send("", "image/jpeg", b"no picture".to_vec()).await.problem("invalid_fields");
    }
    let refused = studio.send("", "image/jpeg", jpeg(400, 400)).await;
    refused.problem("too_many_requests");
    assert!(refused.header("retry-after").is_some());
    let colleague = fixtures::person(&studio.server.db, "Colleague").await;
    sqlx::query("insert into memberships (user_id, provider_id) values ($1, $2)")
        .bind(colleague)
        .bind(studio.shop.provider)
        .execute(&studio.server.db)
        .await
        .unwrap();
    let other = studio.request(Method::PUT, "").header("if-match", "*").header("content-type", "image/jpeg");
    let mut other = other.body(jpeg(400, 400)).build().unwrap();
    let token = format!("Bearer {}", studio.server.token(colleague));
    other.headers_mut().insert("authorization", token.parse().unwrap());
    assert_eq!(reqwest::Client::new().execute(other).await.unwrap().status(), 200);
}

/// Sends the first bytes of a picture and hangs up, as a phone does in a tunnel.
fn hang_up(studio: &Studio, picture: &[u8], after: usize) {
    let head = format!(
        "PUT /api/v1/providers/{}/photo HTTP/1.1\r\nhost: here\r\nauthorization: Bearer {}\r\nif-match: *\r\n\
         idempotency-key: {}\r\ncontent-type: image/png\r\ncontent-length: {}\r\n\r\n",
        studio.shop.provider,
        studio.server.token(studio.shop.owner),
        Uuid::now_v7(),
        picture.len()
    );
    let mut line = TcpStream::connect(studio.server.url.trim_start_matches("http://")).unwrap();
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(&picture[..after]).unwrap();
}

#[actix_web::test]
async fn of_who_hangs_up_in_the_middle_of_a_picture_nothing_stays() {
    let bucket = Bucket::start("id");
    let url = format!("s3://pictures/shop?region=eu-central-1&endpoint={}", bucket.endpoint);
    let settings = [("STORAGE_URL", url.as_str()), ("STORAGE_KEY_ID", "id"), ("STORAGE_KEY", "very secret")];
    let studio = Studio::open(&settings).await;
    let before = studio.profile().await;
    let large = halves(3000, 3000, ImageFormat::Png);
    // More than a person may send in an hour, and more than are read at once: what never came whole counts for neither.
    for part in 0..40 {
        hang_up(&studio, &large, large.len() * part / 40);
    }
    let small: Provider = studio.send("", "image/jpeg", jpeg(400, 400)).await.json(200);
    assert_eq!(small.version, before.version + 1, "only the whole one changed anything");
    assert_eq!(bucket.paths().len(), 3);
    let left: (i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from jobs where kind like '%photo%'), (select count(*) from idempotency_keys),
            (select coalesce(sum(attempts), 0)::bigint from throttles)",
    )
    .fetch_one(&studio.server.db)
    .await
    .unwrap();
    assert_eq!(left, (1, 0, 1), "the net under the one that came, no key, one upload counted");
}

#[actix_web::test]
async fn who_hangs_up_while_a_picture_is_read_takes_no_turn_for_ever_and_leaves_no_picture() {
    let bucket = Bucket::start("id");
    let url = format!("s3://pictures/shop?region=eu-central-1&endpoint={}", bucket.endpoint);
    let settings = [("STORAGE_URL", url.as_str()), ("STORAGE_KEY_ID", "id"), ("STORAGE_KEY", "very secret")];
    let studio = Studio::open(&settings).await;
    let large = halves(3000, 3000, ImageFormat::Png);
    for _ in 0..3 {
        hang_up(&studio, &large, large.len());
    }
    let shown: Provider = studio.send("", "image/jpeg", jpeg(400, 400)).await.json(200);
    assert_eq!(studio.profile().await.portrait_url, shown.portrait_url);
    studio.server.advance("2 hours").await;
    studio.server.run_jobs().await;
    assert_eq!(bucket.paths().len(), 3, "the photo that is shown, in its three sizes, and no other");
    assert_eq!(studio.show(&shown.portrait_url).await.0.status, 200);
}

#[actix_web::test]
async fn an_unpublished_photo_is_for_members() {
    let studio = Studio::open(&[]).await;
    sqlx::query("update providers set published_at = null").execute(&studio.server.db).await.unwrap();
    let own: Provider = studio.send("", "image/jpeg", jpeg(400, 400)).await.json(200);
    let (shown, _) = studio.show(&own.portrait_url).await;
    assert_eq!(shown.header("cache-control"), Some("private, max-age=31536000, immutable"));
    assert_eq!(studio.profile().await.portrait_url, own.portrait_url);
    assert_eq!(studio.request(Method::GET, "").call().await.status, 200, "a member's token opens it");

    let (bare, _) = own.portrait_url.split_once("&pass=").unwrap();
    for url in [bare.to_owned(), format!("{bare}&pass="), format!("{bare}&pass={}", "0".repeat(32))] {
        studio.server.page(&url).call().await.problem("not_found");
    }
    let stranger = studio.server.token(fixtures::person(&studio.server.db, "Eve").await);
    studio.server.page(bare).bearer_auth(stranger).call().await.problem("not_found");
}

#[actix_web::test]
async fn old_pictures_go_after_the_change_and_abandoned_ones_in_time() {
    let bucket = Bucket::start("id");
    let url = format!("s3://pictures/shop?region=eu-central-1&endpoint={}", bucket.endpoint);
    let settings = [("STORAGE_URL", url.as_str()), ("STORAGE_KEY_ID", "id"), ("STORAGE_KEY", "very secret")];
    let studio = Studio::open(&settings).await;
    let first: Provider = studio.send("", "image/jpeg", jpeg(400, 400)).await.json(200);
    let (old, _) = studio.show(&first.portrait_url).await;
    assert_eq!(old.status, 200, "{}", old.text);
    let paths = bucket.paths();
    assert!(paths.iter().all(|path| path.starts_with("/pictures/shop/photos/") && path.ends_with(".jpg")));
    assert_eq!((paths.len(), bucket.media_type(&paths[0]).as_str()), (3, "image/jpeg"));

    let second: Provider = studio.send("", "image/png", halves(400, 400, ImageFormat::Png)).await.json(200);
    assert_eq!(bucket.paths().len(), 6);
    studio.server.run_jobs().await;
    assert_eq!(bucket.paths().len(), 3, "the old photo is gone");
    assert_eq!(studio.show(&second.portrait_url).await.0.status, 200);
    let (stale, _) = studio.show(&first.portrait_url).await;
    assert_eq!(
        (stale.status.as_u16(), stale.header("cache-control")),
        (200, Some("no-cache")),
        "the present one"
    );

    // Refused for its version, so its pictures came to nothing.
    let late = studio.request(Method::PUT, "").header("content-type", "image/jpeg").body(jpeg(400, 400));
    late.header("if-match", "\"1\"").call().await.problem("version_mismatch");
    assert_eq!(bucket.paths().len(), 6);
    studio.server.advance("2 hours").await;
    studio.server.run_jobs().await;
    assert_eq!(bucket.paths().len(), 3);
    assert_eq!(studio.show(&second.portrait_url).await.0.status, 200, "what is shown stays");

    bucket.fail(true);
    studio.send("", "image/jpeg", jpeg(400, 400)).await.problem("unavailable");
    let instead = studio.server.page(&second.portrait_url).call().await;
    assert_eq!(
        (instead.status.as_u16(), instead.header("content-type"), instead.header("cache-control")),
        (200, Some("image/svg+xml"), Some("no-store")),
        "something is to be seen all the same"
    );
    bucket.fail(false);
    studio.request(Method::DELETE, "").header("if-match", "*").call().await.json::<Provider>(200);
    studio.server.advance("2 hours").await;
    studio.server.run_jobs().await;
    assert_eq!(bucket.paths(), Vec::<String>::new());
}
