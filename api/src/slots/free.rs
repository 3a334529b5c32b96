//! A question for free times, and its answer.

use super::listing;
use crate::http::calendar::{within_calendar, zone};
use crate::http::{ApiError, ApiResult, etag};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use domain::range::Range;
use domain::slots::{MAX_QUERY_DAYS, Slot};
use domain::zone::{DAY, Zone};
use time::Date;

/// The days that are asked about.
#[derive(Debug, Clone)]
pub struct Days {
    from: Date,
    to: Date,
    zone: Option<Zone>,
}

impl Days {
    /// The days from `from` to `to`, inclusive, in the zone of that name or the provider's.
    ///
    /// # Errors
    /// `invalid_fields` for years beyond the calendar, a reversed or too long range, an unknown zone.
    pub fn wanted(from: Date, to: Date, time_zone: Option<&str>) -> ApiResult<Self> {
        within_calendar(from.year(), "?from")?;
        within_calendar(to.year(), "?to")?;
        let days = (to - from).whole_days() + 1;
        if days < 1 {
            return Err(ApiError::field("?to", "order", "The last day is before the first."));
        }
        if days > MAX_QUERY_DAYS {
            return Err(ApiError::field("?to", "range", &format!("At most {MAX_QUERY_DAYS} days at once.")));
        }
        let zone = time_zone.map(|name| zone(name, "?time_zone")).transpose()?;
        Ok(Self { from, to, zone })
    }

    /// One day.
    #[must_use]
    pub fn one(date: Date, zone: Option<&Zone>) -> Self {
        Self { from: date, to: date, zone: zone.cloned() }
    }

    /// Instants that can fall on these days in any zone.
    #[must_use]
    pub fn anywhere(&self) -> Range {
        let midnight = |date: Date| date.midnight().assume_utc().unix_timestamp();
        Range::new(midnight(self.from) - DAY, midnight(self.to) + 2 * DAY)
    }

    /// The zone that was asked for, or else the provider's.
    #[must_use]
    pub fn zone<'a>(&'a self, provider: &'a Zone) -> &'a Zone {
        self.zone.as_ref().unwrap_or(provider)
    }

    /// The instants of these days in their zone.
    #[must_use]
    pub fn range(&self, provider: &Zone) -> Range {
        let zone = self.zone(provider);
        let after = self.to.saturating_add(time::Duration::DAY);
        Range::new(zone.to_instant(self.from, 0), zone.to_instant(after, 0))
    }
}

/// Free times, as a [`contract::slots::SlotList`].
#[derive(Debug, Clone)]
pub struct FreeTimes {
    /// Whose offsets are written.
    pub zone: Zone,
    /// How long each takes.
    pub minutes: i64,
    /// In order of time.
    pub slots: Vec<Slot>,
    /// Where there is none: the first after the range.
    pub next_free: Option<Slot>,
}

impl FreeTimes {
    /// The answer; without a body where the client knows it.
    #[must_use]
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        // All that is written.
        let tag = etag::tag_of(&(self.zone.name(), self.minutes, &self.slots, self.next_free));
        let (mut response, known) = etag::begin(request, tag);
        response.insert_header((header::CACHE_CONTROL, "no-cache"));
        if known {
            return response.finish();
        }
        let body = listing::write(&self.zone, self.minutes, &self.slots, self.next_free);
        response.content_type("application/json").body(body)
    }
}
