//! The admins' pages.

mod categories;
mod deed;
mod facts;
mod filters;
mod frame;
mod list;
mod log;
mod overview;
mod provider;
mod providers;
mod user;
mod users;

pub use categories::Categories;
pub use log::Log;
pub use overview::Overview;
pub use provider::OneProvider;
pub use providers::Providers;
pub use user::OneUser;
pub use users::Users;
