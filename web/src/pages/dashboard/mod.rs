//! The provider's side.

mod agenda;
mod book;
mod day;
mod first_steps;
mod frame;
mod hours;
mod payments;
mod preview;
mod profile;
mod publish;
mod services;
mod share;
mod start;
mod stranded;
mod welcome;

pub use agenda::Agenda;
pub use book::BookForClient;
pub use hours::Hours;
pub use payments::Payments;
pub use preview::Preview;
pub use profile::Profile;
pub use services::{EditService, NewService, ServiceList};
pub use start::Desk;
pub use welcome::{NewProvider, Welcome};
