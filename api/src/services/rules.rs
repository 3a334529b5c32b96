//! What a service must hold beyond the shape of its request.

use crate::http::{ApiResult, Faults};
use contract::services::Service;

const MINUTES_PER_DAY: u32 = 1440;

/// Brings a service into its one form.
///
/// # Errors
/// `invalid_fields` with everything that breaks a rule.
pub fn settle(service: &mut Service) -> ApiResult<()> {
    service.name = service.name.trim().to_owned();
    service.description = service.description.trim().to_owned();
    let mut faults = Faults::default();
    faults.unless(!service.name.is_empty(), "/name", "length", "A name is needed.");
    faults.one_line("/name", &service.name);
    let within = |value: Option<u32>, least, most| value.is_none_or(|value| (least..=most).contains(&value));
    let step = within(service.slot_step_minutes, 5, 44_640);
    faults.unless(step, "/slot_step_minutes", "range", "Must be 5 to 44640.");
    faults.unless(within(service.day_limit, 1, 1_000), "/day_limit", "range", "Must be 1 to 1000.");
    faults.unless(within(service.week_limit, 1, 10_000), "/week_limit", "range", "Must be 1 to 10000.");
    // Today counts, so the last minute that can be booked lies before the day after the horizon.
    let bookable = (service.horizon_days + 1) * MINUTES_PER_DAY;
    faults.unless(
        service.minimum_notice_minutes < bookable,
        "/minimum_notice_minutes",
        "beyond_horizon",
        "With this notice nothing could be booked before the horizon.",
    );
    faults.finish()
}
