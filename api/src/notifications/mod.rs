//! What people are told, and how it reaches them.
//!
//! Words live in `messages`, their looks in `letter`; a job turns facts into a mail when it runs, so that what is
//! told is true at that time.

mod account_mail;
mod booking_facts;
mod booking_mail;
mod delivery;
mod dispute_mail;
mod event;
mod letter;
mod manage_links;
mod messages;
mod move_news;
pub mod outbox;
mod page_mail;
mod refund_mail;
mod rest_mail;

pub use account_mail::{reset_password, verify_email};
pub use booking_mail::{BookingMail, Notice, Recipient, booking_mails, client_mail};
pub use delivery::{deliver, mailer};
pub use dispute_mail::DisputeMail;
pub use manage_links::ManageLinks;
pub use move_news::{Stretch, TellMove, tell_end, tell_move_later, tell_move_now};
pub use page_mail::{PageMail, PageNotice};
pub use refund_mail::RefundMail;
pub use rest_mail::RestMail;
