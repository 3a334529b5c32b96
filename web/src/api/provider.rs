//! Calls for those who act for a provider.

use super::ask::Ask;
use super::authorized::AuthorizedApi;
use super::call::{Call, escape};
use super::error::ApiError;
use crate::form::Version;
use contract::bookings::{Booking, BookingQuery};
use contract::page::Page;
use contract::providers::{CreateProvider, Provider, ProviderChange};
use contract::schedules::{
    CreateTimeOff, PutException, PutExceptions, PutWeeklyHours, Schedule, ScheduleChange,
};
use contract::services::{CreateService, OrderServices, Service, Services};
use time::Date;
use uuid::Uuid;
use web_sys::Blob;

impl AuthorizedApi {
    /// Makes a page. The key makes a second try safe.
    pub async fn create_provider(self, key: String, body: CreateProvider) -> Result<Provider, ApiError> {
        self.send(Call::post("/providers").header("Idempotency-Key", key).json(&body)).await?.read()
    }

    /// A profile by id or slug; one's own is there before it is published.
    pub fn provider(self, key: String) -> Ask<Provider> {
        Ask::own(self, Call::get(format!("/providers/{}", escape(&key))))
    }

    /// The version of a page now.
    pub fn provider_version(self, id: Uuid) -> Version {
        Box::pin(async move { Ok(self.provider(id.to_string()).await?.version) })
    }

    /// Changes what is given of a page; see [`crate::changes::changed`].
    pub async fn patch_provider(
        self,
        id: Uuid,
        version: i32,
        changes: String,
    ) -> Result<ProviderChange, ApiError> {
        self.send(Call::patch(format!("/providers/{id}")).if_match(version).text(changes)).await?.read()
    }

    /// Shows the page to customers, or hides it.
    pub async fn publish(self, id: Uuid, version: i32, shown: bool) -> Result<Provider, ApiError> {
        let action = if shown { "publish" } else { "unpublish" };
        self.send(Call::post(format!("/providers/{id}/{action}")).if_match(version)).await?.read()
    }

    /// Shows a photo in place of the drawn portrait.
    pub async fn put_photo(self, id: Uuid, version: i32, photo: Blob) -> Result<Provider, ApiError> {
        self.send(Call::put(format!("/providers/{id}/photo")).if_match(version).file(photo)).await?.read()
    }

    /// Takes the photo away.
    pub async fn delete_photo(self, id: Uuid, version: i32) -> Result<Provider, ApiError> {
        self.send(Call::delete(format!("/providers/{id}/photo")).if_match(version)).await?.read()
    }

    /// All services, the archived ones too.
    pub fn services(self, provider: Uuid) -> Ask<Services> {
        Ask::own(self, Call::get(format!("/providers/{provider}/services")))
    }

    /// Puts the services in order; `version` is that of the list.
    pub async fn order_services(
        self,
        provider: Uuid,
        version: i32,
        services: Vec<Uuid>,
    ) -> Result<Services, ApiError> {
        let call = Call::put(format!("/providers/{provider}/services/order")).if_match(version);
        self.send(call.json(&OrderServices { services }).outlasts()).await?.read()
    }

    /// One service, archived or not.
    pub fn service(self, id: Uuid) -> Ask<Service> {
        Ask::own(self, Call::get(format!("/services/{id}")))
    }

    /// Offers a service. The key makes a second try safe.
    pub async fn create_service(
        self,
        provider: Uuid,
        key: String,
        body: CreateService,
    ) -> Result<Service, ApiError> {
        let call = Call::post(format!("/providers/{provider}/services")).header("Idempotency-Key", key);
        self.send(call.json(&body)).await?.read()
    }

    /// Changes what is given of a service; see [`crate::changes::changed`].
    pub async fn patch_service(self, id: Uuid, version: i32, changes: String) -> Result<Service, ApiError> {
        self.send(Call::patch(format!("/services/{id}")).if_match(version).text(changes)).await?.read()
    }

    /// When the provider works.
    pub fn schedule(self, provider: Uuid) -> Ask<Schedule> {
        Ask::own(self, Call::get(format!("/providers/{provider}/schedule")))
    }

    /// The same, with what is over since a date.
    pub fn schedule_since(self, provider: Uuid, since: Date) -> Ask<Schedule> {
        let since = crate::format::iso(since);
        Ask::own(self, Call::get(format!("/providers/{provider}/schedule?since={since}")))
    }

    /// Replaces the hours of the week.
    pub async fn put_weekly(
        self,
        provider: Uuid,
        version: i32,
        body: PutWeeklyHours,
    ) -> Result<ScheduleChange, ApiError> {
        let path = format!("/providers/{provider}/schedule/weekly");
        self.send(Call::put(path).if_match(version).json(&body)).await?.read()
    }

    /// Sets the hours of one date.
    pub async fn put_exception(
        self,
        provider: Uuid,
        version: i32,
        date: Date,
        body: PutException,
    ) -> Result<ScheduleChange, ApiError> {
        let path = format!("/providers/{provider}/schedule/exceptions/{}", crate::format::iso(date));
        self.send(Call::put(path).if_match(version).json(&body)).await?.read()
    }

    /// Sets the hours of several dates at once.
    pub async fn put_exceptions(
        self,
        provider: Uuid,
        version: i32,
        body: PutExceptions,
    ) -> Result<ScheduleChange, ApiError> {
        let path = format!("/providers/{provider}/schedule/exceptions");
        self.send(Call::put(path).if_match(version).json(&body)).await?.read()
    }

    /// Lets the week hold on a date again.
    pub async fn delete_exception(
        self,
        provider: Uuid,
        version: i32,
        date: Date,
    ) -> Result<ScheduleChange, ApiError> {
        let path = format!("/providers/{provider}/schedule/exceptions/{}", crate::format::iso(date));
        self.send(Call::delete(path).if_match(version)).await?.read()
    }

    /// Takes time off.
    pub async fn create_time_off(
        self,
        provider: Uuid,
        version: i32,
        body: CreateTimeOff,
    ) -> Result<ScheduleChange, ApiError> {
        let path = format!("/providers/{provider}/time-off");
        self.send(Call::post(path).if_match(version).json(&body)).await?.read()
    }

    /// Takes time off back.
    pub async fn delete_time_off(
        self,
        provider: Uuid,
        version: i32,
        id: Uuid,
    ) -> Result<ScheduleChange, ApiError> {
        let path = format!("/providers/{provider}/time-off/{id}");
        self.send(Call::delete(path).if_match(version)).await?.read()
    }

    /// The provider's agenda.
    pub fn bookings(self, provider: Uuid, query: BookingQuery) -> Ask<Page<Booking>> {
        Ask::own(self, Call::get(format!("/providers/{provider}/bookings")).query(&query))
    }
}
