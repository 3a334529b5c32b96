//! One provider's page.

use super::deed::{Deed, deeds};
use super::facts::{day, facts, page_state, suspension};
use super::frame::frame;
use crate::api::AuthorizedApi;
use crate::categories;
use crate::components::{Heading, skeleton_lines};
use crate::format::country;
use crate::messages::{admin, t};
use crate::pages::id_param;
use crate::remote::Remote;
use contract::admin::{AdminProvider, AdminProviderMember, PageState};
use leptos::prelude::*;

/// `/admin/providers/{id}`
#[component]
pub fn OneProvider() -> impl IntoView {
    let id = id_param("provider");
    frame("/providers", move |api| {
        let page =
            Remote::<AdminProvider>::new(move || api.admin_read(format!("/providers/{}", id.get()))).agree();
        page.view(|| skeleton_lines(8), move |shown| draw(api, &shown, page))
    })
}

fn draw(api: AuthorizedApi, page: &AdminProvider, remote: Remote<AdminProvider>) -> AnyView {
    let text = admin();
    let category = page.category.clone();
    let place = [page.city.clone(), page.country.as_deref().map(country).unwrap_or_default()];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let href = format!("/p/{}", page.slug);
    let public = match page.state {
        PageState::Published => view! { <a href=href.clone()>{href.clone()}</a> }.into_any(),
        PageState::Hidden | PageState::Suspended => href.into_any(),
    };
    let rows = vec![
        (text.state, page_state(page.state)),
        (text.public_page, public),
        (text.category, (move || categories::name(&category)).into_any()),
        (text.city, if place.is_empty() { "–".to_owned() } else { place }.into_any()),
        (t().common.time_zone, page.time_zone.replace('_', " ").into_any()),
        (text.since, day(page.created_at).into_any()),
        (text.services, page.services.to_string().into_any()),
        (text.bookings_coming, page.bookings_coming.to_string().into_any()),
        (text.bookings, page.bookings.to_string().into_any()),
    ];
    let member = |member: &AdminProviderMember| {
        view! {
            <li>
                <a href=format!("/admin/users/{}", member.user_id)>{member.name.clone()}</a>
                <span class="muted">{member.email.clone()}</span>
            </li>
        }
    };
    let members = if page.members.is_empty() {
        view! { <p class="muted">{text.members_none}</p> }.into_any()
    } else {
        view! { <ul class="admin-links">{page.members.iter().map(member).collect_view()}</ul> }.into_any()
    };
    let done = Callback::new(move |changed| remote.set(changed));
    let stale = Callback::new(move |()| remote.retry());
    view! {
        <div class="section-head">
            <Heading text=page.name.clone() title=format!("{} · {}", page.name, text.name) />
            <a class="button quiet" href=format!("/admin/log?target={}", page.id)>{text.see_log}</a>
        </div>
        {page.suspension.as_ref().map(suspension)}
        <div class="card">{facts(rows)}</div>
        {deeds(api, page.version, done, stale, what_can_be_done(page))}
        <h2>{text.members}</h2>
        {members}
    }
    .into_any()
}

fn what_can_be_done(page: &AdminProvider) -> Vec<Deed> {
    let text = admin();
    let path = |act: &str| format!("/providers/{}/{act}", page.id);
    let suspend = || {
        let deed = Deed::plain(text.suspend, path("suspend")).grave(true);
        deed.asked((text.suspend_page_title)(&page.name), text.suspend_page_text)
    };
    match page.state {
        PageState::Suspended => vec![Deed::plain(text.restore, path("restore"))],
        PageState::Hidden => vec![Deed::plain(text.publish, path("publish")), suspend()],
        PageState::Published => {
            let hide = Deed::plain(text.hide, path("unpublish"));
            vec![hide.asked((text.hide_title)(&page.name), text.hide_text), suspend()]
        }
    }
}
