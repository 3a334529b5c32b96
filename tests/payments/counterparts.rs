//! Programs of other people: Stripe's own library as an oracle, localstripe and emulate as other Stripes.

use super::events::receiver;
use super::{KEY, SECRET, World, back, euro, metadata, way};
use integrations::payments::stripe::{TOLERANCE, verify};
use integrations::payments::{
    Capture, FormOrder, PageState, PaymentState, Processor, ProcessorError, RefundState,
};
use secrecy::SecretString;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use time::OffsetDateTime;

/// A program that ends with the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/payments/counterparts"))
}

/// Where they are, once they are installed.
fn installed() -> &'static PathBuf {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("counterparts");
        let status = Command::new(folder().join("install")).arg(&place).status().unwrap();
        assert!(status.success(), "the counterparts could not be installed");
        place
    })
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts one and waits until it answers.
async fn start(mut command: Command, url: &str) -> Program {
    let program = Program(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let begun = Instant::now();
    while reqwest::get(url).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{url} does not answer");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    program
}

/// Asks Stripe's own library.
fn oracle(arguments: &[&str], body: &str) -> String {
    installed();
    let mut command = Command::new("node");
    command
        .current_dir(folder())
        .arg("oracle.mjs")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

const BODY: &str = r#"{"id":"evt_1","object":"event","type":"charge.refunded","created":1790000000,"data":{"object":{"id":"ch_ü"}}}"#;

#[tokio::test]
async fn signatures_are_those_of_stripes_own_library() {
    let now = OffsetDateTime::now_utc();
    let at = now.unix_timestamp().to_string();
    let header = oracle(&["sign", SECRET, &at], BODY);
    let event =
        verify(BODY.as_bytes(), &header, &[SecretString::from(SECRET.to_owned())], now, TOLERANCE).unwrap();
    assert_eq!((&*event.id, &*event.object), ("evt_1", "ch_ü"));
    let ours = stripe_simulator::signature(SECRET, now.unix_timestamp(), BODY);
    assert_eq!(oracle(&["check", SECRET, &ours], BODY), "evt_1");
}

#[tokio::test]
async fn stripes_own_library_is_at_home_in_the_simulator() {
    let world = World::new();
    let url = world.sim.url().to_owned();
    let said = tokio::task::spawn_blocking(move || oracle(&["client", &url, KEY], "")).await.unwrap();
    assert_eq!(said, "fine");
}

/// Does what only the other side of a payment does.
async fn post(url: String, body: &str) -> serde_json::Value {
    let request = reqwest::Client::new().post(url).bearer_auth(KEY);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned());
    let answer = request.send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{text}");
    serde_json::from_str(&text).unwrap_or_default()
}

/// Makes the payment of a form of 50 euros. localstripe is older than the parameter by which we leave cards alone to choose
/// from, and refuses it; the simulator and emulate are asked by our own way.
async fn form(base: &str, capture: &str) -> String {
    let order = format!(
        "amount=5000&currency=eur&capture_method={capture}&metadata[booking]=b-1&metadata[payment]=p-1"
    );
    let made = post(format!("{base}/v1/payment_intents"), &order).await;
    made["id"].as_str().unwrap().to_owned()
}

/// Confirms with a test card, as the client's own form would.
async fn pay(base: &str, payment: &str) {
    let card = "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2039&card[cvc]=123";
    let method = post(format!("{base}/v1/payment_methods"), card).await;
    let method = format!("payment_method={}", method["id"].as_str().unwrap());
    post(format!("{base}/v1/payment_intents/{payment}"), &method).await;
    post(format!("{base}/v1/payment_intents/{payment}/confirm"), "").await;
}

#[tokio::test]
async fn localstripe_takes_captures_and_refunds() {
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let mut command = Command::new(installed().join("localstripe/bin/localstripe"));
    command.args(["--from-scratch", "--port", &port.to_string()]).current_dir(installed());
    let stripe = way(&url, KEY, false, Duration::from_secs(10));
    let _program = start(command, &url).await;
    let (hook, received) = receiver();
    post(format!("{url}/_config/webhooks/ours"), &format!("url={hook}&secret={SECRET}")).await;

    let payment = form(&url, "automatic").await;
    assert_eq!(stripe.payment(&payment).await.unwrap().state, PaymentState::Waiting);
    pay(&url, &payment).await;
    let paid = stripe.payment(&payment).await.unwrap();
    assert_eq!((paid.state, paid.amount), (PaymentState::Paid, euro(5000)));
    let refund = stripe.refund(&back(&payment, euro(2000)), "refund-1").await.unwrap();
    assert_eq!(refund.amount, euro(2000));
    let history = stripe.history(&payment).await.unwrap();
    assert_eq!(history.refunds.len(), 1);
    assert_eq!(history.refunds[0].state, RefundState::Succeeded);

    let payment = form(&url, "manual").await;
    pay(&url, &payment).await;
    assert_eq!(stripe.payment(&payment).await.unwrap().state, PaymentState::Authorised);
    let taken = stripe.capture(&payment, None).await.unwrap();
    assert_eq!(taken.state, PaymentState::Paid);

    let payment = form(&url, "manual").await;
    pay(&url, &payment).await;
    assert_eq!(stripe.release(&payment).await.unwrap().state, PaymentState::Cancelled);
    let (header, body) = received.recv_timeout(Duration::from_secs(10)).unwrap();
    stripe.event(&body, &header, OffsetDateTime::now_utc()).unwrap();
    let missing = stripe.payment("pi_missing").await.unwrap_err();
    assert!(matches!(missing, ProcessorError::Permanent { .. }), "{missing}");
}

#[tokio::test]
async fn emulate_hosts_a_page_that_is_paid() {
    installed();
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let mut command = Command::new("node");
    command.current_dir(folder()).args(["node_modules/emulate/dist/index.js", "--service", "stripe"]);
    command.args(["--port", &port.to_string()]);
    let stripe = way(&url, KEY, false, Duration::from_secs(10));
    let _program = start(command, &url).await;
    // It knows no prices but those of its catalogue, so the page is ordered by hand; the adapter does the rest.
    let product = post(format!("{url}/v1/products"), "name=Haircut").await;
    let price = format!("product={}&currency=eur&unit_amount=5000", product["id"].as_str().unwrap());
    let price = post(format!("{url}/v1/prices"), &price).await;
    let line = format!("line_items[0][price]={}&line_items[0][quantity]=1", price["id"].as_str().unwrap());
    let opened = post(format!("{url}/v1/checkout/sessions"), &format!("mode=payment&{line}")).await;
    let page = stripe.page(opened["id"].as_str().unwrap()).await.unwrap();
    assert_eq!(page.state, PageState::Open);
    post(format!("{}/complete", page.url.unwrap()), "").await;
    assert_eq!(stripe.page(&page.id).await.unwrap().state, PageState::Complete);
    assert_eq!(stripe.expire_page(&page.id).await.unwrap().state, PageState::Complete);

    let opened = post(format!("{url}/v1/checkout/sessions"), &format!("mode=payment&{line}")).await;
    let closed = stripe.expire_page(opened["id"].as_str().unwrap()).await.unwrap();
    assert_eq!(closed.state, PageState::Expired);
    let order = FormOrder { amount: euro(5000), metadata: metadata(), capture: Capture::AtOnce, split: None };
    let form = stripe.prepare(&order, "form-1").await;
    // Its intents have no client secret.
    assert!(matches!(form, Err(ProcessorError::Temporary(_))), "{form:?}");
}
