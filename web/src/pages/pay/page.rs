//! `/pay/{id}`: leads to the payment page, and is where one comes back to.

use super::{open, over, rest, wait};
use crate::api::{self, ApiError, BookingKey, Change};
use crate::browser;
use crate::components::{Empty, FocusTurn, Heading, failure, skeleton_lines};
use crate::form::Form;
use crate::holds;
use crate::messages::{lookup, till};
use crate::nav::Go;
use crate::pages::manage::{hash, wrong_link};
use crate::pages::{id_param, query};
use crate::remote::{Load, Remote};
use crate::router::Router;
use crate::session::{Session, Standing};
use contract::bookings::{Awaits, Booking, BookingStatus};
use contract::problem::Code;
use leptos::prelude::*;
use uuid::Uuid;

/// The page, for a guest who has the booking's token and for the member who booked.
#[component]
pub fn PayPage() -> impl IntoView {
    let (id, hash) = (id_param("booking"), hash());
    let (router, go, session) = (Router::here(), Go::here(), Session::here());
    let token = Memo::new(move |_| {
        let given = hash.get();
        if given.is_empty() { holds::token(id.get()).unwrap_or_default() } else { given }
    });
    // The way to the payment page and back drops what stands after the `#`, so the tab keeps it.
    Effect::new(move |_| {
        let given = hash.get();
        if !given.is_empty() {
            holds::keep_token(id.get(), &given);
            if holds::token(id.get()).is_some() {
                go.tune(&router.here_and_back());
            }
        }
    });
    let member = Memo::new(move |_| match session.standing() {
        Standing::Unknown => None,
        Standing::Guest => Some(false),
        Standing::Member(_) | Standing::Lapsed(_) => Some(true),
    });
    let body = move || {
        let token = token.get();
        if !token.is_empty() {
            return view! { <Paying id=id.get() key=BookingKey::Link(token) /> }.into_any();
        }
        match (member.get(), session.api_now()) {
            (Some(true), Some(api)) => {
                view! { <Paying id=id.get() key=BookingKey::Session(api) /> }.into_any()
            }
            (Some(_), _) => unknown(),
            (None, _) => match session.trouble() {
                Some(error) => failure(error, Some(Callback::new(move |()| session.ask_again()))),
                None => view! { <div class="card">{skeleton_lines(6)}</div> }.into_any(),
            },
        }
    };
    // Another element than the page of the details, which would seem to move to here otherwise.
    view! { <section class="page narrow booked paying">{body}</section> }.into_any()
}

/// Somebody came back in another browser than they left in, as by way of a bank's app.
fn unknown() -> AnyView {
    let words = till();
    let next = crate::nav::address("/login", &[("next", &Router::here().here_and_back())]);
    view! {
        <Empty page=true title=words.unknown_title text=words.unknown_text>
            <a class="button primary" href="/manage">{lookup().link_wrong_action}</a>
            <a class="button" href=next>{crate::messages::t().common.log_in}</a>
        </Empty>
    }
    .into_any()
}

/// What a booking comes to, as far as paying goes.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// It waits to be paid.
    Open,
    /// It was paid, or needs no payment; or it ended otherwise than here, which its own page tells.
    Stands,
    /// It was let go or given up without having been paid, or was paid too late.
    Over,
}

/// `rest` says that one is here to pay the rest.
fn stage_of(booking: &Booking, rest: bool) -> Stage {
    if rest && rest::online(booking).is_some() {
        return Stage::Open;
    }
    match booking.status {
        BookingStatus::Pending if booking.awaits == Some(Awaits::Payment) => Stage::Open,
        BookingStatus::Cancelled if over::is_ours(booking) => Stage::Over,
        _ => Stage::Stands,
    }
}

/// What the states of the page share.
#[derive(Clone, Copy)]
pub(super) struct Till {
    /// Which booking.
    pub id: Uuid,
    /// Sends what is pressed.
    pub form: Form,
    /// Whether the payment page is being opened.
    pub opening: RwSignal<bool>,
    /// The booking.
    pub remote: Remote<Booking>,
    key: StoredValue<BookingKey>,
}

impl Till {
    /// Leaves for the payment page.
    pub fn pay(self) {
        if self.opening.get_untracked() && self.form.busy().get_untracked() {
            return;
        }
        self.opening.set(true);
        let failed = move |error: ApiError| {
            self.opening.try_set(false);
            if error.code() == Some(Code::InvalidTransition) {
                self.remote.refresh();
            } else {
                self.form.fail(error);
            }
        };
        let left = move |pending: contract::payments::PendingPayment| {
            // To pay may put its end off.
            if let Some(until) = pending.expires_at {
                holds::prolong(self.id, until);
            }
            match pending.page_url {
                Some(page) => browser::leave_for(&page, move || {
                    self.opening.try_set(false);
                }),
                None => {
                    self.opening.try_set(false);
                    self.remote.refresh();
                }
            }
        };
        self.form.send_or(self.key.get_value().open_payment(self.id), left, failed);
    }

    /// Lets the time go.
    pub fn give_up(self, version: i32) {
        let cancel = self.key.get_value().change(self.id, version, Change::Cancel(String::new()));
        let failed = move |error: ApiError| {
            if matches!(error.code(), Some(Code::VersionMismatch | Code::InvalidTransition)) {
                self.remote.refresh();
            } else {
                self.form.fail(error);
            }
        };
        self.form.send_or(cancel, move |booking| self.remote.set(booking), failed);
    }
}

#[component]
fn Paying(id: Uuid, key: BookingKey) -> impl IntoView {
    let (go, turn) = (Go::here(), FocusTurn::here());
    let done = query("done").get_untracked() == "1";
    let leaves = query("go").get_untracked() == "1";
    let rest = query("rest").get_untracked() == "1";
    let by_link = matches!(key, BookingKey::Link(_));
    let asked = StoredValue::new(u32::from(leaves));
    // What looking said last: only news concern other pages and tabs.
    let known = StoredValue::new(None::<Booking>);
    let remote = {
        let key = key.clone();
        Remote::new(move || {
            let (key, before) = (key.clone(), asked.get_value());
            asked.set_value(before + 1);
            async move {
                // Whoever comes back wants to know at once; later the processor tells the server by itself.
                if !done && before > 0 {
                    return key.booking(id).await;
                }
                let answer = key.refresh_payment(id).await;
                if let Ok(booking) = &answer {
                    let known = known.try_update_value(|known| known.replace(booking.clone())).flatten();
                    if known.as_ref() != Some(booking) {
                        api::wrote();
                    }
                }
                answer
            }
        })
    };
    let till = Till {
        id,
        form: Form::new(),
        opening: RwSignal::new(leaves),
        remote,
        key: StoredValue::new(key.clone()),
    };
    if leaves {
        // "Back" from the payment page must not lead there once more.
        go.tune(&format!("/pay/{id}{}", if rest { "?rest=1" } else { "" }));
        till.pay();
    }
    // A page that the browser kept as it was when it was left.
    let shown = window_event_listener_untyped("pageshow", move |event| {
        if browser::was_kept(&event) && till.form.busy().try_get_untracked() == Some(false) {
            till.opening.try_set(false);
            remote.refresh();
        }
    });
    on_cleanup(move || shown.remove());
    let long = wait::look(remote, done);
    let stage = Memo::new(move |_| remote.value().as_ref().map(|booking| stage_of(booking, rest)));
    Effect::new(move |before: Option<Option<Stage>>| {
        let now = stage.get();
        if before.flatten().is_some_and(|before| Some(before) != now) {
            turn.next();
        }
        now
    });
    let token = match &key {
        BookingKey::Link(token) => token.clone(),
        BookingKey::Session(_) => String::new(),
    };
    Effect::new({
        let token = token.clone();
        move |_| match remote.value() {
            Some(booking) if stage_of(&booking, rest) == Stage::Open => holds::keep(&booking, &token),
            Some(booking) => holds::settle(booking.id),
            _ => {}
        }
    });
    // Drawn once, while the booking and its payment page are asked for side by side.
    let underway = Memo::new(move |_| {
        let may = match remote.get() {
            Load::Loading => true,
            Load::Ready(booking) => stage_of(&booking, rest) == Stage::Open,
            Load::Failed(_) => false,
        };
        may && till.opening.get()
    });
    move || {
        if underway.get() {
            return on_the_way();
        }
        match remote.get() {
            Load::Loading => view! { <div class="card">{skeleton_lines(6)}</div> }.into_any(),
            Load::Failed(error) if by_link && error.is_gone() => wrong_link(),
            Load::Failed(error) => failure(error, Some(Callback::new(move |()| remote.retry()))),
            Load::Ready(booking) => match stage_of(&booking, rest) {
                Stage::Open if done => wait::draw(&booking, till, long),
                Stage::Open if rest => rest::draw(&booking, till, &key),
                Stage::Open => open::draw(&booking, till),
                Stage::Over => over::draw(&booking),
                // What came when it was owed no longer goes back, which the page of the booking tells.
                Stage::Stands if rest && done && rest::is_paid(&booking) => rest::paid(&booking, &key),
                Stage::Stands if rest => {
                    go.replace(&rest::place(&booking, &key));
                    view! { <div class="card">{skeleton_lines(6)}</div> }.into_any()
                }
                Stage::Stands => {
                    go.replace(&booked(&booking, &token));
                    view! { <div class="card">{skeleton_lines(6)}</div> }.into_any()
                }
            },
        }
    }
}

fn on_the_way() -> AnyView {
    let words = till();
    view! {
        <div class="card">
            <Heading text=words.opening_title />
            <p class="lead">{words.opening_text}</p>
            {skeleton_lines(3)}
        </div>
    }
    .into_any()
}

/// Where a booking that stands is confirmed.
fn booked(booking: &Booking, token: &str) -> String {
    let hash = if token.is_empty() { String::new() } else { format!("#{token}") };
    let page = match booking.status {
        BookingStatus::Pending | BookingStatus::Confirmed => "booked",
        _ if token.is_empty() => "bookings",
        _ => "manage",
    };
    format!("/{page}/{}{hash}", booking.id)
}
