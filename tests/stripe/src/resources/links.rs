//! Account links: the way to the onboarding page.

use super::accounts::{self, Link};
use crate::books::{Books, token};
use crate::params::Params;
use crate::refused::{Answer, Refused};
use serde_json::json;

/// How long a link is good.
const GOOD_FOR: i64 = 300;

pub(crate) fn create(books: &mut Books, mut params: Params) -> Answer {
    let account = params.required("account")?;
    books.accounts.get(&account)?;
    let kinds = ["account_onboarding", "account_update"];
    if params.choice("type", &kinds)?.is_none() {
        return Err(Refused::invalid("Missing required param: type.")
            .code("parameter_missing")
            .param("type"));
    }
    let mut url = |name: &str| {
        let url = params.required(name)?;
        if url.starts_with("https://") || url.starts_with("http://") {
            return Ok(url);
        }
        Err(Refused::invalid("Not a valid URL").code("url_invalid").param(name))
    };
    let (return_url, refresh_url) = (url("return_url")?, url("refresh_url")?);
    params.pass(&["collection_options", "collect"]);
    params.finish()?;
    let (id, created) = (token(24), books.now());
    let url = format!("{}/connect/{id}", books.base);
    books.links.add(Link { id, created, account, return_url, refresh_url, used: false });
    Ok(json!({ "object": "account_link", "created": created, "expires_at": created + GOOD_FOR, "url": url }))
}

/// Whether the page may be shown.
pub(crate) fn is_good(books: &Books, link: &Link) -> bool {
    !link.used && books.now() < link.created + GOOD_FOR
}

/// Leaves the onboarding page: where to go on.
pub(crate) fn finish(books: &mut Books, id: &str, done: bool) -> Result<String, Refused> {
    let link = books.links.get(id)?.clone();
    if !is_good(books, &link) {
        return Ok(link.refresh_url);
    }
    books.links.get_mut(id)?.used = true;
    if done {
        accounts::enable(books, &link.account, true)?;
    }
    Ok(link.return_url)
}
