//! The HTTP floor: what all slices share on the way in and out.

pub mod actor;
pub mod calendar;
pub mod client_address;
pub mod etag;
pub mod faults;
pub mod head;
pub mod headers;
pub mod health;
pub mod idempotency;
pub mod input;
mod json;
pub mod keys;
mod methods;
pub mod openapi;
pub mod page;
pub mod problem;
pub mod problems;
pub mod same_origin;
pub mod security;
pub mod server;
mod shape;
pub mod spa;
pub mod throttle;
pub mod upload;

pub use actor::{ProviderMember, ProviderOwner, User, Visitor};
pub use client_address::ClientAddress;
pub use etag::IfMatch;
pub use faults::Faults;
pub use idempotency::{Reply, write};
pub use input::{Input, NoBody, Params};
pub use problem::{ApiError, ApiResult};
pub use same_origin::SameOrigin;
pub use upload::Upload;
