//! Each field of each body and each parameter of each query, replaced by what has no place there: refused, with a pointer to
//! the very field and in plain words.

use super::samples::{is_object, kind, misfits, places, plain, required, sample};
use super::{Desk, refused};
use crate::support::server::Call;
use serde_json::{Value, json};

const CODES: [&str; 4] = ["wrong_type", "malformed", "not_one_of", "out_of_range"];

#[actix_web::test]
async fn every_field_of_every_body_is_pointed_to() {
    let desk = Desk::open().await;
    let mut tried = 0;
    for operation in &desk.operations {
        let schema = &operation.described["requestBody"]["content"]["application/json"]["schema"];
        if schema.is_null() {
            continue;
        }
        let (document, path, whole) = (&desk.document, desk.path(operation), sample(&desk.document, schema));
        let mut all = Vec::new();
        places(document, schema, "", &mut all);
        let mut cases: Vec<(String, &[&str], Value)> = Vec::new();
        for (pointer, schema) in &all {
            for misfit in misfits(document, schema) {
                let mut body = whole.clone();
                *body.pointer_mut(pointer).unwrap() = misfit;
                cases.push((pointer.clone(), &CODES, body));
            }
            for name in required(document, schema) {
                let mut body = whole.clone();
                body.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(name);
                cases.push((format!("{pointer}/{name}"), &["missing"], body));
            }
            if is_object(document, schema) {
                let mut body = whole.clone();
                body.pointer_mut(pointer).unwrap()["shoe_size"] = json!(43);
                cases.push((format!("{pointer}/shoe_size"), &["unknown_field"], body));
            }
        }
        for (pointer, codes, body) in cases {
            tried += 1;
            let context = format!("{} {pointer} {body}", operation.id);
            let problem = refused(desk.request(operation, &path).json(&body), &context).await;
            assert_eq!(problem.code.as_str(), "malformed_body", "{context}: {problem:?}");
            let [error] = problem.errors.as_slice() else { panic!("{context}: {problem:?}") };
            assert_eq!(error.pointer, pointer, "{context}");
            assert!(codes.contains(&error.code.as_str()), "{context}: {error:?}");
            assert!(error.message.ends_with('.') && problem.detail.is_some(), "{context}: {problem:?}");
        }
    }
    assert!(tried > 800, "{tried}");
}

#[actix_web::test]
async fn every_parameter_of_every_query_is_pointed_to() {
    let desk = Desk::open().await;
    let mut tried = 0;
    for operation in &desk.operations {
        let path = desk.path(operation);
        let parameters = operation.described["parameters"].as_array().cloned().unwrap_or_default();
        let queries: Vec<&Value> = parameters.iter().filter(|one| one["in"] == "query").collect();
        let name_of = |one: &Value| one["name"].as_str().unwrap().to_owned();
        let fitting = |one: &Value| match sample(&desk.document, &one["schema"]) {
            Value::String(text) => text.replace('+', "%2B"),
            value => value.to_string(),
        };
        for one in &queries {
            let rest: Vec<String> = queries
                .iter()
                .filter(|other| other["required"] == true && name_of(other) != name_of(one))
                .map(|other| format!("{}={}", name_of(other), fitting(other)))
                .collect();
            let schema = plain(&desk.document, &one["schema"]);
            let name = name_of(one);
            let mut cases = Vec::new();
            if one["required"] == true {
                cases.push((String::new(), "missing"));
            }
            if schema["format"].is_string() || schema["enum"].is_array() || kind(schema) != "string" {
                cases.push((format!("{name}=nonsense"), ""));
                cases.push((format!("{name}="), ""));
            }
            if kind(schema) == "integer" {
                cases.push((format!("{name}=99999999999999999999999999"), "out_of_range"));
            }
            cases.push((format!("{name}={0}&{name}={0}", fitting(one)), "duplicate"));
            for (text, code) in cases {
                tried += 1;
                let query = [rest.clone(), vec![text]].concat().join("&");
                let context = format!("{} ?{query}", operation.id);
                let problem = refused(desk.request(operation, &format!("{path}?{query}")), &context).await;
                if problem.code.as_str() == "not_found" {
                    continue;
                }
                assert_eq!(problem.code.as_str(), "malformed_query", "{context}: {problem:?}");
                let [error] = problem.errors.as_slice() else { panic!("{context}: {problem:?}") };
                assert_eq!(error.pointer, format!("?{name}"), "{context}");
                assert!(code.is_empty() || error.code == code, "{context}: {error:?}");
            }
        }
    }
    assert!(tried > 60, "{tried}");
}

#[actix_web::test]
async fn a_number_out_of_all_range_is_told_the_rule() {
    let desk = Desk::open().await;
    let wish = |party: i64| json!({ "service_id": desk.provider, "start_at": "2027-03-28T10:00:00Z", "party_size": party });
    for party in [-1, i64::MAX] {
        let problem = desk.server.post("/bookings", &wish(party)).call().await.problem("malformed_body");
        let [error] = problem.errors.as_slice() else { panic!("{problem:?}") };
        assert_eq!(
            (&*error.pointer, &*error.code, &*error.message),
            ("/party_size", "out_of_range", "Must be 1 to 1000.")
        );
    }
    let slots = format!("/services/{}/slots?from=2027-03-28&to=2027-03-29&party_size", desk.provider);
    let next = format!("/providers/{}/next-slots?count", desk.provider);
    for (path, pointer, message) in [
        ("/providers?limit", "?limit", "Must be 1 to 100."),
        (slots.as_str(), "?party_size", "Must be 1 to 1000."),
        (next.as_str(), "?count", "Must be 1 to 5."),
    ] {
        for number in ["-1", "99999999999999999999"] {
            let answer = desk.server.get(&format!("{path}={number}")).call().await;
            let problem = answer.problem("malformed_query");
            let [error] = problem.errors.as_slice() else { panic!("{problem:?}") };
            assert_eq!((&*error.pointer, &*error.message), (pointer, message), "{path}={number}");
        }
    }
}

#[actix_web::test]
async fn what_is_no_text_is_no_search() {
    let desk = Desk::open().await;
    for (query, pointer) in [("q=%ff", "?q"), ("category=x&q=%F0%9F", "?q"), ("q=fine&x=%c3", "?x")] {
        let problem = desk.server.get(&format!("/providers?{query}")).call().await.problem("malformed_query");
        assert_eq!(
            (&*problem.errors[0].pointer, &*problem.errors[0].code),
            (pointer, "malformed"),
            "{query}"
        );
    }
    assert_eq!(desk.server.get("/providers?q=%C3%A4+b").call().await.status, 200);
}
