//! Orders of ours as requests of async-stripe.

use super::amount::to_stripe;
use crate::payments::{Capture, FormOrder, PageOrder, PayeeOrder, ProcessorError, RefundOrder, Split};
use std::collections::HashMap;
use std::str::FromStr;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes as Means,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionPaymentIntentData,
    CreateCheckoutSessionPaymentIntentDataCaptureMethod as PageCapture,
    CreateCheckoutSessionPaymentIntentDataTransferData, ProductData,
};
use stripe_connect::account::{
    CreateAccount, CreateAccountCapabilities, CreateAccountCapabilitiesCardPayments,
    CreateAccountCapabilitiesTransfers, CreateAccountType,
};
use stripe_core::payment_intent::{CreatePaymentIntent, CreatePaymentIntentTransferData};
use stripe_core::refund::CreateRefund;
use stripe_shared::{
    CheckoutSessionLocale, CheckoutSessionMode, PaymentIntentAllowedPaymentMethodTypes as FormMeans,
    PaymentIntentCaptureMethod,
};
use stripe_types::{Currency, RangeBoundsTs, RangeQueryTs};
use time::OffsetDateTime;

type Metadata = HashMap<String, String>;

fn metadata<'a>(pairs: impl IntoIterator<Item = (&'a String, &'a String)>) -> Metadata {
    pairs.into_iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn currency(money: domain::money::Money) -> Currency {
    let Ok(currency) = Currency::from_str(&money.currency.code().to_ascii_lowercase());
    currency
}

/// The fee that the platform keeps; a fee of nothing is not named.
fn fee(split: &Split) -> Result<Option<i64>, ProcessorError> {
    Ok(Some(to_stripe(split.fee)?).filter(|fee| *fee > 0))
}

/// A payment page.
pub(super) fn page(order: &PageOrder) -> Result<CreateCheckoutSession, ProcessorError> {
    let mut product = ProductData::new(&order.title);
    product.description.clone_from(&order.details);
    let mut price = CreateCheckoutSessionLineItemsPriceData::new(currency(order.amount));
    price.unit_amount = Some(to_stripe(order.amount)?);
    price.product_data = Some(product);
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(1);

    let mut payment = CreateCheckoutSessionPaymentIntentData::new();
    payment.metadata = Some(metadata(&order.metadata));
    payment.capture_method = (order.capture == Capture::Later).then_some(PageCapture::Manual);
    if let Some(split) = &order.split {
        payment.application_fee_amount = fee(split)?;
        payment.transfer_data = Some(CreateCheckoutSessionPaymentIntentDataTransferData::new(&split.payee));
    }

    let mut session = CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        // A hold waits for minutes, so only what answers at once: cards, and the wallets on them.
        .allowed_payment_method_types(vec![Means::Card])
        .line_items(vec![line])
        .payment_intent_data(payment)
        .metadata(metadata(&order.metadata))
        .client_reference_id(&order.reference)
        .expires_at(order.expires_at.unix_timestamp())
        .success_url(&order.success_url)
        .cancel_url(&order.cancel_url)
        .locale(locale(&order.language));
    if let Some(email) = &order.email {
        session = session.customer_email(email);
    }
    Ok(session)
}

/// The language of the page; the browser's where Stripe does not have ours.
fn locale(language: &str) -> CheckoutSessionLocale {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match CheckoutSessionLocale::from_str(&primary) {
        Ok(CheckoutSessionLocale::Unknown(_)) | Err(_) => CheckoutSessionLocale::Auto,
        Ok(locale) => locale,
    }
}

/// A payment for a form of somebody else's.
pub(super) fn intent(order: &FormOrder) -> Result<CreatePaymentIntent, ProcessorError> {
    let mut intent = CreatePaymentIntent::new(to_stripe(order.amount)?, currency(order.amount))
        // As on pages: else Stripe offers whatever the dashboard has switched on, debits that take days among it.
        .allowed_payment_method_types(vec![FormMeans::Card])
        .metadata(metadata(&order.metadata));
    if order.capture == Capture::Later {
        intent = intent.capture_method(PaymentIntentCaptureMethod::Manual);
    }
    if let Some(split) = &order.split {
        intent = intent.transfer_data(CreatePaymentIntentTransferData::new(&split.payee));
        if let Some(fee) = fee(split)? {
            intent = intent.application_fee_amount(fee);
        }
    }
    Ok(intent)
}

/// Money to be given back.
pub(super) fn refund(order: &RefundOrder) -> Result<CreateRefund, ProcessorError> {
    let mut refund = CreateRefund::new()
        .payment_intent(&order.payment)
        .amount(to_stripe(order.amount)?)
        .metadata(metadata(&order.metadata));
    // Stripe refuses them on payments that have nothing to reverse, even as `false`.
    if order.from_payee {
        refund = refund.reverse_transfer(true);
    }
    if order.return_fee {
        refund = refund.refund_application_fee(true);
    }
    Ok(refund)
}

/// An account that Stripe's own pages set up.
pub(super) fn account(order: &PayeeOrder) -> CreateAccount {
    let mut capabilities = CreateAccountCapabilities::new();
    let (mut cards, mut transfers) =
        (CreateAccountCapabilitiesCardPayments::new(), CreateAccountCapabilitiesTransfers::new());
    cards.requested = Some(true);
    transfers.requested = Some(true);
    capabilities.card_payments = Some(cards);
    capabilities.transfers = Some(transfers);
    let account = CreateAccount::new()
        .type_(CreateAccountType::Express)
        .country(&order.country)
        .capabilities(capabilities)
        .metadata(metadata(&order.metadata));
    match &order.email {
        Some(email) => account.email(email),
        None => account,
    }
}

/// From then on.
pub(super) fn since(at: OffsetDateTime) -> RangeQueryTs {
    RangeQueryTs::Bounds(RangeBoundsTs { gte: Some(at.unix_timestamp()), ..RangeBoundsTs::default() })
}
