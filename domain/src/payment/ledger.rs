//! The book of all money: what each event moves between accounts. Every event sums to zero.
//!
//! A positive amount is what the account receives. The book is the platform's: what is at Stripe, what of it belongs to
//! providers and what to the platform.

/// An account of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Account {
    /// What clients gave: charges out of it, refunds into it.
    Clients,
    /// What lies with the payment processor for a provider.
    ProviderBalance,
    /// What the provider has been paid out to a bank.
    ProviderBank,
    /// What the platform keeps of charges.
    PlatformFees,
    /// What the payment processor keeps.
    ProcessorFees,
    /// What is held back while a bank disputes a charge.
    Disputes,
}

/// Something that moved money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// A client's payment has arrived; `fee_minor` of it is the platform's.
    Charge {
        /// What the client paid.
        amount_minor: i64,
        /// The platform's share of it.
        fee_minor: i64,
    },
    /// The processor took its price for a charge.
    ProcessorFee {
        /// What it took.
        amount_minor: i64,
        /// Whether out of the platform's share, as where the provider has an account of its own.
        from_platform: bool,
    },
    /// Money goes back to a client; `fee_minor` of it out of the platform's share.
    Refund {
        /// What goes back.
        amount_minor: i64,
        /// What the platform gives up.
        fee_minor: i64,
    },
    /// A refund failed or was called off: the money is back.
    RefundReturned {
        /// What came back.
        amount_minor: i64,
        /// What the platform had given up.
        fee_minor: i64,
    },
    /// A bank disputes a charge and took the money.
    DisputeOpened {
        /// What it took.
        amount_minor: i64,
        /// Whether out of the platform's money, as where the provider has an account of its own: the platform is who the
        /// client paid.
        from_platform: bool,
    },
    /// The dispute was won: the money is back.
    DisputeWon {
        /// What came back.
        amount_minor: i64,
        /// Whether it is the platform's money that it had taken.
        to_platform: bool,
    },
    /// The dispute was lost: the client keeps the money.
    DisputeLost {
        /// What is gone.
        amount_minor: i64,
    },
    /// The provider's money went to a bank.
    Payout {
        /// What was paid out.
        amount_minor: i64,
    },
    /// A payout failed: the money is back.
    PayoutReturned {
        /// What came back.
        amount_minor: i64,
    },
}

/// One line of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Whose line it is.
    pub account: Account,
    /// What the account receives, in minor units; never zero.
    pub minor: i64,
}

impl Account {
    /// The word for it in the database and in exports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::ProviderBalance => "provider_balance",
            Self::ProviderBank => "provider_bank",
            Self::PlatformFees => "platform_fees",
            Self::ProcessorFees => "processor_fees",
            Self::Disputes => "disputes",
        }
    }
}

impl Movement {
    /// The word for it in the database and in exports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Charge { .. } => "charge",
            Self::ProcessorFee { .. } => "processor_fee",
            Self::Refund { .. } => "refund",
            Self::RefundReturned { .. } => "refund_returned",
            Self::DisputeOpened { .. } => "dispute_opened",
            Self::DisputeWon { .. } => "dispute_won",
            Self::DisputeLost { .. } => "dispute_lost",
            Self::Payout { .. } => "payout",
            Self::PayoutReturned { .. } => "payout_returned",
        }
    }

    /// Its lines: those that would be zero are left out, the others sum to zero.
    pub fn postings(self) -> Vec<Posting> {
        use Account::{Clients, Disputes, PlatformFees, ProcessorFees, ProviderBalance, ProviderBank};
        let moved = |from, to, minor: i64| [(from, -minor), (to, minor)];
        let payer = |is_platform| if is_platform { PlatformFees } else { ProviderBalance };
        // What a payment is: the client's, the provider's part, the platform's part.
        let payment = |amount: i64, fee: i64| {
            vec![(Clients, -amount), (ProviderBalance, amount - fee), (PlatformFees, fee)]
        };
        let lines = match self {
            Self::Charge { amount_minor, fee_minor } | Self::RefundReturned { amount_minor, fee_minor } => {
                payment(amount_minor, fee_minor)
            }
            Self::Refund { amount_minor, fee_minor } => payment(-amount_minor, -fee_minor),
            Self::ProcessorFee { amount_minor, from_platform } => {
                moved(payer(from_platform), ProcessorFees, amount_minor).to_vec()
            }
            Self::DisputeOpened { amount_minor, from_platform } => {
                moved(payer(from_platform), Disputes, amount_minor).to_vec()
            }
            Self::DisputeWon { amount_minor, to_platform } => {
                moved(Disputes, payer(to_platform), amount_minor).to_vec()
            }
            Self::DisputeLost { amount_minor } => moved(Disputes, Clients, amount_minor).to_vec(),
            Self::Payout { amount_minor } => moved(ProviderBalance, ProviderBank, amount_minor).to_vec(),
            Self::PayoutReturned { amount_minor } => {
                moved(ProviderBank, ProviderBalance, amount_minor).to_vec()
            }
        };
        let posting = |(account, minor)| Posting { account, minor };
        lines.into_iter().filter(|&(_, minor)| minor != 0).map(posting).collect()
    }
}
