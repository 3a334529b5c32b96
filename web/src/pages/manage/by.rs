//! The two ways to one booking: the link in a mail, and a session.

use super::booking::BookingView;
use crate::api::BookingKey;
use crate::components::Empty;
use crate::messages::lookup;
use crate::pages::account::members_only;
use crate::pages::id_param;
use crate::router::Router;
use leptos::prelude::*;

/// The secret after the `#`, which browsers never send anywhere.
pub fn hash() -> Memo<String> {
    Router::here().hash()
}

/// Opens a booking with the token where there is one, with the session otherwise.
pub fn key_from(
    token: Memo<String>,
    view: impl Fn(BookingKey) -> AnyView + Send + Clone + 'static,
) -> AnyView {
    (move || {
        let token = token.get();
        let view = view.clone();
        if token.is_empty() {
            members_only(move |api| view(BookingKey::Session(api)))
        } else {
            view(BookingKey::Link(token))
        }
    })
    .into_any()
}

/// `/manage/{id}#{token}`
#[component]
pub fn ByLink() -> impl IntoView {
    let (id, token) = (id_param("booking"), hash());
    move || {
        let token = token.get();
        if token.is_empty() {
            return wrong_link();
        }
        view! { <BookingView id=id.get() key=BookingKey::Link(token) /> }.into_any()
    }
}

/// `/bookings/{id}`
#[component]
pub fn BySession() -> impl IntoView {
    let id = id_param("booking");
    members_only(move |api| view! { <BookingView id=id.get() key=BookingKey::Session(api) /> }.into_any())
}

/// The link is cut off or out of date: offer fresh ones.
pub fn wrong_link() -> AnyView {
    let text = lookup();
    view! {
        <div class="page narrow">
            <Empty page=true title=text.link_wrong_title text=text.link_wrong_text>
                <a class="button primary" href="/manage">{text.link_wrong_action}</a>
            </Empty>
        </div>
    }
    .into_any()
}
