//! How payments are taken, from the settings.

use crate::app::Payments;
use crate::config::Config;
use integrations::payments::stripe::{BadSetting, Settings, Stripe};
use secrecy::SecretString;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

const TIMEOUT: Duration = Duration::from_secs(20);

/// Payments by Stripe, where its key is set.
///
/// # Errors
/// Where its address cannot be used.
pub fn by_stripe(config: &Config) -> Result<Option<Payments>, BadSetting> {
    let Some(key) = &config.stripe_key else { return Ok(None) };
    through(config, &config.stripe_url, key.clone(), config.stripe_secrets.clone()).map(Some)
}

/// Payments by whatever speaks like Stripe at this address.
///
/// # Errors
/// Where the address cannot be used.
pub fn through(
    config: &Config,
    address: &str,
    key: SecretString,
    webhook_secrets: Vec<SecretString>,
) -> Result<Payments, BadSetting> {
    let base_url = Url::parse(address).map_err(BadSetting::from)?;
    let settings = Settings { base_url, key, webhook_secrets, connect: config.connect, timeout: TIMEOUT };
    Ok(Payments {
        processor: Arc::new(Stripe::new(settings)?),
        connect: config.connect,
        fee_rate: config.fee_rate,
        fee_returned: config.fee_returned,
        demo: false,
    })
}
