//! What a person may ask of us: to see all that is held on them, and to be forgotten. It knows the slices that hold it.

mod app;
pub mod http;
