//! Suites over real HTTP against a real database.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that finds nothing has failed")]

#[path = "../concurrency/mod.rs"]
mod concurrency;
#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod admin;
mod bookings;
mod connect;
mod coupons;
mod days;
mod demo;
mod directory;
mod floors;
mod holidays;
mod jobs;
mod ledger;
mod live;
mod mails;
mod moves;
mod needs;
mod openapi;
mod order;
mod payments;
mod photos;
mod plain;
mod privacy;
mod providers;
mod receipts;
mod refunds;
mod resize;
mod schedules;
mod seed;
mod services;
mod share;
mod slots;
mod tenants;
mod terms;
mod transactions;
