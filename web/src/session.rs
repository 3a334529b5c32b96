//! Who is logged in.
//!
//! The access token lives in memory only; the refresh token in a cookie that scripts cannot see. A flag in
//! local storage remembers that there may be such a cookie, so that strangers cause no request in vain.

use crate::api::{Api, ApiError, AuthorizedApi, forget_answers};
use crate::browser;
use crate::components::{forget_account, heed_account};
use crate::holds;
use crate::pages::book::KEPT as DRAFTS;
use contract::accounts::{LogIn, Register, Session as Granted, User};
use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use leptos::ev;
use leptos::prelude::*;
use std::cell::RefCell;
use std::mem;
use std::time::Duration;
use uuid::Uuid;

const FLAG: &str = "appointed.session";
/// How long at first until the server is asked again who this is; twice as long each time.
const PAUSE: Duration = Duration::from_secs(2);
/// How often it is looked whether somebody has logged in again, in milliseconds.
const LOOK: u32 = 200;
/// How long at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What is known about the person.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Being asked.
    Unknown,
    /// Nobody is logged in.
    Guest,
    /// This person is.
    Member(User),
    /// This person was until the session ended by itself. The page stays as it is, so that nothing typed is lost.
    Lapsed(User),
}

type Refreshing = Shared<LocalBoxFuture<'static, Result<String, ApiError>>>;

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
    static REFRESHING: RefCell<Option<Refreshing>> = const { RefCell::new(None) };
}

/// The session of this tab.
#[derive(Clone, Copy)]
pub struct Session {
    standing: RwSignal<Standing>,
    lapses: RwSignal<u32>,
    asks: RwSignal<bool>,
    /// What waits to be paid, as the server said last.
    unpaid: RwSignal<Vec<Uuid>>,
    /// Why nobody knows yet who this is.
    trouble: RwSignal<Option<ApiError>>,
}

impl Session {
    /// Starts with what the browser remembers.
    pub fn start() -> Self {
        let session = Self {
            standing: RwSignal::new(Standing::Unknown),
            lapses: RwSignal::new(0),
            asks: RwSignal::new(false),
            unpaid: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
        };
        browser::on_change(FLAG, move |flag| session.follow(flag));
        if browser::recall(FLAG).is_some() {
            session.keep_asking(PAUSE);
            window_event_listener(ev::online, move |_| session.ask_again());
        } else {
            session.standing.set(Standing::Guest);
        }
        session
    }

    /// Asks who this is until the server has said so. That it cannot be reached does not make anybody a stranger.
    fn keep_asking(self, pause: Duration) {
        if self.standing.get_untracked() == Standing::Unknown {
            self.ask_again();
            set_timeout(move || self.keep_asking((pause * 2).min(LONGEST_PAUSE)), pause);
        }
    }

    /// Asks once more who this is, where that is not known.
    pub fn ask_again(self) {
        if self.standing.get_untracked() == Standing::Unknown {
            leptos::task::spawn_local(async move {
                // Whoever has to log in is a guest by now.
                if let Err(error) = self.refresh().await {
                    self.trouble.set(Some(error));
                }
            });
        }
    }

    /// Why it is not known who this is, reactively.
    pub fn trouble(self) -> Option<ApiError> {
        self.trouble.get()
    }

    /// Whether pages for everybody need not wait any longer, reactively: it is known who this is, or cannot be learnt now.
    pub fn settled(self) -> bool {
        self.standing.with(|standing| *standing != Standing::Unknown) || self.trouble.with(Option::is_some)
    }

    /// Somebody logged in or out in another tab.
    fn follow(self, flag: Option<String>) {
        let mine = untrack(|| self.user()).map(|user| user.id.to_string());
        match flag {
            None => self.forget(),
            Some(flag) if Some(&flag) != mine.as_ref() || self.is_lapsed() => {
                TOKEN.set(None);
                leptos::task::spawn_local(async move {
                    // A failure shows with the next thing that is asked for.
                    let _ = self.refresh().await;
                });
            }
            Some(_) => {}
        }
    }

    /// Whether the session has ended by itself.
    pub fn is_lapsed(self) -> bool {
        self.standing.with_untracked(|standing| matches!(standing, Standing::Lapsed(_)))
    }

    /// How often something was asked for after the session had ended by itself, reactively.
    pub fn lapses(self) -> u32 {
        self.lapses.get()
    }

    /// Whether the person is asked to log in again, for whoever asks.
    pub fn asks(self) -> RwSignal<bool> {
        self.asks
    }

    /// Waits while somebody whose session ended by itself is asked to log in again. Whether they have.
    pub(crate) async fn back(self) -> bool {
        while self.is_lapsed() {
            browser::sleep(LOOK).await;
            if !self.asks.get_untracked() {
                break;
            }
        }
        self.token().is_some()
    }

    /// The session of this app.
    pub fn here() -> Self {
        expect_context()
    }

    /// What is known, reactively.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// The person who is logged in, reactively.
    pub fn user(self) -> Option<User> {
        match self.standing.get() {
            Standing::Member(user) | Standing::Lapsed(user) => Some(user),
            _ => None,
        }
    }

    /// The authorized server, reactively, while somebody is logged in.
    pub fn api(self) -> Option<AuthorizedApi> {
        self.standing
            .with(|standing| matches!(standing, Standing::Member(_) | Standing::Lapsed(_)))
            .then(|| AuthorizedApi::new(self))
    }

    /// The same, for event handlers.
    pub fn api_now(self) -> Option<AuthorizedApi> {
        untrack(|| self.api())
    }

    /// The access token, while there is one.
    pub(crate) fn token(self) -> Option<String> {
        TOKEN.with_borrow(Clone::clone)
    }

    /// A new access token. Callers that come while one is asked for share the answer.
    pub(crate) async fn refresh(self) -> Result<String, ApiError> {
        let shared = REFRESHING.with_borrow_mut(|running| {
            running
                .get_or_insert_with(|| {
                    async move {
                        let answer = Api.refresh().await;
                        REFRESHING.with_borrow_mut(Option::take);
                        match answer {
                            Ok(granted) => self.accept(granted).ok_or_else(ApiError::lost),
                            Err(error) => {
                                if error.wants_login() {
                                    self.lapse();
                                }
                                Err(error)
                            }
                        }
                    }
                    .boxed_local()
                    .shared()
                })
                .clone()
        });
        shared.await
    }

    /// Gives the token, unless it is for somebody else than who was here: what was to be done was not theirs.
    fn accept(self, granted: Granted) -> Option<String> {
        let before = untrack(|| self.user()).map(|user| user.id);
        if before != Some(granted.user.id) {
            forget_answers();
            // What a guest left waiting in other tabs may be another person's.
            holds::forget_shared();
        }
        TOKEN.set(Some(granted.access_token.clone()));
        browser::remember(FLAG, &granted.user.id.to_string());
        if before.is_some_and(|before| before != granted.user.id) {
            // Somebody else logged in, in another tab: nothing of the one before may stay here.
            browser::forget_kept(DRAFTS);
            holds::forget_all();
            browser::reload();
            return None;
        }
        heed_account(&granted.user.locale);
        self.set_user(granted.user);
        Some(granted.access_token)
    }

    /// The session is over without anybody having ended it here.
    fn lapse(self) {
        match self.standing.get_untracked() {
            Standing::Member(user) | Standing::Lapsed(user) => {
                TOKEN.set(None);
                self.standing.set(Standing::Lapsed(user));
                self.lapses.update(|lapses| *lapses += 1);
            }
            Standing::Unknown | Standing::Guest => self.forget(),
        }
    }

    /// Nobody is logged in any more.
    pub fn forget(self) {
        forget_answers();
        browser::forget_kept(DRAFTS);
        holds::forget_all();
        TOKEN.set(None);
        browser::forget(FLAG);
        forget_account();
        self.unpaid.set(Vec::new());
        self.standing.set(Standing::Guest);
    }

    /// This person's bookings that wait to be paid, reactively.
    pub fn unpaid(self) -> Vec<Uuid> {
        self.unpaid.get()
    }

    /// One of them was paid or is over.
    pub fn waits_no_longer(self, id: Uuid) {
        if self.unpaid.with_untracked(|unpaid| unpaid.contains(&id)) {
            self.unpaid.update(|unpaid| unpaid.retain(|other| *other != id));
        }
    }

    /// The person changed. What waits to be paid is told apart: it changes nothing else on a page.
    pub fn set_user(self, mut user: User) {
        let unpaid = mem::take(&mut user.unpaid);
        if self.unpaid.with_untracked(|known| *known != unpaid) {
            self.unpaid.set(unpaid);
        }
        let standing = Standing::Member(user);
        if self.standing.with_untracked(|known| *known != standing) {
            self.standing.set(standing);
        }
    }

    /// A page that this person acts for is called so by now.
    pub fn page_is_named(self, id: Uuid, name: &str) {
        let renames =
            |user: &User| user.providers.iter().any(|page| page.provider_id == id && page.name != name);
        let Some(mut user) = untrack(|| self.user()).filter(renames) else { return };
        user.providers
            .iter_mut()
            .filter(|page| page.provider_id == id)
            .for_each(|page| name.clone_into(&mut page.name));
        self.standing.update(|standing| {
            if let Standing::Member(known) | Standing::Lapsed(known) = standing {
                *known = user;
            }
        });
    }

    /// Asks who the person is now, for what changed on the server.
    pub async fn reload(self) {
        if let Some(api) = self.api_now()
            && let Ok(user) = api.me().await
            && self.is_news(&user)
        {
            self.set_user(user);
        }
    }

    /// Whether an answer is of the person who is here now, and not older than what is known of them.
    fn is_news(self, user: &User) -> bool {
        self.standing.with_untracked(|standing| match standing {
            Standing::Member(known) => known.id == user.id && known.version <= user.version,
            _ => false,
        })
    }

    /// Somebody logs in here. The page for that shows nothing of whoever was here before, so there is none to load anew.
    fn begin(self, granted: Granted) {
        let before = untrack(|| self.user()).map(|user| user.id);
        if before.is_some_and(|before| before != granted.user.id) && !self.is_lapsed() {
            self.forget();
        }
        self.accept(granted);
    }

    /// Makes an account and is then logged in with it.
    pub async fn register(self, body: Register) -> Result<(), ApiError> {
        self.begin(Api.register(body).await?);
        Ok(())
    }

    /// Logs in.
    pub async fn log_in(self, body: LogIn) -> Result<(), ApiError> {
        self.begin(Api.log_in(body).await?);
        Ok(())
    }

    /// Ends the session in this browser.
    pub async fn log_out(self) -> Result<(), ApiError> {
        Api.log_out().await?;
        self.forget();
        Ok(())
    }

    /// Ends every session of this person.
    pub async fn log_out_everywhere(self) -> Result<(), ApiError> {
        AuthorizedApi::new(self).log_out_everywhere().await?;
        self.forget();
        Ok(())
    }
}
