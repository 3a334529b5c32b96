//! What nobody means and somebody sends: no operation breaks on it.

use super::{Desk, is_plain, refused};
use crate::support::server::Call;

#[actix_web::test]
async fn no_operation_breaks_on_a_body_that_is_none() {
    let desk = Desk::open().await;
    let deep = |open: &str| open.repeat(100_000).into_bytes();
    let bodies: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"   ".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"text\"".to_vec(),
        b"1e400".to_vec(),
        b"{".to_vec(),
        b"{}{}".to_vec(),
        b"{\"a\":1,\"a\":2}".to_vec(),
        b"{\"email\":\"\\ud800\"}".to_vec(),
        b"{\"email\":\"\0\"}".to_vec(),
        b"{\"email\":\"\\u0000\"}".to_vec(),
        b"{\"\\u0000\":1}".to_vec(),
        b"{\"email\":1e400}".to_vec(),
        b"{\"email\":-99999999999999999999999999999999999999999}".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"{\"email\":\"\xff\xfe\"}".to_vec(),
        deep("["),
        deep("{\"a\":"),
        deep("{\"reason\":["),
    ];
    for operation in &desk.operations {
        let content = &operation.described["requestBody"]["content"];
        let path = desk.path(operation);
        for body in &bodies {
            let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
            let context = format!("{} {shown}", operation.id);
            let request = desk.request(operation, &path);
            if content.is_null() {
                // It takes no body, so whatever comes is not looked at: the first is enough to know.
                if body.is_empty() || operation.method == "GET" {
                    continue;
                }
                let answer =
                    request.header("content-type", "application/json").body(body.clone()).call().await;
                assert!(!answer.status.is_server_error(), "{context}: {}", answer.text);
                break;
            }
            let kind = content.as_object().unwrap().keys().next().unwrap();
            refused(request.header("content-type", kind).body(body.clone()), &context).await;
        }
        if !content.is_null() {
            for kind in [
                "",
                "text/plain",
                "application/xml",
                "multipart/form-data",
                "application/jsonx",
                ";",
                "\u{e4}",
            ] {
                let context = format!("{} as {kind:?}", operation.id);
                let request = desk.request(operation, &path).body("{}");
                let request = if kind.is_empty() { request } else { request.header("content-type", kind) };
                let problem = refused(request, &context).await;
                assert_eq!(problem.code.as_str(), "unsupported_media_type", "{context}: {problem:?}");
            }
        }
    }
}

#[actix_web::test]
async fn no_operation_breaks_on_an_address_that_is_none() {
    let desk = Desk::open().await;
    let long = "a".repeat(3000);
    let odd =
        ["%00", "%ff%fe", "%F0%9F%98%80", "-1", "99999999999999999999", "..%2f..", "%27%3B--", "null", &long];
    for operation in desk.operations.iter().filter(|operation| operation.path.contains('{')) {
        let start = operation.path.find('{').unwrap();
        let end = operation.path.find('}').unwrap();
        for part in odd {
            let mut path = operation.path.clone();
            path.replace_range(start..=end, part);
            let path = path.replace("{date}", "2027-02-30").replace("{time_off_id}", part);
            let context = format!("{} {path:.90}", operation.id);
            let request =
                desk.request(operation, &path).header("content-type", "application/json").body("{}");
            refused(request, &context).await;
        }
    }
    // The whole of a query at once.
    for operation in desk.operations.iter().filter(|operation| operation.method == "GET") {
        let parameters = operation.described["parameters"].as_array().cloned().unwrap_or_default();
        for part in odd {
            let names = parameters.iter().filter(|one| one["in"] == "query");
            let query: String =
                names.map(|one| format!("{}={part}&", one["name"].as_str().unwrap())).collect();
            if query.is_empty() || query.len() > 6000 {
                continue;
            }
            let context = format!("{} ?{query:.90}", operation.id);
            let answer = desk.request(operation, &format!("{}?{query}", desk.path(operation))).call().await;
            assert!(!answer.status.is_server_error(), "{context}: {}", answer.text);
            if answer.status.is_client_error() {
                is_plain(&answer, &context);
            }
        }
    }
}
