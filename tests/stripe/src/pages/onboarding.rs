//! The page on which somebody sets up to receive payments.

use super::{escape, go, page, words};
use crate::resources::links;
use crate::server::Shared;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};

pub(super) async fn show(request: HttpRequest, id: Path<String>, shared: Data<Shared>) -> HttpResponse {
    let words = words(&request, None);
    let books = shared.books();
    let Some(link) = books.links.find(&id) else {
        let content = format!(
            r#"<section class="card"><h1>{}</h1><p class="why">{}</p></section>"#,
            words.unknown, words.unknown_why
        );
        return page(words, words.unknown, &content);
    };
    if !links::is_good(&books, link) {
        return go(&link.refresh_url);
    }
    let country =
        books.accounts.find(&link.account).map(|account| account.country.clone()).unwrap_or_default();
    let content = format!(
        r#"<form class="card" method="post">
<h1>{title}</h1>
<p class="why">{why}</p>
<dl><div><dt>{account}</dt><dd>{id}</dd></div><div><dt>{in_country}</dt><dd>{country}</dd></div></dl>
<div class="buttons">
<button class="button first" name="action" value="finish">{finish}</button>
<button class="button plain" name="action" value="later">{later}</button>
</div>
</form>"#,
        title = words.connect,
        why = words.connect_why,
        account = words.account,
        id = escape(&link.account),
        in_country = words.country,
        country = escape(&country),
        finish = words.finish,
        later = words.later,
    );
    page(words, words.connect, &content)
}

pub(super) async fn press(id: Path<String>, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    let done = form_urlencoded::parse(&body).any(|(name, value)| name == "action" && value == "finish");
    match shared.with(|books| links::finish(books, &id, done)) {
        Ok(on) => go(&on),
        Err(_) => go(&format!("../connect/{id}")),
    }
}
