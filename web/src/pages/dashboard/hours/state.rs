//! The schedule as it stands on the server, and how changes to it are sent.

use crate::api::{ApiError, AuthorizedApi};
use crate::components::Toasts;
use crate::form::Form;
use crate::messages::t;
use contract::bookings::Booking;
use contract::problem::Code;
use contract::schedules::{Schedule, ScheduleChange};
use leptos::prelude::*;
use std::future::Future;
use uuid::Uuid;

/// The schedule of one provider.
#[derive(Clone, Copy)]
pub struct Book {
    pub api: AuthorizedApi,
    pub provider: Uuid,
    pub schedule: RwSignal<Schedule>,
    /// Bookings that the last change left outside the hours.
    pub stranded: RwSignal<Vec<Booking>>,
    pub toasts: Toasts,
}

impl Book {
    /// As it was loaded.
    pub fn new(api: AuthorizedApi, provider: Uuid, schedule: Schedule) -> Self {
        Self {
            api,
            provider,
            schedule: RwSignal::new(schedule),
            stranded: RwSignal::new(Vec::new()),
            toasts: Toasts::here(),
        }
    }

    /// The version that the person saw.
    pub fn version(self) -> i32 {
        self.schedule.with_untracked(|schedule| schedule.version)
    }

    /// Sends a change and takes over what came of it. Where somebody else was quicker, their state is shown.
    pub fn send(
        self,
        form: Form,
        call: impl Future<Output = Result<ScheduleChange, ApiError>> + 'static,
        done: impl FnOnce() + 'static,
    ) {
        form.send_or(
            call,
            move |change| {
                self.schedule.try_set(change.schedule);
                self.stranded.try_set(change.stranded);
                done();
            },
            move |error| {
                if error.code() == Some(Code::VersionMismatch) {
                    self.look_again(form);
                } else {
                    form.fail(error);
                }
            },
        );
    }

    fn look_again(self, form: Form) {
        leptos::task::spawn_local(async move {
            match self.api.schedule(self.provider).await {
                Ok(schedule) => {
                    self.schedule.try_set(schedule);
                    self.toasts.say(t().hours.changed_meanwhile);
                }
                Err(error) => form.fail(error),
            }
        });
    }
}
