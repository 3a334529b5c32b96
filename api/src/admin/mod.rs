//! What admins do: people, pages and categories, and the log of it all.
//!
//! Each act is one transaction: it locks what it changes, writes its line into the log, then changes. The line is refused
//! where the actor is no admin any more, and the act with it.

mod actor;
mod acts;
mod categories;
mod counts;
mod overview;
mod providers;
mod target;
mod users;

pub use actor::Admin;
pub use target::Target;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(overview::get_admin_overview)
        .service(users::http::list_users)
        .service(users::http::get_user)
        .service(users::http::suspend_user)
        .service(users::http::restore_user)
        .service(users::http::grant_admin)
        .service(users::http::revoke_admin)
        .service(providers::http::list_all_providers)
        .service(providers::http::get_any_provider)
        .service(providers::http::suspend_provider)
        .service(providers::http::restore_provider)
        .service(providers::http::publish_any_provider)
        .service(providers::http::unpublish_any_provider)
        .service(categories::http::list_all_categories)
        .service(categories::http::create_category)
        .service(categories::http::update_category)
        .service(categories::http::retire_category)
        .service(categories::http::restore_category)
        .service(acts::http::list_admin_acts);
}
