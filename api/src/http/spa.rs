//! The single-page app, from inside the binary; a development build reads it from the disk instead, and `APP_DIR` names
//! another folder.

use super::problem::{ApiError, ApiResult};
use crate::app::App;
use crate::pages::{self, Template};
use actix_web::http::header::{
    self, AcceptEncoding, CacheControl, CacheDirective, Encoding, EntityTag, Header, IfNoneMatch, Preference,
    Quality,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Bytes, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use contract::problem::Code;
use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;
use std::path::{Component, Path};

/// What the bundler made, with brotli and gzip beside each file.
#[derive(Embed)]
#[folder = "../web/dist"]
struct Bundle;

const PAGE: &str = "index.html";
/// Files below it carry a hash of their content in their name.
const HASHED: &str = "assets/";
/// First segments that belong to the server: what is not found there is not a page of the app.
const SERVERS_OWN: [&str; 6] = ["api", "docs", "openapi.json", "livez", "readyz", "dev"];

/// The app's own page of components, shown while developing only.
const STYLE_PAGE: &str = "dev/components";

/// Answers what no other route answers.
pub fn configure(config: &mut ServiceConfig) {
    config.default_service(web::route().to(serve));
}

async fn serve(request: HttpRequest) -> ApiResult<HttpResponse> {
    let path = request.path().trim_start_matches('/');
    if path == STYLE_PAGE && request.app_data::<web::Data<App>>().is_some_and(|app| !app.config.production) {
        return page(&request);
    }
    if SERVERS_OWN.contains(&path.split('/').next().unwrap_or_default()) {
        return Err(ApiError::not_found());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(ApiError::new(Code::MethodNotAllowed));
    }
    let is_hidden = path.split('/').any(|segment| segment.starts_with('.'));
    // The page has its own addresses.
    if !path.is_empty()
        && path != PAGE
        && !is_hidden
        && let Some(response) = file(&request, path)
    {
        return Ok(response);
    }
    page(&request)
}

/// The app's one page, for whoever asks for a page.
///
/// # Errors
/// `not_found` for whoever asks for something else, and where the app has not been built.
pub fn page(request: &HttpRequest) -> ApiResult<HttpResponse> {
    if !is_page(request, request.path()) {
        return Err(ApiError::not_found());
    }
    // The app itself says that there is nothing.
    let status =
        if contract::pages::is_page(request.path()) { StatusCode::OK } else { StatusCode::NOT_FOUND };
    if let Some(page) = Template::of(request, "plain") {
        return Ok(pages::answer(request, status, page.fill(&[])));
    }
    file(request, PAGE)
        .ok_or_else(|| ApiError::not_found().detail("The app has not been built; `make web` builds it."))
}

/// Whether an address is that of a file whose name tells its content.
pub(super) fn is_hashed(address: &str) -> bool {
    address.strip_prefix('/').is_some_and(|path| path.starts_with(HASHED))
}

/// The text of a file of the app.
#[must_use]
pub fn text(app: &App, path: &str) -> Option<String> {
    String::from_utf8(read(app.config.app_dir.as_deref(), path)?.data.into_owned()).ok()
}

/// A file of the app, from the folder where there is one.
fn read(folder: Option<&Path>, path: &str) -> Option<EmbeddedFile> {
    let Some(folder) = folder else { return Bundle::get(path) };
    let path = Path::new(path);
    let stays_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if stays_inside { rust_embed::utils::read_file_from_fs(&folder.join(path)).ok() } else { None }
}

/// The app finds its own way from the address; files that are missing are missing.
fn is_page(request: &HttpRequest, path: &str) -> bool {
    let accepted =
        request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    !is_file && (accepted.contains("text/html") || accepted.contains("*/*"))
}

fn file(request: &HttpRequest, path: &str) -> Option<HttpResponse> {
    let folder = request.app_data::<web::Data<App>>().and_then(|app| app.config.app_dir.as_deref());
    let plain = read(folder, path)?;
    let (encoding, file) =
        smallest(request, folder, path).map_or((None, plain), |(encoding, file)| (Some(encoding), file));

    // A name with a hash says already what is in the file.
    let is_hashed = path.starts_with(HASHED);
    let caching = if is_hashed {
        vec![
            CacheDirective::Public,
            CacheDirective::MaxAge(31_536_000),
            CacheDirective::Extension("immutable".into(), None),
        ]
    } else if path.ends_with(".svg") {
        // The sign in the tab: browsers ask for it on each page.
        vec![CacheDirective::Public, CacheDirective::MaxAge(86_400)]
    } else {
        vec![CacheDirective::NoCache]
    };

    let mut response = HttpResponse::Ok();
    response.insert_header(CacheControl(caching)).insert_header((header::VARY, "Accept-Encoding"));
    if !is_hashed {
        let tag = EntityTag::new_strong(hex(&file.metadata.sha256_hash()[..12]));
        let is_known = knows(request, &tag);
        response.insert_header(header::ETag(tag));
        if is_known {
            return Some(response.status(StatusCode::NOT_MODIFIED).finish());
        }
    }
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    Some(response.content_type(media_type(path)).body(bytes(file)))
}

fn knows(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(tag)),
        Err(_) => false,
    }
}

/// The file as the client can read it with the fewest bytes, where that is not the plain one.
fn smallest(
    request: &HttpRequest,
    folder: Option<&Path>,
    path: &str,
) -> Option<(&'static str, EmbeddedFile)> {
    let accepted = AcceptEncoding::parse(request).ok()?;
    [("br", "br", Encoding::brotli()), ("gzip", "gz", Encoding::gzip())]
        .into_iter()
        .filter(|(_, _, encoding)| accepts(&accepted, encoding))
        .find_map(|(name, suffix, _)| Some((name, read(folder, &format!("{path}.{suffix}"))?)))
}

fn accepts(accepted: &AcceptEncoding, encoding: &Encoding) -> bool {
    let quality = |wanted: Preference<Encoding>| {
        accepted.iter().find(|item| item.item == wanted).map(|item| item.quality)
    };
    quality(Preference::Specific(encoding.clone()))
        .or_else(|| quality(Preference::Any))
        .is_some_and(|quality| quality > Quality::ZERO)
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(built_in) => Bytes::from_static(built_in),
        Cow::Owned(read) => Bytes::from(read),
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn accepts_encoding(header: &str, encoding: Encoding) -> bool {
        let request =
            TestRequest::default().insert_header((header::ACCEPT_ENCODING, header)).to_http_request();
        accepts(&AcceptEncoding::parse(&request).unwrap(), &encoding)
    }

    #[test]
    fn encodings_follow_the_client() {
        assert!(accepts_encoding("gzip, deflate, br, zstd", Encoding::brotli()));
        assert!(accepts_encoding("gzip;q=0.5", Encoding::gzip()));
        assert!(accepts_encoding("*", Encoding::brotli()));
        assert!(!accepts_encoding("gzip", Encoding::brotli()));
        assert!(!accepts_encoding("br;q=0, *", Encoding::brotli()));
        assert!(!accepts_encoding("identity", Encoding::gzip()));
    }

    #[test]
    fn addresses_without_a_file_name_are_pages() {
        let page = |accept: &'static str, path: &str| {
            is_page(&TestRequest::default().insert_header((header::ACCEPT, accept)).to_http_request(), path)
        };
        assert!(page("text/html,application/xhtml+xml,*/*;q=0.8", "providers/anna"));
        assert!(page("*/*", ""));
        assert!(!page("application/json", "providers/anna"));
        assert!(!page("text/html", "assets/gone.js"));
    }

    #[actix_web::test]
    async fn the_servers_own_addresses_are_never_pages() {
        let app = actix_web::test::init_service(actix_web::App::new().configure(configure)).await;
        for path in
            ["/api", "/api/v1/nothing", "/docs/nothing", "/dev/nothing", "/.made-from", "/../Cargo.toml"]
        {
            let request =
                TestRequest::get().uri(path).insert_header((header::ACCEPT, "application/json")).to_request();
            let response = actix_web::test::call_service(&app, request).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}
