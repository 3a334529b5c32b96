//! The HTTP server: routes, middleware, and a graceful end.

use super::methods::{self, Methods};
use super::openapi::{api, openapi};
use super::{head, health, problem, security, spa};
use crate::app::App;
use crate::config::Config;
use crate::notifications::outbox;
use crate::pages;
use crate::telemetry::RequestSpan;
use actix_cors::Cors;
use actix_web::http::header;
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App as ActixApp, HttpServer, dev::Server};
use sqlx::postgres::PgConnectOptions;
use std::net::TcpListener;
use stripe_simulator::Pages;
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::SwaggerUi;

/// Where the pages are on which demo payments are made.
pub const DEMO_PAYMENTS: &str = "/demo-payments";

/// Serves on a listening socket until a stop signal, then finishes the requests in flight. Each worker has a pool of its own
/// for this database. Where a simulator takes the payments, its pages are shown.
///
/// # Errors
/// Where the socket cannot be used.
pub fn serve(
    listener: TcpListener,
    app: &App,
    database: PgConnectOptions,
    demo: Option<Pages>,
) -> std::io::Result<Server> {
    let (app, config) = (app.clone(), app.config.clone());
    let (workers, shutdown) = (config.workers, config.shutdown_timeout.as_secs());
    let document = openapi();
    let methods = Data::new(Methods::of(&document));
    let mut server = HttpServer::new(move || {
        let pool = crate::db::pool(database.clone(), config.database_connections);
        let app = App { db: pool, ..app.clone() };
        ActixApp::new()
            .app_data(Data::new(app))
            .app_data(methods.clone())
            .wrap(from_fn(head::as_get))
            .wrap(from_fn(security::bounds))
            .wrap(from_fn(problem::middleware))
            .wrap(from_fn(security::headers))
            .wrap(Compress::default())
            .wrap(Condition::new(!config.allowed_origins.is_empty(), cors(&config)))
            .wrap(TracingLogger::<RequestSpan>::new())
            .configure(health::configure)
            .configure(|routes| outbox::http::configure(routes, &config))
            .configure(|routes| {
                if let Some(demo) = &demo {
                    routes.service(web::scope(DEMO_PAYMENTS).configure(|pages| demo.configure(pages)));
                }
            })
            .into_utoipa_app()
            .service(
                utoipa_actix_web::scope("/api/v1")
                    .configure(api)
                    .default_service(web::route().to(methods::refuse)),
            )
            .into_app()
            .service(SwaggerUi::new("/docs/{_:.*}").url("/openapi.json", document.clone()))
            .service(web::redirect("/docs", "/docs/"))
            .configure(pages::configure)
            .configure(spa::configure)
    })
    .shutdown_timeout(shutdown)
    .disable_signals();
    if workers > 0 {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
}

fn cors(config: &Config) -> Cors {
    let allowed =
        config.allowed_origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin));
    allowed
        .allow_any_method()
        .allow_any_header()
        .expose_headers([
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            header::HeaderName::from_static("x-request-id"),
            crate::live::LAST_EVENT_ID,
        ])
        .max_age(3600)
}
