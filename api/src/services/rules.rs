//! What a service must hold beyond the shape of its request.

use crate::http::{ApiError, ApiResult, Faults};
use crate::terms;
use contract::services::{Service, ServiceStatus};
use domain::money::{Currency, Money};
use uuid::Uuid;

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
    faults.unless(step, "/slot_step_minutes", "range", "Must be 5 to 44640 minutes.");
    faults.unless(within(service.day_limit, 1, 1_000), "/day_limit", "range", "Must be 1 to 1000.");
    faults.unless(within(service.week_limit, 1, 10_000), "/week_limit", "range", "Must be 1 to 10000.");
    let rate = within(service.vat_rate, 0, 10_000);
    faults.unless(rate, "/vat_rate", "range", "Must be 0 to 10000 hundredths of a percent.");
    let price =
        Money::new(service.price_minor, Currency::parse(&service.currency).map_err(ApiError::internal)?);
    let (minor, percent) = (service.deposit_minor, service.deposit_percent);
    terms::check_payment(service.payment_mode, minor, percent, price, &mut faults);
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

/// The order of all services: as wished, then the archived ones that the wish leaves out.
///
/// # Errors
/// `invalid_fields` with a pointer to each id that is unknown or repeated, and where an offered service is missing.
pub fn complete_order(services: &[Service], wish: &[Uuid]) -> ApiResult<Vec<Uuid>> {
    let mut faults = Faults::default();
    let mut order: Vec<Uuid> = Vec::new();
    for (index, id) in wish.iter().enumerate() {
        let pointer = format!("/services/{index}");
        faults.unless(!order.contains(id), &pointer, "repeated", "This service is given twice.");
        let is_known = services.iter().any(|service| service.id == *id);
        faults.unless(is_known, &pointer, "unknown", "You have no such service.");
        order.push(*id);
    }
    for service in services.iter().filter(|service| !wish.contains(&service.id)) {
        let is_left_out = service.status == ServiceStatus::Active;
        faults.unless(!is_left_out, "/services", "missing", &format!("{} is missing.", service.name));
        order.push(service.id);
    }
    faults.finish()?;
    Ok(order)
}
