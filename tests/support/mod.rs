//! What all suites share.

pub mod bank;
pub mod bucket;
pub mod database;
pub mod fixtures;
pub mod leave;
pub mod logs;
pub mod process;
pub mod scene;
pub mod server;

pub use leave::leave_after;
pub use server::TestServer;
