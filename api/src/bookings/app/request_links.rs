//! A lost manage link, asked for again by e-mail.

use crate::app::App;
use crate::bookings::store;
use crate::http::throttle::{self, Key};
use crate::http::{ApiResult, ClientAddress};
use crate::jobs::{NewJob, enqueue};
use crate::notifications::ManageLinks;
use contract::problem::Code;
use std::time::Duration;
use uuid::Uuid;

const HOUR: Duration = Duration::from_secs(3600);
/// Mails to one recipient in an hour; further requests are answered alike and send none.
const MAILS: u32 = 5;
/// Requests from one address in an hour.
const REQUESTS: u32 = 30;

/// Mails the manage links of an address's coming bookings, if there are any. The answer never tells.
///
/// # Errors
/// `too_many_requests`.
pub async fn request_links(app: &App, email: &str, address: ClientAddress) -> ApiResult<()> {
    let mut db = app.db.acquire().await?;
    let requests = Key::new("manage-links-address", &[&address.to_string()]);
    throttle::hit(&mut db, &requests, REQUESTS, HOUR).await?;
    match throttle::hit(&mut db, &Key::new("manage-links", &[email]), MAILS, HOUR).await {
        Ok(()) => {}
        Err(error) if error.code() == Code::TooManyRequests => return Ok(()),
        Err(error) => return Err(error),
    }
    // For nobody the job finds nothing to do, but queueing it takes the same time.
    let nobody = || (Uuid::now_v7(), Uuid::now_v7());
    let (provider_id, booking_id) = store::any_of_guest(&mut db, email).await?.unwrap_or_else(nobody);
    Ok(enqueue(&mut db, &[NewJob::of(&ManageLinks::to(provider_id, booking_id))]).await?)
}
