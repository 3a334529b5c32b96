//! Connected accounts: those whom the platform's money is passed on to.

use crate::books::Books;
use crate::params::{Metadata, Params};
use crate::refused::{Answer, Refused};
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub id: String,
    pub object: String,
    pub business_type: Option<String>,
    pub capabilities: Value,
    pub charges_enabled: bool,
    pub country: String,
    pub created: i64,
    pub default_currency: Option<String>,
    pub details_submitted: bool,
    pub email: Option<String>,
    pub metadata: Metadata,
    pub payouts_enabled: bool,
    pub requirements: Value,
    #[serde(rename = "type")]
    pub kind: String,
}
object!(Account, "account");

/// A link to the onboarding page, good once and for five minutes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Link {
    pub id: String,
    pub created: i64,
    pub account: String,
    pub return_url: String,
    pub refresh_url: String,
    pub used: bool,
}
object!(Link, "account_link");

pub(crate) fn create(books: &mut Books, mut params: Params) -> Answer {
    let kind = params.choice("type", &["express", "standard", "custom"])?.unwrap_or("express").to_owned();
    let country = params.text("country").unwrap_or_else(|| "US".to_owned());
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(Refused::invalid(format!("Country '{country}' is unknown.")).param("country"));
    }
    let email = params.text("email");
    if email.as_deref().is_some_and(|email| !email.contains('@')) {
        return Err(Refused::invalid("Invalid email address").code("email_invalid").param("email"));
    }
    let mut capabilities = json!({});
    for name in ["card_payments", "transfers"] {
        if params.flag(&format!("capabilities[{name}][requested]"))? {
            capabilities[name] = json!("inactive");
        }
    }
    let account = Account {
        id: format!("acct_{}", crate::books::token(16)),
        object: "account".to_owned(),
        business_type: params.text("business_type"),
        capabilities,
        charges_enabled: false,
        country,
        created: books.now(),
        default_currency: params.text("default_currency"),
        details_submitted: false,
        email,
        metadata: params.metadata("metadata")?,
        payouts_enabled: false,
        requirements: json!({ "currently_due": ["external_account", "tos_acceptance.date"], "disabled_reason": "requirements.past_due" }),
        kind,
    };
    params.pass(&["business_profile", "settings", "company", "individual", "controller", "tos_acceptance"]);
    params.finish()?;
    let json = account.json();
    books.accounts.add(account);
    Ok(json)
}

/// Everything Stripe asked for was given, or is asked for again.
pub(crate) fn enable(books: &mut Books, id: &str, enabled: bool) -> Answer {
    let account = books.accounts.get_mut(id)?;
    account.charges_enabled = enabled;
    account.payouts_enabled = enabled;
    account.details_submitted = true;
    let state = if enabled { "active" } else { "inactive" };
    if let Some(capabilities) = account.capabilities.as_object_mut() {
        capabilities.values_mut().for_each(|capability| *capability = json!(state));
    }
    account.requirements = match enabled {
        true => json!({ "currently_due": [], "disabled_reason": null }),
        false => {
            json!({ "currently_due": ["individual.verification.document"], "disabled_reason": "requirements.past_due" })
        }
    };
    let json = account.json();
    books.emit("account.updated", json.clone(), Some(id));
    Ok(json)
}
