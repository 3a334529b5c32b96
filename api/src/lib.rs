//! The server as a library: one folder per slice of the domain, and the floors they share.

pub mod accounts;
pub mod acts;
pub mod admin;
pub mod app;
pub mod bookings;
pub mod config;
pub mod db;
pub mod dice;
pub mod holidays;
pub mod http;
pub mod jobs;
pub mod live;
pub mod notifications;
pub mod pages;
pub mod privacy;
pub mod providers;
pub mod runtime;
pub mod schedules;
pub mod seed;
pub mod services;
pub mod slots;
pub mod stranded;
pub mod telemetry;
pub mod turns;
