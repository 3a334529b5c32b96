//! The providers of the demo, a file each, and how they are written.

use super::people::{self, Accounts};
use super::{id, portrait, store};
use crate::http::{ApiError, ApiResult};
use crate::{db, providers, terms};
use contract::coupons::CreateCoupon;
use contract::payments::{CancellationPolicy, PaymentMode};
use contract::providers::{CreateProvider, Provider};
use contract::schedules::{Day, Window};
use contract::services::CreateService;
use domain::zone::Zone;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{Date, Duration};
use uuid::Uuid;

macro_rules! files {
    ($($slug:literal),* $(,)?) => { &[$(include_str!(concat!("demo/", $slug, ".json"))),*] };
}

const FILES: &[&str] = files![
    "bell-home-repairs",
    "caduff",
    "carmen-ortega",
    "casa-da-bica",
    "dana-whitfield",
    "false-creek-massage",
    "georgian-with-nino",
    "hargreaves-gardens",
    "lena-brandt",
    "mare-street-barbers",
    "mori-optical",
    "nair-rao",
    "nell-power",
    "nogueira-pianos",
    "patan-dental",
    "piha-cabin",
    "pilates-poblenou",
    "pracownia-zielinski",
    "radhof",
    "raiz-rizos",
    "saunalautta-aava",
    "stimmraum",
    "tango-en-almagro",
    "terre-claire",
    "tiong-bahru-cello",
    "wet-nose-leith",
];

/// A provider of the demo. Days are counted from the day on which it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// What the owner is called.
    pub owner: String,
    /// Which portrait it has, so that face and name can go together.
    pub look: u32,
    /// How much of the time is booked, in percent.
    pub busy: usize,
    /// Whether the customer who can log in books here.
    pub has_regular: bool,
    /// Where clients live, for services at their place.
    pub addresses: Vec<String>,
    /// What a cancellation brings back.
    #[serde(default)]
    policy: CancellationPolicy,
    #[serde(default)]
    coupons: Vec<CreateCoupon>,
    /// As in the API.
    pub profile: CreateProvider,
    /// As in the API.
    pub services: Vec<CreateService>,
    weekly: Vec<Hours>,
    exceptions: Vec<Exception>,
    time_off: Vec<TimeOff>,
}

/// The same hours on several days.
#[derive(Debug, Deserialize)]
struct Hours {
    days: Vec<Day>,
    start: String,
    end: String,
}

#[derive(Debug, Deserialize)]
struct Exception {
    in_days: i64,
    windows: Vec<Window>,
    note: String,
}

#[derive(Debug, Deserialize)]
struct TimeOff {
    in_days: i64,
    days: i64,
    note: String,
}

impl Demo {
    /// Takes back that services are paid when booking.
    pub fn pay_on_site(&mut self) {
        for service in &mut self.services {
            (service.payment_mode, service.deposit_minor, service.deposit_percent) =
                (PaymentMode::OnSite, None, None);
        }
    }
}

/// All providers of the demo.
pub fn all() -> ApiResult<Vec<Demo>> {
    FILES.iter().map(|file| serde_json::from_str(file).map_err(ApiError::internal)).collect()
}

/// A provider as it was written.
pub struct Written {
    /// The provider.
    pub provider: Uuid,
    /// Who owns it.
    pub owner: Uuid,
    /// Its services, in its order.
    pub services: Vec<Uuid>,
}

/// Writes a provider with its services and schedule.
pub async fn write(tx: &mut PgConnection, demo: &Demo, accounts: &Accounts) -> ApiResult<Written> {
    let profile = profile(demo)?;
    let provider = profile.id;
    let owner = people::owner(tx, &demo.owner, &profile.slug, &profile.time_zone, accounts).await?;
    let zone = Zone::parse(&profile.time_zone).map_err(ApiError::internal)?;
    let today = zone.to_local(db::seconds(db::now(tx).await?)).date;
    let services: Vec<Uuid> = demo
        .services
        .iter()
        .map(|service| id(&format!("service {} {}", profile.slug, service.name)))
        .collect();

    store::add_provider(tx, provider_row(&profile), owner).await?;
    store::add_coupons(tx, Value::from_iter(coupon_rows(demo, &profile)?)).await?;
    store::add_services(tx, Value::from_iter(service_rows(demo, provider, &services)?)).await?;
    store::add_schedule(
        tx,
        Value::from_iter(weekly_rows(demo, provider)),
        Value::from_iter(exception_rows(demo, provider, today)),
        Value::from_iter(time_off_rows(demo, provider, &zone, today)?),
    )
    .await?;
    Ok(Written { provider, owner, services })
}

/// The profile, settled by the rules of the API.
fn profile(demo: &Demo) -> ApiResult<Provider> {
    let body = demo.profile.clone();
    let slug = body.slug.unwrap_or_default();
    let mut profile = Provider {
        id: id(&format!("provider {slug} {}", demo.look)),
        slug,
        name: body.name,
        headline: body.headline,
        bio: body.bio,
        category: body.category,
        address: body.address,
        time_zone: body.time_zone,
        currency: body.currency,
        languages: body.languages,
        portrait_url: String::new(),
        has_photo: false,
        published: true,
        suspension: None,
        day_limit: None,
        week_limit: None,
        request_expiry_minutes: 1440,
        cancellation_policy: demo.policy.clone(),
        tax_number: String::new(),
        version: 1,
    };
    providers::settle(&mut profile)?;
    Ok(profile)
}

fn provider_row(profile: &Provider) -> Value {
    let address = &profile.address;
    json!({
        "id": profile.id, "portrait": portrait::draw(profile.id), "slug": profile.slug, "name": profile.name, "headline": profile.headline, "bio": profile.bio,
        "category": profile.category, "address_line": address.line, "city": address.city, "country": address.country,
        "latitude": address.latitude, "longitude": address.longitude, "time_zone": profile.time_zone,
        "currency": profile.currency, "languages": profile.languages,
        "policy": terms::as_rules(&profile.cancellation_policy),
        "no_show_percent": profile.cancellation_policy.no_show_refund_percent,
    })
}

fn coupon_rows(demo: &Demo, profile: &Provider) -> ApiResult<Vec<Value>> {
    let row = |coupon: &CreateCoupon| {
        let mut row = serde_json::to_value(coupon).map_err(ApiError::internal)?;
        row["provider_id"] = json!(profile.id);
        row["id"] = json!(id(&format!("coupon {} {}", profile.slug, coupon.code)));
        Ok(row)
    };
    demo.coupons.iter().map(row).collect()
}

fn service_rows(demo: &Demo, provider: Uuid, ids: &[Uuid]) -> ApiResult<Vec<Value>> {
    let row = |(position, (service, id)): (usize, (&CreateService, &Uuid))| {
        let mut row = serde_json::to_value(service).map_err(ApiError::internal)?;
        row["provider_id"] = json!(provider);
        row["id"] = json!(id);
        row["position"] = json!(position);
        Ok(row)
    };
    demo.services.iter().zip(ids).enumerate().map(row).collect()
}

fn weekly_rows(demo: &Demo, provider: Uuid) -> impl Iterator<Item = Value> {
    demo.weekly.iter().flat_map(move |hours| {
        hours.days.iter().map(move |day| {
            json!({ "provider_id": provider, "day_of_week": day.number(), "start_time": hours.start, "end_time": hours.end })
        })
    })
}

fn exception_rows(demo: &Demo, provider: Uuid, today: Date) -> Vec<Value> {
    let mut rows = Vec::new();
    for exception in &demo.exceptions {
        let date = (today + Duration::days(exception.in_days)).to_string();
        let row = |is_available: bool, start: Option<&str>, end: Option<&str>| {
            json!({
                "provider_id": provider, "exception_date": date, "is_available": is_available,
                "custom_start": start, "custom_end": end, "note": exception.note,
            })
        };
        if exception.windows.is_empty() {
            rows.push(row(false, None, None));
        }
        rows.extend(exception.windows.iter().map(|window| row(true, Some(&window.start), Some(&window.end))));
    }
    rows
}

fn time_off_rows(demo: &Demo, provider: Uuid, zone: &Zone, today: Date) -> ApiResult<Vec<Value>> {
    let midnight = |days: i64| store::instant(zone.to_instant(today + Duration::days(days), 0));
    let row = |time_off: &TimeOff| {
        Ok(json!({
            "provider_id": provider,
            "id": id(&format!("time off {provider} {}", time_off.in_days)),
            "source": "time_off",
            "start_at": midnight(time_off.in_days)?,
            "end_at": midnight(time_off.in_days + time_off.days)?,
            "note": time_off.note,
        }))
    };
    demo.time_off.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use validator::Validate;

    #[test]
    fn every_file_would_be_accepted_by_the_api() {
        let all = all().unwrap();
        assert!(all.len() >= 24);
        for demo in &all {
            let slug = demo.profile.slug.as_deref().unwrap();
            demo.profile.validate().unwrap_or_else(|error| panic!("{slug}: {error}"));
            profile(demo).unwrap_or_else(|error| panic!("{slug}: {error}"));
            assert!((2..=5).contains(&demo.services.len()), "{slug}");
            for service in &demo.services {
                service.validate().unwrap_or_else(|error| panic!("{slug}, {}: {error}", service.name));
            }
        }
        let slugs: HashSet<_> = all.iter().map(|demo| &demo.profile.slug).collect();
        assert_eq!(slugs.len(), all.len());
    }
}
