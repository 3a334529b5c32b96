//! A table: each kind of fault once, with all that is told of it.

use super::{faults_of_body, faults_of_query};
use contract::bookings::BookingQuery;
use contract::slots::SlotQuery;
use serde_json::{Value, json};
use utoipa::IntoParams;

type Told = Vec<(String, String, String)>;

fn told(faults: Vec<contract::problem::FieldError>) -> Told {
    faults.into_iter().map(|fault| (fault.pointer, fault.code, fault.message)).collect()
}

fn wanted(faults: &[(&str, &str, &str)]) -> Told {
    faults.iter().map(|(pointer, code, text)| ((*pointer).into(), (*code).into(), (*text).into())).collect()
}

fn body(name: &str, body: &Value, faults: &[(&str, &str, &str)]) {
    assert_eq!(told(faults_of_body(name, body)), wanted(faults), "{name} {body}");
}

const WHOLE: &str = "Must be a whole number that is not below 0.";
const WHOLE_OR_NULL: &str = "Must be a whole number that is not below 0, or null.";
const TOO_LARGE: &str = "This number is too large.";
const UUID: &str = "Must be a UUID, such as 01938c1e-7b43-7c64-9a5e-2f1d0c9b8a76.";
const INSTANT: &str = "Must be an instant with its offset, such as 2027-03-28T10:00:00+02:00.";
const DATE: &str = "Must be a date, such as 2027-03-28.";

#[test]
fn every_kind_of_fault_of_a_body_is_told_plainly() {
    let service = |field: &str, value: Value| {
        let mut service = json!({ "name": "Cut", "duration_minutes": 30 });
        service[field] = value;
        service
    };
    for (field, value, code, message) in [
        ("name", json!(7), "wrong_type", "Must be text."),
        ("name", json!(null), "wrong_type", "Must be text."),
        ("name", json!(["Cut"]), "wrong_type", "Must be text."),
        ("duration_minutes", json!("30"), "wrong_type", WHOLE),
        ("duration_minutes", json!(30.5), "wrong_type", WHOLE),
        ("duration_minutes", json!(-1), "out_of_range", WHOLE),
        ("duration_minutes", json!(4_294_967_296_i64), "out_of_range", TOO_LARGE),
        ("price_minor", json!(1e30), "out_of_range", TOO_LARGE),
        ("price_minor", json!(-1e30), "out_of_range", "This number is too small."),
        ("price_minor", json!(u64::MAX), "out_of_range", TOO_LARGE),
        ("day_limit", json!(false), "wrong_type", WHOLE_OR_NULL),
        ("approval_required", json!("yes"), "wrong_type", "Must be true or false."),
        ("location", json!("moon"), "not_one_of", "Must be one of: provider, customer, phone, online."),
        ("location", json!({}), "wrong_type", "Must be one of: provider, customer, phone, online."),
    ] {
        body("CreateService", &service(field, value), &[(&format!("/{field}"), code, message)]);
    }
    body("CreateService", &service("day_limit", json!(null)), &[]);
    for value in [json!([]), json!(null), json!("x"), json!(1), json!(true)] {
        body("CreateService", &value, &[("", "wrong_type", "Must be an object.")]);
        body("PatchService", &value, &[("", "wrong_type", "Must be an object.")]);
    }
    body("PatchService", &json!({}), &[]);
    body(
        "CreateService",
        &json!({ "nam/e~": 1 }),
        &[
            ("/duration_minutes", "missing", "This is required."),
            ("/name", "missing", "This is required."),
            ("/nam~1e~0", "unknown_field", KNOWN),
        ],
    );
}

const KNOWN: &str = "There is no such field. Known are: approval_required, buffer_after_minutes, buffer_before_minutes, capacity, \
     day_limit, deposit_minor, deposit_percent, description, duration_minutes, horizon_days, location, location_detail, \
     minimum_notice_minutes, name, payment_mode, price_minor, slot_step_minutes, vat_rate, week_limit.";

#[test]
fn faults_are_told_where_they_are_however_deep() {
    let hours = json!({ "weekly": [["monday", "09:00", "17:00"], { "day": "Monday", "start": "09:00" }] });
    let days = "Must be one of: monday, tuesday, wednesday, thursday, friday, saturday, sunday.";
    body(
        "PutWeeklyHours",
        &hours,
        &[
            ("/weekly/0", "wrong_type", "Must be an object."),
            ("/weekly/1/day", "not_one_of", days),
            ("/weekly/1/end", "missing", "This is required."),
        ],
    );
    let wish = json!({ "service_id": "mine", "start_at": "tomorrow", "client": ["Ada"] });
    body(
        "CreateBooking",
        &wish,
        &[
            ("/client", "wrong_type", "Must be an object, or null."),
            ("/service_id", "malformed", UUID),
            ("/start_at", "malformed", INSTANT),
        ],
    );
    let closed = json!({ "exceptions": [{ "date": "soon", "windows": {} }] });
    body(
        "PutExceptions",
        &closed,
        &[
            ("/exceptions/0/date", "malformed", DATE),
            ("/exceptions/0/windows", "wrong_type", "Must be a list."),
        ],
    );
    body(
        "CreateCategory",
        &json!({ "slug": "x", "names": { "en": 1 } }),
        &[("/names/en", "wrong_type", "Must be text.")],
    );
    let many = json!({ "services": vec![json!(1); 5000] });
    assert_eq!(faults_of_body("OrderServices", &many).len(), 50);
}

#[test]
fn every_kind_of_fault_of_a_query_is_told_plainly() {
    let query = |parameters: Vec<utoipa::openapi::path::Parameter>, text: &str| {
        let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        told(faults_of_query(&parameters, &pairs))
    };
    for (text, pointer, code, message) in [
        ("limit=many", "?limit", "wrong_type", WHOLE),
        ("limit=", "?limit", "wrong_type", WHOLE),
        ("limit=-1", "?limit", "out_of_range", WHOLE),
        ("limit=99999999999999999999999999999999999999999", "?limit", "out_of_range", TOO_LARGE),
        ("limit=1&limit=2", "?limit", "duplicate", "This comes twice."),
        ("order=up", "?order", "not_one_of", "Must be one of: asc, desc."),
        ("from=soon", "?from", "malformed", INSTANT),
        ("service_id=1", "?service_id", "malformed", UUID),
    ] {
        assert_eq!(
            query(BookingQuery::into_params(|| None), text),
            wanted(&[(pointer, code, message)]),
            "{text}"
        );
    }
    assert_eq!(
        query(SlotQuery::into_params(|| None), "to=2027-13-01"),
        wanted(&[("?from", "missing", "This is required."), ("?to", "malformed", DATE)])
    );
}
