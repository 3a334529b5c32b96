//! Routes of providers.

mod next;
mod owner;
mod photo;
mod public;
mod share;

use crate::http::etag;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
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
        .service(next::list_next_slots)
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
    let (mut response, known) = etag::begin(request, etag::tag_of_text(&svg));
    response
        .insert_header((header::CACHE_CONTROL, caching))
        .insert_header((header::CONTENT_SECURITY_POLICY, PICTURE_POLICY));
    if known { response.finish() } else { response.content_type("image/svg+xml").body(svg) }
}
