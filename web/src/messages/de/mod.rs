//! German.

pub mod account;
pub mod admin;
mod again;
mod agenda;
mod booking;
mod calendar;
pub mod change;
mod common;
mod dashboard;
pub mod days;
pub mod desk_money;
pub mod events;
mod find;
pub mod gallery;
pub mod home;
mod hours;
mod live;
pub mod lookup;
mod manage;
pub mod order;
pub mod page_form;
mod pay;
pub mod photo;
pub mod privacy;
mod problems;
mod provider;
mod rest;
pub mod rivals;
pub mod services;
mod settle;
pub mod share;
pub mod till;
pub mod welcome;
pub mod year;

use super::Messages;
use super::grammar::{capital, count, list};

/// All of German.
pub static MESSAGES: Messages = Messages {
    language: "de",
    decimal: ',',
    percent: "\u{a0}%",
    after_weekday: ", ",
    default_locale: "de-DE",
    common: common::COMMON,
    find: find::FIND,
    provider: provider::PROVIDER,
    booking: booking::BOOKING,
    calendar: calendar::CALENDAR,
    live: live::LIVE,
    manage: manage::MANAGE,
    dashboard: dashboard::DASHBOARD,
    agenda: agenda::AGENDA,
    pay: pay::PAY,
    hours: hours::HOURS,
    again: again::AGAIN,
    problems: problems::PROBLEMS,
    settle: settle::SETTLE,
};
