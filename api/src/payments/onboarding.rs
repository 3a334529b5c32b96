//! How a provider becomes able to take payments: its account at the processor, which the processor's own pages set up.

use super::accounts::{self, account, keep_account};
use super::told;
use crate::app::{App, Payments};
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, ProviderOwner};
use crate::providers;
use contract::payouts::{OnboardingLink, PaymentScheme, PaymentSetup, StartOnboarding};
use contract::problem::Code;
use integrations::payments::PayeeOrder;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

const HOUR: Duration = Duration::from_secs(3600);
/// How often the processor is asked about one provider's account in an hour.
const ASKED: u32 = 60;

/// Whether a provider can take payments, as was last heard.
///
/// # Errors
/// Those of the database.
pub(super) async fn setup(app: &App, owner: ProviderOwner) -> ApiResult<PaymentSetup> {
    let mut db = app.db.acquire().await?;
    let own = account(&mut db, owner.provider_id).await?;
    let prepaid = sqlx::query_scalar!(
        r#"select count(*)::int as "count!" from services where provider_id = $1 and status = 'active' and payment_mode <> 'on_site'"#,
        owner.provider_id
    )
    .fetch_one(&mut *db)
    .await?;
    Ok(tell(app.payments.as_ref(), own.as_ref(), u32::try_from(prepaid).unwrap_or_default()))
}

fn tell(payments: Option<&Payments>, own: Option<&accounts::Account>, prepaid: u32) -> PaymentSetup {
    let connect = payments.is_some_and(|payments| payments.connect);
    let one_account = payments.is_some() && !connect;
    let own = own.filter(|_| connect);
    let of = |pick: fn(&accounts::Account) -> bool| one_account || own.is_some_and(pick);
    PaymentSetup {
        available: payments.is_some(),
        scheme: payments.map(|payments| match payments.connect {
            true => PaymentScheme::Marketplace,
            false => PaymentScheme::OneAccount,
        }),
        demo: payments.is_some_and(|payments| payments.demo),
        ready: of(|own| own.can_charge),
        started: own.is_some(),
        can_charge: of(|own| own.can_charge),
        can_pay_out: of(|own| own.can_pay_out),
        details_submitted: of(|own| own.details_submitted),
        missing: own.map_or(0, |own| u32::try_from(own.missing).unwrap_or_default()),
        prepaid_services: if payments.is_some() { prepaid } else { 0 },
        platform_fee_rate: payments.filter(|_| connect).map_or(0, |payments| payments.fee_rate),
        platform_fee_returned: payments.is_some_and(|payments| connect && payments.fee_returned),
    }
}

/// Leads to where the provider sets its account up; it is made where there is none.
///
/// # Errors
/// `payments_off` where there is nothing to set up, a field error at `/country`, `too_many_requests`, `unavailable`.
pub(super) async fn start(
    app: &App,
    owner: ProviderOwner,
    wish: StartOnboarding,
) -> ApiResult<OnboardingLink> {
    let payments = marketplace(app)?;
    let mut db = app.db.acquire().await?;
    limit(&mut db, owner.provider_id).await?;
    let own = account(&mut db, owner.provider_id).await?;
    let known = match own {
        Some(own) => Ok(own.account_id),
        None => Err(country(&mut db, owner.provider_id, wish.country).await?),
    };
    // Nobody is to wait for a connection while the processor is asked.
    drop(db);
    let account_id = match known {
        Ok(account_id) => account_id,
        Err(country) => open(app, payments, owner.provider_id, country).await?,
    };
    let back = app.link(&format!("/dashboard/{}/payments", owner.provider_id));
    let (done, again) = (format!("{back}?onboarding=done"), format!("{back}?onboarding=again"));
    let url = payments.processor.onboarding_link(&account_id, &done, &again).await.map_err(told)?;
    Ok(OnboardingLink { url })
}

/// Makes an account, and keeps it. Whoever crashes in between, or asks twice at once, gets the same one.
async fn open(app: &App, payments: &Payments, provider_id: Uuid, country: String) -> ApiResult<String> {
    let key = format!("account:{provider_id}:{country}");
    let order = PayeeOrder {
        country,
        // Asked by the processor itself, of the person who will log in there.
        email: None,
        metadata: BTreeMap::from([("provider_id".to_owned(), provider_id.to_string())]),
    };
    let payee = payments.processor.create_payee(&order, &key).await.map_err(told)?;
    keep_account(&app.db, Some(provider_id), &payee).await?;
    let own = account(&mut *app.db.acquire().await?, provider_id).await?;
    Ok(own.map_or(payee.id, |own| own.account_id))
}

/// Reads the provider's account anew, without waiting for the processor to tell: what the app does when somebody comes back
/// from setting it up.
///
/// # Errors
/// `too_many_requests`, `unavailable`.
pub(super) async fn refresh(app: &App, owner: ProviderOwner) -> ApiResult<PaymentSetup> {
    let mut db = app.db.acquire().await?;
    let own = account(&mut db, owner.provider_id).await?;
    let connect = app.payments.as_ref().filter(|payments| payments.connect);
    let asked = connect.zip(own);
    if asked.is_some() {
        limit(&mut db, owner.provider_id).await?;
    }
    drop(db);
    if let Some((payments, own)) = asked {
        let payee = payments.processor.payee(&own.account_id).await.map_err(told)?;
        keep_account(&app.db, None, &payee).await?;
    }
    setup(app, owner).await
}

async fn limit(db: &mut PgConnection, provider_id: Uuid) -> ApiResult<()> {
    throttle::hit(db, &Key::new("payment-account", &[&provider_id.to_string()]), ASKED, HOUR).await
}

/// How payments are taken, where each provider has an account of its own.
fn marketplace(app: &App) -> ApiResult<&Payments> {
    let off = |words| ApiError::new(Code::PaymentsOff).detail(words);
    match &app.payments {
        None => Err(off("This server takes no payments.")),
        Some(payments) if !payments.connect => {
            Err(off("All payments go to the one account of this server: there is nothing to set up."))
        }
        Some(payments) => Ok(payments),
    }
}

async fn country(db: &mut PgConnection, provider_id: Uuid, wish: Option<String>) -> ApiResult<String> {
    let known = match wish {
        Some(wish) => Some(wish.to_ascii_uppercase()),
        None => {
            sqlx::query_scalar!("select country from providers where id = $1", provider_id)
                .fetch_one(&mut *db)
                .await?
        }
    };
    let Some(country) = known else {
        return Err(ApiError::field("/country", "required", "Say in which country you are at home."));
    };
    if providers::is_country(&country) {
        return Ok(country);
    }
    Err(ApiError::field("/country", "country", "This is not an ISO 3166-1 alpha-2 code."))
}
