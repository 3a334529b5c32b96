//! Routes of providers.

mod owner;
mod public;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(public::list_categories)
        .service(public::list_places)
        .service(public::list_providers)
        .service(public::get_provider)
        .service(public::get_provider_portrait)
        .service(owner::create_provider)
        .service(owner::update_provider)
        .service(owner::publish_provider)
        .service(owner::unpublish_provider);
}
