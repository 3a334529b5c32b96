//! A provider's money: its account at the payment processor, its book, and what it gives back.

use super::ask::Ask;
use super::authorized::AuthorizedApi;
use super::call::Call;
use super::error::ApiError;
use contract::bookings::Booking;
use contract::ledger::{BalanceQuery, Balances, Transaction, TransactionQuery};
use contract::page::{Page, PageQuery};
use contract::payments::GiveRefund;
use contract::payouts::{OnboardingLink, PaymentSetup, Payout, StartOnboarding};
use uuid::Uuid;

impl AuthorizedApi {
    /// Whether the provider can take payments.
    pub fn payment_setup(self, provider: Uuid) -> Ask<PaymentSetup> {
        Ask::own(self, Call::get(format!("/providers/{provider}/payments")))
    }

    /// The same after a look at the payment processor's.
    pub async fn look_at_payments(self, provider: Uuid) -> Result<PaymentSetup, ApiError> {
        self.send(Call::post(format!("/providers/{provider}/payments/refresh"))).await?.read()
    }

    /// Where the provider sets up its account.
    pub async fn onboarding(self, provider: Uuid) -> Result<OnboardingLink, ApiError> {
        let call = Call::post(format!("/providers/{provider}/payments/onboarding"));
        self.send(call.json(&StartOnboarding::default())).await?.read()
    }

    /// The sums of a month, or of all time.
    pub fn balance(self, provider: Uuid, month: Option<String>) -> Ask<Balances> {
        let call = Call::get(format!("/providers/{provider}/balance"));
        Ask::own(self, call.query(&BalanceQuery { month }))
    }

    /// What went to the provider's bank, the newest first.
    pub fn payouts(self, provider: Uuid, query: PageQuery) -> Ask<Page<Payout>> {
        Ask::own(self, Call::get(format!("/providers/{provider}/payouts")).query(&query))
    }

    /// What moved money, the newest first.
    pub fn transactions(self, provider: Uuid, query: TransactionQuery) -> Ask<Page<Transaction>> {
        Ask::own(self, Call::get(format!("/providers/{provider}/transactions")).query(&query))
    }

    /// The same for a month, as the text of a file.
    pub async fn transactions_csv(self, provider: Uuid, month: String) -> Result<String, ApiError> {
        self.send(Call::get(format!("/providers/{provider}/transactions.csv?month={month}"))).await?.ok()
    }

    /// Gives money of a booking back. The key makes a second try safe.
    pub async fn give_refund(
        self,
        booking: Uuid,
        version: i32,
        key: String,
        body: GiveRefund,
    ) -> Result<Booking, ApiError> {
        let call = Call::post(format!("/bookings/{booking}/refunds")).header("Idempotency-Key", key);
        self.send(call.if_match(version).json(&body)).await?.read()
    }
}
