//! The rules of booking.
