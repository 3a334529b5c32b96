//! Bookings that wait to be paid, as far as this browser knows of them.
//!
//! A guest's token must survive the way to the payment page and back, which loads the app anew: the tab keeps it, as long as
//! there is the tab. While the booking waits to be paid, and no longer, all tabs of the browser know the token, so that each
//! of them leads back to it. Whoever logs in or out takes that away: it may be somebody else. What members have to pay, the
//! server tells ([`crate::session::Session::unpaid`]).

use crate::browser;
use crate::format::now;
use contract::bookings::Booking;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use time::OffsetDateTime;
use uuid::Uuid;

/// What everything begins with that a tab keeps here.
const KEPT: &str = "hold.";

/// What all tabs know, a line each: the booking, the end of its hold in seconds, the token.
const SHARED: &str = "appointed.holds";

/// Stands between the end of the hold, in seconds, and the token, which may be missing.
const BETWEEN: char = ' ';

fn name(id: Uuid) -> String {
    format!("{KEPT}{id}")
}

/// Keeps what leads back to a booking until its hold ends.
pub fn keep(booking: &Booking, token: &str) {
    match booking.expires_at {
        Some(until) => {
            keep_here(booking.id, until, token);
            if !token.is_empty() {
                keep_shared(booking.id, until, token);
            }
        }
        // It stands, and its rest is paid.
        None => keep_token(booking.id, token),
    }
}

fn keep_here(id: Uuid, until: OffsetDateTime, token: &str) {
    browser::keep(&name(id), &format!("{}{BETWEEN}{token}", until.unix_timestamp()));
}

fn keep_shared(id: Uuid, until: OffsetDateTime, token: &str) {
    let mut lines = others(id);
    lines.push(format!("{id}{BETWEEN}{}{BETWEEN}{token}", until.unix_timestamp()));
    share(&lines);
}

/// Its hold ends at this time. It stays known to whom it is known.
pub fn prolong(id: Uuid, until: OffsetDateTime) {
    if let Some((_, token)) = browser::kept(&name(id)).as_deref().and_then(|kept| kept.split_once(BETWEEN)) {
        keep_here(id, until, token);
    }
    if let Some(hold) =
        shared().into_iter().find(|hold| hold.id == id && hold.until != until.unix_timestamp())
    {
        keep_shared(id, until, &hold.token);
    }
}

/// Keeps a token alone, for this tab.
pub fn keep_token(id: Uuid, token: &str) {
    browser::keep(&name(id), &format!("0{BETWEEN}{token}"));
}

/// The token of a guest's booking.
pub fn token(id: Uuid) -> Option<String> {
    let own =
        browser::kept(&name(id)).and_then(|kept| kept.split_once(BETWEEN).map(|(_, token)| token.to_owned()));
    let of_all = || shared().into_iter().find(|hold| hold.id == id).map(|hold| hold.token);
    own.filter(|token| !token.is_empty()).or_else(of_all)
}

/// It waits no longer. Its token stays, for whoever comes back to its page in this tab.
pub fn settle(id: Uuid) {
    match browser::kept(&name(id)).and_then(|_| token(id)) {
        Some(token) => keep_token(id, &token),
        None => browser::keep(&name(id), ""),
    }
    unshare(id);
}

/// It is nobody's any more.
pub fn forget(id: Uuid) {
    browser::keep(&name(id), "");
    unshare(id);
}

/// Nothing of whoever was here may stay.
pub fn forget_all() {
    browser::forget_kept(KEPT);
    forget_shared();
}

/// Other tabs may be somebody else's from now on.
pub fn forget_shared() {
    if browser::recall(SHARED).is_some() {
        browser::forget(SHARED);
    }
}

/// Those that still wait, with a member's own. What has lapsed leaves nothing with other tabs.
pub fn open(members: Vec<Uuid>) -> Vec<Uuid> {
    let now = now().unix_timestamp();
    let own = browser::kept_names(KEPT).into_iter().filter_map(|name| {
        let until: i64 = browser::kept(&name)?.split_once(BETWEEN)?.0.parse().ok()?;
        (until > now).then(|| name.strip_prefix(KEPT)?.parse().ok()).flatten()
    });
    let (here, lapsed): (Vec<Hold>, Vec<Hold>) = all_shared().into_iter().partition(|hold| hold.until > now);
    lapsed.iter().for_each(|hold| unshare(hold.id));
    let mut open: Vec<Uuid> = members.into_iter().chain(own).chain(here.iter().map(|hold| hold.id)).collect();
    open.sort_unstable();
    open.dedup();
    open
}

/// Calls `react` whenever another tab keeps or settles one.
pub fn on_change(react: impl Fn() + 'static) -> WindowListenerHandle {
    browser::on_change(SHARED, move |_| react())
}

/// One that all tabs know.
struct Hold {
    id: Uuid,
    until: i64,
    token: String,
}

/// Those that have not lapsed.
fn shared() -> Vec<Hold> {
    let now = now().unix_timestamp();
    all_shared().into_iter().filter(|hold| hold.until > now).collect()
}

fn all_shared() -> Vec<Hold> {
    let read = |line: &str| {
        let (id, rest) = line.split_once(BETWEEN)?;
        let (until, token) = rest.split_once(BETWEEN)?;
        Some(Hold { id: id.parse().ok()?, until: until.parse().ok()?, token: token.to_owned() })
    };
    browser::recall(SHARED).unwrap_or_default().lines().filter_map(read).collect()
}

/// The lines of all but one.
fn others(id: Uuid) -> Vec<String> {
    let id = id.to_string();
    let known = browser::recall(SHARED).unwrap_or_default();
    known.lines().filter(|line| !line.starts_with(&id)).map(str::to_owned).collect()
}

fn unshare(id: Uuid) {
    if browser::recall(SHARED).is_some() {
        share(&others(id));
    }
}

fn share(lines: &[String]) {
    if lines.is_empty() {
        browser::forget(SHARED);
    } else {
        browser::remember(SHARED, &lines.join("\n"));
    }
}
