//! The pages.

pub mod account;
pub mod book;
pub mod dashboard;
pub mod home;
pub mod manage;
pub mod provider;

use crate::format::browser_zone;
use crate::session::Session;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

/// A part of the address, reactively.
fn param(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get(name).unwrap_or_default()))
}

/// An id in the address; the nil id, which nothing has, where it is none.
fn id_param(name: &'static str) -> Memo<Uuid> {
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| params.get(name).and_then(|id| id.parse().ok()).unwrap_or_default())
    })
}

/// A part of the query, reactively; empty where it is missing.
fn query(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()))
}

/// The zone in which this person wants to see times.
fn viewer_zone() -> String {
    Session::here().user().map_or_else(browser_zone, |user| user.time_zone)
}
