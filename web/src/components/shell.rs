use super::language::LanguageSwitch;
use super::leave::LeaveQuestion;
use super::log_in_again::LogInAgain;
use super::theme::ThemeSwitch;
use super::toast::ToastRegion;
use crate::first::in_turn;
use crate::holds;
use crate::messages::t;
use crate::pages::pay;
use crate::router::Router;
use crate::session::{Session, Standing};
use leptos::prelude::*;

/// Where those begin who have no page to look after yet.
const NEWCOMERS: &str = "/dashboard/new";

/// What stands around every page: a way to skip ahead, the header, the footer and short notes.
#[component]
pub fn Shell(
    /// Whether the page that was asked for is still on its way.
    #[prop(into)]
    waits: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let words = &t().common;
    view! {
        <a class="skip" href="#main">{words.skip}</a>
        <header class="top">
            <a class="brand" href="/" aria-label=words.home_link>
                <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M9 17l5 5 9-11"/></svg>
                <span>{words.app}</span>
            </a>
            <nav aria-label=words.main_navigation>{move || links()}</nav>
        </header>
        <Connection waits=waits />
        <Unpaid />
        <main id="main" tabindex="-1" aria-busy=move || waits.get().then_some("true")>{children()}</main>
        {in_turn(footer)}
        <ToastRegion />
        {in_turn(|| view! { <LogInAgain /><LeaveQuestion /> }.into_any())}
    }
    .into_any()
}

fn footer() -> AnyView {
    let words = &t().common;
    let session = Session::here();
    let desk = move || match session.standing() {
        Standing::Member(user) | Standing::Lapsed(user) if !user.providers.is_empty() => "/dashboard",
        _ => NEWCOMERS,
    };
    view! {
        <footer class="bottom">
            <p>{words.footer}</p>
            <ul>
                <li><a href="/manage">{words.lost_link}</a></li>
                <li><a href=desk>{words.for_providers}</a></li>
                <li><a href="/docs" rel="external">{words.api_docs}</a></li>
            </ul>
            <div class="switches"><LanguageSwitch /><ThemeSwitch /></div>
        </footer>
    }
    .into_any()
}

/// The header's links, by who is looking.
fn links() -> AnyView {
    let words = &t().common;
    let path = Router::here().path();
    let link = move |href: &'static str, name: &'static str, class: &'static str| {
        let current =
            move || path.with(|path| path == href || path.starts_with(&format!("{href}/"))).then_some("page");
        view! { <a href=href class=class aria-current=current>{name}</a> }.into_any()
    };
    match Session::here().standing() {
        Standing::Unknown => ().into_any(),
        Standing::Guest => view! {
            {link("/manage", words.lost_link, "find")}
            {link(NEWCOMERS, words.for_providers, "wide")}
            {link("/login", words.log_in, "")}
        }
        .into_any(),
        Standing::Member(user) | Standing::Lapsed(user) => view! {
            {user.is_admin.then(|| link("/admin", t().common.administration, ""))}
            {(!user.providers.is_empty()).then(|| link("/dashboard", words.dashboard, ""))}
            {link("/bookings", words.my_bookings, "")}
            {link("/account", words.account, "")}
        }
        .into_any(),
    }
}

/// Pages that speak of the booking themselves, by how they begin.
const SPEAK: [&str; 4] = ["/pay/", "/booked/", "/manage/", "/bookings"];

/// Says that bookings wait to be paid: a member's own, and what guests hold in this browser.
#[component]
fn Unpaid() -> impl IntoView {
    let (path, session) = (Router::here().path(), Session::here());
    let over = RwSignal::new(());
    let told = holds::on_change(move || over.set(()));
    on_cleanup(move || told.remove());
    // Drawn anew only where they become others, so that going from page to page moves nothing.
    let held = Memo::new(move |_| {
        over.track();
        let speaks = path.with(|path| SPEAK.iter().any(|begin| path.starts_with(begin)));
        let open = holds::open(session.unpaid());
        if speaks { Vec::new() } else { open }
    });
    move || {
        let ids = held.get();
        (!ids.is_empty()).then(
            || view! { <aside class="hold-notice" aria-label=t().pay.unpaid>{pay::notice((ids, over))}</aside> },
        )
    }
}

/// Says when the network is gone, and when a page is still on its way.
#[component]
fn Connection(waits: Signal<bool>) -> impl IntoView {
    let online = RwSignal::new(window().navigator().on_line());
    let gone = window_event_listener(leptos::ev::offline, move |_| online.set(false));
    let back = window_event_listener(leptos::ev::online, move |_| online.set(true));
    on_cleanup(move || {
        gone.remove();
        back.remove();
    });
    view! {
        <div role="status">
            {move || (!online.get()).then(|| view! { <p class="offline">{t().common.offline}</p> })}
            {move || waits.get().then(|| view! { <p class="page-waits"><span class="hidden">{t().common.loading}</span></p> })}
        </div>
    }
    .into_any()
}
