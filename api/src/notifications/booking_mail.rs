//! Mails about a booking, to its client and its provider.

use super::booking_facts::{self, Facts};
use super::move_news::Stretch;
use super::{deliver, delivery, event, messages};
use crate::app::App;
use crate::bookings::links::manage_token;
use crate::jobs::{Job, JobContext, NewJob, Outcome};
use domain::booking::Status;
use integrations::mail::{Mail, Method};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happened to a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Asked for; the provider has to answer.
    Requested,
    /// Made and settled.
    Booked,
    /// The provider said yes.
    Confirmed,
    /// The provider said no.
    Declined,
    /// It is at another time now.
    Moved,
    /// Called off by the client or the provider.
    Cancelled,
    /// Nobody answered the request in time.
    Expired,
    /// The bank let go of the money before it was taken, so it does not stand any more.
    Unpaid,
    /// It was paid when its time was gone already; the money goes back.
    PaidLate,
}

/// Whom a mail about a booking is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Who booked.
    Client,
    /// Who is booked.
    Provider,
}

/// Tells one side of a booking what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingMail {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
    /// What happened.
    pub notice: Notice,
    /// Who is told.
    pub recipient: Recipient,
    /// The booking's sequence when it happened.
    pub sequence: i32,
    /// Of a move or an end: the time that its reader knew, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Stretch>,
    /// Of a move: the time that its reader is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Stretch>,
    /// The provider's member who did it, and knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Uuid>,
}

impl Job for BookingMail {
    const KIND: &'static str = "notifications.booking_mail";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let mut db = ctx.app.db.acquire().await?;
        let facts = booking_facts::of_booking(&mut db, self.provider_id, self.booking_id).await?;
        drop(db);
        let facts = facts.map(|facts| facts.payable_through(ctx.app.payments.as_ref()));
        let facts = facts.map(|facts| match self.was.filter(|_| self.notice.ends()) {
            Some(known) => facts.at(known),
            None => facts.known_by(self.recipient),
        });
        match facts.filter(|facts| facts.is_current(self.notice, self.to) && !self.is_known(facts)) {
            Some(facts) => match self.mail(&ctx.app, &facts) {
                Some(mail) => deliver(ctx, &mail).await,
                None => Ok(()),
            },
            None => Ok(()),
        }
    }
}

impl BookingMail {
    /// Whether it would tell the provider's owner what the owner did.
    fn is_known(&self, facts: &Facts) -> bool {
        self.recipient == Recipient::Provider && self.by.is_some() && self.by == facts.owner_id
    }

    /// The mail, if its recipient has an address.
    fn mail(&self, app: &App, facts: &Facts) -> Option<Mail> {
        let to = facts.address(self.recipient)?;
        let url = link(app, facts, self.recipient);
        let letter = messages::booking(self.notice, self.recipient, facts, self.was, &url);
        // What is only asked for is in no calendar, whatever happens to it.
        let calendar = self.notice.method().filter(|_| facts.status != Status::Pending).map(|method| {
            let sender = integrations::mail::address(&app.config.mail_from);
            event::calendar(method, facts, self.recipient, delivery::host(app), sender, &url)
        });
        let name = format!(
            "{}.{}.{}.{}",
            self.booking_id,
            self.notice.as_str(),
            self.recipient.as_str(),
            self.sequence
        );
        Some(delivery::mail(app, "booking", &name, to, &letter, calendar))
    }
}

/// Where the recipient of a mail finds the booking. A guest's link carries the right to manage it; the token stands
/// in the fragment, which browsers keep to themselves.
pub(super) fn link(app: &App, facts: &Facts, recipient: Recipient) -> String {
    match recipient {
        Recipient::Provider => app.link(&format!("/dashboard/{}", facts.provider_id)),
        Recipient::Client if facts.is_guest => {
            let token = manage_token(&app.keys, facts.booking_id);
            app.link(&format!("/manage/{}#{token}", facts.booking_id))
        }
        Recipient::Client => app.link(&format!("/bookings/{}", facts.booking_id)),
    }
}

impl Notice {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Booked => "booked",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Unpaid => "unpaid",
            Self::PaidLate => "paid_late",
        }
    }

    /// Whether the booking does not stand any more.
    pub(super) const fn ends(self) -> bool {
        matches!(self, Self::Declined | Self::Cancelled | Self::Expired | Self::Unpaid | Self::PaidLate)
    }

    /// What calendars are to do. A request is in no calendar before it is confirmed.
    const fn method(self) -> Option<Method> {
        match self {
            Self::Booked | Self::Confirmed | Self::Moved => Some(Method::Publish),
            Self::Cancelled | Self::Unpaid => Some(Method::Cancel),
            Self::Requested | Self::Declined | Self::Expired | Self::PaidLate => None,
        }
    }
}

impl Recipient {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Provider => "provider",
        }
    }
}

/// The mail that tells its client alone what happened.
#[must_use]
pub fn client_mail(provider_id: Uuid, booking_id: Uuid, notice: Notice) -> NewJob {
    let recipient = Recipient::Client;
    NewJob::of(&BookingMail {
        provider_id,
        booking_id,
        notice,
        recipient,
        sequence: 0,
        was: None,
        to: None,
        by: None,
    })
}

/// The mails that tell both sides what happened; to be queued in the transaction in which it happens. Moves go by
/// `tell_move_later` and `tell_move_now`, ends by `tell_end`.
///
/// `sequence` is the booking's after the change, `by` the member of the provider who made it. Who has no address or did it
/// gets none, which the job finds out.
#[must_use]
pub fn booking_mails(
    provider_id: Uuid,
    booking_id: Uuid,
    notice: Notice,
    sequence: i32,
    by: Option<Uuid>,
) -> Vec<NewJob> {
    [Recipient::Client, Recipient::Provider]
        .map(|recipient| {
            NewJob::of(&BookingMail {
                provider_id,
                booking_id,
                notice,
                recipient,
                sequence,
                was: None,
                to: None,
                by,
            })
        })
        .into()
}
