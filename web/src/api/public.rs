//! Calls that need nobody to be logged in.

use super::ask::Ask;
use super::call::{Call, escape};
use super::error::ApiError;
use contract::accounts::{EmailOnly, LogIn, Register, ResetPassword, Session, VerifyEmail};
use contract::holidays::{HolidayList, HolidayQuery};
use contract::providers::{Categories, PlaceQuery, Places, Provider, ProviderList, ProviderQuery};
use contract::services::Service;
use uuid::Uuid;

/// The server for everyone.
#[derive(Clone, Copy)]
pub struct Api;

impl Api {
    /// Public holidays.
    pub async fn holidays(self, query: HolidayQuery) -> Result<HolidayList, ApiError> {
        Call::get("/holidays").query(&query).send().await?.read()
    }

    /// All trades.
    pub fn categories(self) -> Ask<Categories> {
        Ask::open(Call::get("/categories"))
    }

    /// Cities that begin like this.
    pub async fn places(self, query: PlaceQuery) -> Result<Places, ApiError> {
        Call::get("/places").query(&query).send().await?.read()
    }

    /// One page of the published providers.
    pub async fn providers(self, query: ProviderQuery) -> Result<ProviderList, ApiError> {
        Call::get("/providers").query(&query).send().await?.read()
    }

    /// By id or slug.
    pub fn provider(self, key: String) -> Ask<Provider> {
        Ask::open(Call::get(format!("/providers/{}", escape(&key))))
    }

    /// One service.
    pub fn service(self, id: Uuid) -> Ask<Service> {
        Ask::open(Call::get(format!("/services/{id}")))
    }

    /// Makes an account and begins a session.
    pub(crate) async fn register(self, body: Register) -> Result<Session, ApiError> {
        Call::post("/auth/register").json(&body).send().await?.read()
    }

    /// Begins a session.
    pub(crate) async fn log_in(self, body: LogIn) -> Result<Session, ApiError> {
        Call::post("/auth/login").json(&body).send().await?.read()
    }

    /// Trades the cookie for a new access token.
    pub(crate) async fn refresh(self) -> Result<Session, ApiError> {
        Call::post("/auth/refresh").send().await?.read()
    }

    /// Ends the session of the cookie.
    pub(crate) async fn log_out(self) -> Result<(), ApiError> {
        Call::post("/auth/logout").send().await?.ok().map(drop)
    }

    /// Mails a link to choose a new password.
    pub async fn forgot_password(self, email: String) -> Result<(), ApiError> {
        Call::post("/auth/password/forgot").json(&EmailOnly { email }).send().await?.ok().map(drop)
    }

    /// Sets a new password with the token of that link.
    pub async fn reset_password(self, body: ResetPassword) -> Result<(), ApiError> {
        Call::post("/auth/password/reset").json(&body).send().await?.ok().map(drop)
    }

    /// Proves an address with the token of a mailed link.
    pub async fn verify_email(self, token: String) -> Result<(), ApiError> {
        Call::post("/auth/email/verify").json(&VerifyEmail { token }).send().await?.ok().map(drop)
    }

    /// Mails all manage links of an address to it.
    pub async fn manage_links(self, email: String) -> Result<(), ApiError> {
        Call::post("/bookings/manage-links").json(&EmailOnly { email }).send().await?.ok().map(drop)
    }
}
