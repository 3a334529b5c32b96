//! The schedule as it stands on the server, and how changes to it are sent.

use crate::api::{ApiError, AuthorizedApi};
use crate::components::Toasts;
use crate::form::Form;
use crate::messages::{t, year_words};
use crate::tabs::{self, News};
use crate::unsaved;
use contract::bookings::Booking;
use contract::problem::Code;
use contract::schedules::{
    CreateTimeOff, DatedException, PutException, PutExceptions, Schedule, ScheduleChange, TimeOff,
};
use leptos::prelude::*;
use std::future::Future;
use time::Date;
use uuid::Uuid;

/// What a date becomes: hours of its own, or with `None` the week's.
pub type Change = (Date, Option<PutException>);

/// The schedule of one provider.
#[derive(Clone, Copy)]
pub struct Book {
    pub api: AuthorizedApi,
    pub provider: Uuid,
    pub schedule: RwSignal<Schedule>,
    /// All bookings that lie outside the hours since the last change.
    pub stranded: RwSignal<Vec<Booking>>,
    pub toasts: Toasts,
}

impl Book {
    /// As it was loaded.
    pub fn new(api: AuthorizedApi, provider: Uuid, schedule: Schedule) -> Self {
        let book = Self {
            api,
            provider,
            schedule: RwSignal::new(schedule),
            stranded: RwSignal::new(Vec::new()),
            toasts: Toasts::here(),
        };
        // What is typed stays on what it was begun on, so that the server asks which of the two is meant.
        tabs::follow(move |news| {
            if !unsaved::any() {
                book.follow(news);
            }
        });
        book
    }

    /// Shows what was saved elsewhere.
    fn follow(self, news: News) {
        leptos::task::spawn_local(async move {
            if let Ok(now) = self.api.schedule(self.provider).await
                && !news.is_put_off()
            {
                self.hear(now);
            }
        });
    }

    /// Shows what is newer, unless something is typed.
    pub fn hear(self, now: Schedule) {
        let is_newer = |known: &Schedule| known.version < now.version;
        if !unsaved::any() && self.schedule.try_with_untracked(is_newer) == Some(true) {
            self.schedule.try_set(now);
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
                self.take(change);
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

    /// The same, shown at once as `guess` has it, and taken back where it fails.
    pub fn send_at_once(
        self,
        form: Form,
        guess: impl FnOnce(&mut Schedule),
        call: impl Future<Output = Result<ScheduleChange, ApiError>> + 'static,
        done: impl FnOnce() + 'static,
    ) {
        if form.busy().get_untracked() {
            return;
        }
        let before = self.schedule.get_untracked();
        self.schedule.update(guess);
        let call = async move {
            let answer = call.await;
            if answer.is_err() {
                self.schedule.try_set(before);
            }
            answer
        };
        self.send(form, call, done);
    }

    fn take(self, change: ScheduleChange) {
        self.schedule.try_set(change.schedule);
        // They are listed above all, and the change may have been made far below.
        if !change.newly_stranded.is_empty() {
            self.toasts.warn((t().hours.stranded)(change.newly_stranded.len()));
        }
        self.stranded.try_set(change.stranded);
    }

    fn look_again(self, form: Form) {
        leptos::task::spawn_local(async move {
            match self.api.schedule(self.provider).await {
                Ok(schedule) => {
                    self.schedule.try_set(schedule);
                    self.toasts.warn(t().hours.changed_meanwhile);
                }
                Err(error) => form.fail(error),
            }
        });
    }

    /// What would bring these dates back to how they are now.
    pub fn opposite(self, changes: &[Change]) -> Vec<Change> {
        self.schedule.with_untracked(|schedule| {
            let before = |date: Date| {
                let known = schedule.exceptions.iter().find(|exception| exception.date == date)?;
                Some(PutException { windows: known.windows.clone(), note: known.note.clone() })
            };
            changes.iter().map(|(date, _)| (*date, before(*date))).collect()
        })
    }

    /// Changes dates: those that get hours at once, those that follow the week again one after the other.
    pub async fn apply(self, changes: Vec<Change>, version: i32) -> Result<ScheduleChange, ApiError> {
        let (mut version, mut last) = (version, Err(ApiError::Unreadable { status: 0 }));
        let (set, freed): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(_, hours)| hours.is_some());
        let mut set: Vec<_> = set.into_iter().filter_map(|(date, hours)| Some((date, hours?))).collect();
        if set.len() > 1 {
            let exceptions = set.drain(..).map(|(date, hours)| DatedException {
                date,
                windows: hours.windows,
                note: hours.note,
            });
            let body = PutExceptions { exceptions: exceptions.collect() };
            let change = self.api.put_exceptions(self.provider, version, body).await?;
            version = change.schedule.version;
            last = Ok(change);
        }
        let single = set.into_iter().map(|(date, hours)| (date, Some(hours)));
        for (date, hours) in single.chain(freed.into_iter().map(|(date, _)| (date, None))) {
            let change = match hours {
                Some(hours) => self.api.put_exception(self.provider, version, date, hours).await?,
                None => self.api.delete_exception(self.provider, version, date).await?,
            };
            version = change.schedule.version;
            // Where a later one fails, the earlier ones are true all the same.
            self.schedule.try_set(change.schedule.clone());
            last = Ok(change);
        }
        last
    }

    /// Says that something was done and offers to undo it. The note may outlive the page.
    pub fn offer_undo<F>(self, text: impl Into<String>, undo: impl Fn(i32) -> F + Send + Sync + 'static)
    where
        F: Future<Output = Result<ScheduleChange, ApiError>> + 'static,
    {
        let undo = std::sync::Arc::new(undo);
        self.toasts.offer(text, year_words().undo, move || {
            let undo = undo.clone();
            leptos::task::spawn_local(async move {
                let version = match self.schedule.try_with_untracked(|schedule| schedule.version) {
                    Some(version) => Ok(version),
                    None => self.api.schedule(self.provider).await.map(|schedule| schedule.version),
                };
                let answer = match version {
                    Ok(version) => undo(version).await,
                    Err(error) => Err(error),
                };
                match answer {
                    Ok(change) => {
                        self.take(change);
                        self.toasts.say(year_words().undone);
                    }
                    Err(error) => self.toasts.warn(error.sentence()),
                }
            });
        });
    }

    /// Changes dates from a form, with a way back.
    pub fn change_dates(self, form: Form, changes: Vec<Change>, said: String, done: impl FnOnce() + 'static) {
        let back = self.opposite(&changes);
        let call = self.apply(changes, self.version());
        self.send(form, call, move || {
            self.offer_undo(said, move |version| self.apply(back.clone(), version));
            done();
        });
    }

    /// Takes time off from a form, with a way back.
    pub fn take_time_off(self, form: Form, off: CreateTimeOff, done: impl FnOnce() + 'static) {
        let (start_at, end_at) = (off.start_at, off.end_at);
        let call = self.api.create_time_off(self.provider, self.version(), off);
        self.send(form, call, move || {
            let said = t().hours.time_off_saved;
            let made = self.schedule.with_untracked(|schedule| {
                let made = |off: &&TimeOff| off.start_at == start_at && off.end_at == end_at;
                schedule.time_off.iter().find(made).map(|off| off.id)
            });
            match made {
                Some(id) => {
                    self.offer_undo(said, move |version| self.api.delete_time_off(self.provider, version, id))
                }
                // One that lay there already took it in.
                None => self.toasts.say(said),
            }
            done();
        });
    }

    /// Takes time off back, with a way back.
    pub fn remove_time_off(self, form: Form, id: Uuid) {
        let off = self
            .schedule
            .with_untracked(|schedule| schedule.time_off.iter().find(|off| off.id == id).cloned());
        let Some(off) = off else { return };
        let again = CreateTimeOff { start_at: off.start_at, end_at: off.end_at, note: off.note };
        self.send_at_once(
            form,
            |schedule| schedule.time_off.retain(|off| off.id != id),
            self.api.delete_time_off(self.provider, self.version(), id),
            move || {
                self.offer_undo(t().hours.time_off_removed, move |version| {
                    self.api.create_time_off(self.provider, version, again.clone())
                });
            },
        );
    }
}
