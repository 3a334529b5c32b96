//! Paths that exist, asked with a method that does not.

use actix_web::http::header::ALLOW;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use utoipa::openapi::OpenApi;

/// The methods of every path of the API, from its document.
#[derive(Clone)]
pub struct Methods(Vec<(Vec<String>, String)>);

impl Methods {
    /// Reads them from the document.
    #[must_use]
    pub fn of(document: &OpenApi) -> Self {
        let segments = |path: &str| path.split('/').map(str::to_owned).collect();
        let paths = document.paths.paths.iter();
        Self(
            paths
                .map(|(path, item)| {
                    let methods = [
                        ("GET, HEAD", &item.get),
                        ("PUT", &item.put),
                        ("POST", &item.post),
                        ("PATCH", &item.patch),
                        ("DELETE", &item.delete),
                    ];
                    let known: Vec<&str> = methods
                        .iter()
                        .filter(|(_, operation)| operation.is_some())
                        .map(|(name, _)| *name)
                        .collect();
                    (segments(path), known.join(", "))
                })
                .collect(),
        )
    }

    fn allowed(&self, path: &str) -> Option<&str> {
        let asked: Vec<&str> = path.split('/').collect();
        let matches = |template: &[String]| {
            template.len() == asked.len()
                && template.iter().zip(&asked).all(|(part, asked)| part.starts_with('{') || part == asked)
        };
        self.0.iter().find(|(template, _)| matches(template)).map(|(_, methods)| methods.as_str())
    }
}

/// Answers what no route of the API answers: 405 where another method would do, else 404. The middleware makes a
/// problem of it.
pub async fn refuse(request: HttpRequest, methods: Data<Methods>) -> HttpResponse {
    match methods.allowed(request.path()) {
        Some(allowed) => HttpResponse::MethodNotAllowed().insert_header((ALLOW, allowed)).finish(),
        None => HttpResponse::NotFound().finish(),
    }
}
