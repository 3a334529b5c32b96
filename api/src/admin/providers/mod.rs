//! Pages, as admins see and change them.

mod app;
pub mod http;
mod store;

use contract::admin::PageState;

/// What customers can see of a page.
pub fn state(published: bool, suspended: bool) -> PageState {
    match (suspended, published) {
        (true, _) => PageState::Suspended,
        (false, true) => PageState::Published,
        (false, false) => PageState::Hidden,
    }
}
