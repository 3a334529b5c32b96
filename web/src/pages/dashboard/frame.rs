//! What stands around every page of the dashboard: whose page it is and the ways between its parts.

use crate::api::AuthorizedApi;
use crate::browser;
use crate::components::{Empty, Heading, Icon, skeleton_rows};
use crate::format::Named;
use crate::messages::t;
use crate::nav::Go;
use crate::pages::account::members_only;
use crate::pages::id_param;
use crate::remote::Remote;
use crate::session::Session;
use contract::accounts::MembershipSummary;
use contract::admin::Suspension;
use contract::providers::Provider;
use leptos::prelude::*;

/// The part that is in front.
const FRONT: &str = "desk-part";

/// What a page of the dashboard works with.
#[derive(Clone)]
pub struct Own {
    /// The server for this member.
    pub api: AuthorizedApi,
    /// The provider as it was loaded.
    pub provider: Provider,
    /// To put a changed provider in its place.
    pub remote: Remote<Provider>,
}

/// The parts of the dashboard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Agenda,
    Services,
    Hours,
    Payments,
    Profile,
}

impl Part {
    const ALL: [Part; 5] = [Part::Agenda, Part::Services, Part::Hours, Part::Payments, Part::Profile];

    fn name(self) -> &'static str {
        let text = &t().dashboard;
        match self {
            Part::Agenda => text.agenda,
            Part::Services => text.services,
            Part::Hours => text.hours,
            Part::Payments => text.payments,
            Part::Profile => text.profile,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Part::Agenda => "",
            Part::Services => "/services",
            Part::Hours => "/hours",
            Part::Payments => "/payments",
            Part::Profile => "/profile",
        }
    }
}

/// A page of the dashboard for the provider in the address.
pub fn frame(part: Part, view: impl Fn(Own) -> AnyView + Send + Clone + 'static) -> AnyView {
    let id = id_param("provider");
    let inside = members_only(move |api| {
        let view = view.clone();
        let pages = untrack(|| Session::here().user()).map(|user| user.providers).unwrap_or_default();
        let Some(page) = pages.into_iter().find(|page| page.provider_id == id.get()) else {
            return not_yours();
        };
        let ask = move || api.provider(id.get().to_string());
        let remote = Remote::of(ask).agree_once_saved();
        keep_named(remote);
        let body = remote.view(
            || skeleton_rows(5),
            move |provider| {
                let banner = provider.suspension.as_ref().map(suspended);
                view! { {banner}{view(Own { api, provider, remote })} }.into_any()
            },
        );
        view! { <Bar page=page part=part remote=remote />{body} }.into_any()
    });
    view! { <div class="page desk">{inside}</div> }.into_any()
}

/// Whatever names a page takes the name that its provider has by now, here and in every list of the person's pages.
pub fn keep_named(remote: Remote<Provider>) {
    let session = Session::here();
    Effect::new(move |_| {
        if let Some(provider) = remote.value() {
            session.page_is_named(provider.id, &provider.name);
        }
    });
}

/// Why customers do not see the page, and what can still be done.
fn suspended(suspension: &Suspension) -> AnyView {
    let text = &t().dashboard;
    view! {
        <section class="notice bad suspended" aria-labelledby="suspended">
            <h2 id="suspended">{Icon::Alert.draw()}{text.suspended_title}</h2>
            <p>{text.suspended_text}</p>
            <p>{(t().problems.reason)(&suspension.reason)}</p>
        </section>
    }
    .into_any()
}

/// For a provider that is not the person's.
pub fn not_yours() -> AnyView {
    let text = &t().dashboard;
    view! {
        <Empty page=true title=text.not_yours_title text=text.not_yours_text>
            <a class="button" href="/dashboard">{t().common.dashboard}</a>
        </Empty>
    }
    .into_any()
}

#[component]
fn Bar(page: MembershipSummary, part: Part, remote: Remote<Provider>) -> impl IntoView {
    let text = &t().dashboard;
    let id = page.provider_id;
    let root = format!("/dashboard/{id}");
    let session = Session::here();
    // Of the person, only the pages are of interest here.
    let pages = Memo::new(move |_| session.user().map(|user| user.providers).unwrap_or_default());
    let name = move || {
        let pages = pages.get();
        let own = pages.iter().find(|page| page.provider_id == id).unwrap_or(&page);
        if pages.len() > 1 {
            switcher(own, &pages)
        } else {
            view! { <p class="desk-name">{own.name.clone()}</p> }.into_any()
        }
    };
    let tabs = Part::ALL.map(|tab| {
        let href = format!("{root}{}", tab.path());
        let (here, id) = if tab == part { (Some("page"), Some(FRONT)) } else { (None, None) };
        view! { <li id=id><a href=href aria-current=here>{tab.name()}</a></li> }
    });
    let open = Memo::new(move |_| remote.value().is_none_or(|provider| provider.suspension.is_none()));
    let book = move || {
        let href = format!("{root}/book");
        open.get().then(|| view! { <a class="button" class:primary=part == Part::Agenda href=href>{text.book_for_client}</a> })
    };
    // On a phone there may be more of them than fit beside each other.
    Effect::new(move |_| request_animation_frame(|| browser::show_within_row(FRONT)));
    view! {
        <div class="desk-bar">
            {name}
            {book}
            <nav aria-label=text.navigation><ul>{tabs.collect_view()}</ul></nav>
        </div>
    }
    .into_any()
}

/// For those who act for several providers.
fn switcher(page: &MembershipSummary, pages: &[MembershipSummary]) -> AnyView {
    let go = Go::here();
    let mine = page.provider_id.to_string();
    let options =
        pages.iter().map(|page| Named { code: page.provider_id.to_string(), name: page.name.clone() });
    let options = options.map(|Named { code, name }| {
        let chosen = code == mine;
        view! { <option value=code selected=chosen>{name}</option> }
    });
    view! {
        <div class="control select desk-name">
            <select aria-label=t().dashboard.switch on:change=move |event| go.to(&format!("/dashboard/{}", event_target_value(&event)))>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// The heading of a page of the dashboard; the tab is named after the provider as well.
pub fn heading(text: &str, provider: &Provider) -> AnyView {
    view! { <Heading text=text title=format!("{text} · {}", provider.name) /> }.into_any()
}
