//! What people are told, and how it reaches them.

mod booking_mail;

pub use booking_mail::{BookingMail, Notice, Recipient, booking_mails};
