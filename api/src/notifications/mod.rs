//! What people are told, and how it reaches them.

mod booking_mail;
mod manage_links;

pub use booking_mail::{BookingMail, Notice, Recipient, booking_mails};
pub use manage_links::ManageLinks;
