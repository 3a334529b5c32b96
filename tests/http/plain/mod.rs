//! What the API says to those who send it something wrong, of every operation that the document has.

mod cursors;
mod nonsense;
mod samples;
mod shapes;

use crate::support::TestServer;
use crate::support::fixtures;
use crate::support::server::{Answer, Call};
use api::http::openapi::openapi;
use contract::problem::Problem;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use uuid::Uuid;

/// One operation of the document.
struct Operation {
    id: String,
    method: Method,
    path: String,
    described: Value,
}

/// A server with somebody who may try every operation.
struct Desk {
    server: TestServer,
    document: Value,
    operations: Vec<Operation>,
    provider: Uuid,
    owner: String,
    admin: String,
}

impl Desk {
    async fn open() -> Self {
        let server = TestServer::spawn().await;
        let shop = fixtures::shop(&server.db, "UTC").await;
        let (owner, (_, admin)) = (server.token(shop.owner), server.admin("Root").await);
        let document = serde_json::to_value(openapi()).unwrap();
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, described) in methods.as_object().unwrap() {
                operations.push(Operation {
                    id: described["operationId"].as_str().unwrap().to_owned(),
                    method: method.to_uppercase().parse().unwrap(),
                    path: path.trim_start_matches("/api/v1").to_owned(),
                    described: described.clone(),
                });
            }
        }
        // Whoever has ended all sessions can make no further request.
        operations
            .sort_by_key(|operation| matches!(operation.id.as_str(), "end_session" | "end_all_sessions"));
        assert!(operations.len() > 70, "{}", operations.len());
        Self { server, document, operations, provider: shop.provider, owner, admin }
    }

    /// The path with something for each of its names: the person's own provider, and else nothing that exists.
    fn path(&self, operation: &Operation) -> String {
        let mut path = operation.path.replace("{provider_id}", &self.provider.to_string());
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            let filling = match &path[from + 1..to] {
                "date" => "2027-03-01".to_owned(),
                "slug" => "nothing".to_owned(),
                _ => Uuid::now_v7().to_string(),
            };
            path.replace_range(from..=to, &filling);
        }
        path
    }

    /// A request by whoever may make it, meant for any version.
    fn request(&self, operation: &Operation, path: &str) -> RequestBuilder {
        let token = if path.starts_with("/admin") { &self.admin } else { &self.owner };
        self.server.request(operation.method.clone(), path).bearer_auth(token).header("if-match", "*")
    }
}

/// Nothing that is answered speaks of how the server is made.
#[track_caller]
fn is_plain(answer: &Answer, context: &str) {
    let mut told: Value = serde_json::from_str(&answer.text)
        .unwrap_or_else(|error| panic!("{context}: {error}: {}", answer.text));
    told.as_object_mut().unwrap().remove("request_id");
    let told = told.to_string();
    for word in [
        "invalid type",
        "expected",
        "struct",
        "variant",
        "u32",
        "i64",
        "f64",
        "sequence",
        "serde",
        "Option",
        "`",
    ] {
        assert!(!told.contains(word), "{context}: {word:?} in {told}");
    }
}

/// Sends a request that has to be refused in good order.
async fn refused(request: RequestBuilder, context: &str) -> Problem {
    let answer = request.call().await;
    assert!(answer.status.is_client_error(), "{context}: {} {}", answer.status, answer.text);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{context}");
    is_plain(&answer, context);
    serde_json::from_str(&answer.text).unwrap()
}
