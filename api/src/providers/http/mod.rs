//! Routes of providers.

mod owner;
pub mod page;
mod photo;
mod public;
mod share;

use crate::http::etag;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};
use utoipa_actix_web::service_config::ServiceConfig;

/// A picture and nothing else, should somebody open it as a page.
const PICTURE_POLICY: &str = "default-src 'none'; sandbox";

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(public::list_categories)
        .service(public::list_places)
        .service(public::list_providers)
        .service(public::get_provider)
        .service(public::get_provider_portrait)
        .service(photo::get_provider_photo)
        .service(photo::replace_provider_photo)
        .service(photo::delete_provider_photo)
        .service(share::get_provider_qr)
        .service(owner::create_provider)
        .service(owner::update_provider)
        .service(owner::publish_provider)
        .service(owner::unpublish_provider);
}

/// Answers with a drawing; 304 where the client has this one.
fn picture(request: &HttpRequest, svg: String, caching: &'static str) -> HttpResponse {
    let digest = Sha256::digest(svg.as_bytes());
    let tag = digest[..8].iter().fold(String::from("\""), |tag, byte| format!("{tag}{byte:02x}")) + "\"";
    let known = etag::is_known(request, &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, caching))
        .insert_header((header::CONTENT_SECURITY_POLICY, PICTURE_POLICY));
    if known { response.finish() } else { response.content_type("image/svg+xml").body(svg) }
}
