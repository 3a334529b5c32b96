//! The hosted pages, as a browser meets them.

use super::{browse, browser, fresh, get, post};
use awc::http::StatusCode;
use stripe_simulator::Handle;

async fn open(sim: &Handle, more: &str) -> (String, String) {
    let body = format!(
        "mode=payment&success_url=https://a.example/ok?s={{CHECKOUT_SESSION_ID}}&cancel_url=https://a.example/back\
         &line_items[0][quantity]=2&line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=123456\
         &line_items[0][price_data][product_data][name]=Cut%20%26%20%3Cb%3Ecolour&{more}"
    );
    let told = post(sim, "checkout/sessions", &body).await;
    (told.id(), told.body["url"].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn a_client_pays_and_goes_on() {
    let sim = fresh();
    let (id, url) = open(&sim, "locale=de").await;
    let (status, _, html) = browse(browser().get(&url), "").await;
    assert_eq!(status, StatusCode::OK);
    for part in [
        "lang=\"de\"",
        "kein echtes Geld",
        "2.469,12\u{a0}€",
        "Cut &amp; &lt;b&gt;colour",
        "Karte wird abgelehnt",
        "Zurück",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let (status, to, _) = browse(browser().post(&url), "action=decline").await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, Some(format!("../pay/{id}?declined=1"))));
    let (_, _, html) = browse(browser().get(format!("{url}?declined=1")), "").await;
    assert!(html.contains("role=\"alert\""), "{html}");
    let (_, to, _) = browse(browser().post(&url), "action=back").await;
    assert_eq!(to.as_deref(), Some("https://a.example/back"));
    let (_, to, _) = browse(browser().post(&url), "action=pay").await;
    assert_eq!(to, Some(format!("https://a.example/ok?s={id}")));
    let session = get(&sim, &format!("checkout/sessions/{id}")).await;
    assert_eq!(
        (session.body["status"].as_str(), session.body["payment_status"].as_str()),
        (Some("complete"), Some("paid"))
    );

    // Pressed twice, or come back to.
    let (_, to, _) = browse(browser().post(&url), "action=pay").await;
    assert_eq!(to, Some(format!("../pay/{id}")));
    let (_, _, html) = browse(browser().get(&url), "").await;
    assert!(html.contains("Schon bezahlt") && html.contains("https://a.example/ok"), "{html}");
    assert_eq!(sim.control("books", &[]).unwrap()["balance"]["eur"], 246_912 - 3704 - 25);
}

#[actix_web::test]
async fn pages_that_are_over_say_so() {
    let sim = fresh();
    let (id, url) = open(&sim, "locale=en").await;
    sim.control("clock", &[("advance", "86401")]).unwrap();
    let (_, _, html) = browse(browser().get(&url), "").await;
    assert!(html.contains("has expired") && html.contains("https://a.example/back"), "{html}");
    let (_, to, _) = browse(browser().post(&url), "action=pay").await;
    assert_eq!(to, Some(format!("../pay/{id}")));
    let (_, _, html) = browse(browser().get(format!("{}/pay/cs_none", sim.url())), "").await;
    assert!(html.contains("no such page"), "{html}");
}

#[actix_web::test]
async fn a_reserved_amount_is_said_to_be_reserved() {
    let sim = fresh();
    let (id, url) = open(&sim, "locale=en&payment_intent_data[capture_method]=manual").await;
    let (_, _, html) = browse(browser().get(&url), "").await;
    assert!(html.contains("only reserved"), "{html}");
    browse(browser().post(&url), "action=pay").await;
    let session = get(&sim, &format!("checkout/sessions/{id}")).await;
    assert_eq!(
        (session.body["status"].as_str(), session.body["payment_status"].as_str()),
        (Some("complete"), Some("unpaid"))
    );
}
