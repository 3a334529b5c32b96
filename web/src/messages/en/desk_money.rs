use super::count;
use crate::messages::desk_money::{CouponState, DeskMoney};
use contract::ledger::TransactionKind;
use contract::payments::{PaymentMode, PolicyKind};
use contract::payouts::PayoutState;

pub static DESK_MONEY: DeskMoney = DeskMoney {
    how_paid: "How it is paid",
    mode: "When clients pay",
    mode_name: |mode| match mode {
        PaymentMode::OnSite => "On site, nothing when booking",
        PaymentMode::Deposit => "A deposit when booking, rest on site",
        PaymentMode::Full => "All of it when booking",
    },
    deposit: "Deposit",
    deposit_hint: "For a group, an amount is for each seat.",
    percent: "percent",
    vat: "VAT rate",
    vat_hint: "The price includes it. Leave empty to show none.",
    not_a_rate: "Please give a percentage from 0 to 100, like 19 or 8.1.",
    not_a_percentage: "Please give a whole percentage from 1 to 99.",
    pays_on_site: |price| format!("Clients pay {price} on site."),
    pays_deposit: |now, later| format!("Clients pay {now} when booking and {later} on site."),
    pays_full: |price| format!("Clients pay {price} when booking and nothing on site."),
    pays_vat: |vat, rate| format!("{vat} of the price is VAT ({rate} %)."),
    pays_on_approval: "Their card is charged when you confirm. If you decline, nothing is taken.",
    set_up: "Set up payments",
    row_deposit: |amount| format!("{amount} deposit"),
    row_full: "Paid when booking",
    title: "Payments",
    parts: "What to see",
    policy: "Cancellation",
    coupons: "Coupons",
    policy_title: "Cancellation policy",
    policy_text: "What clients get back of what they paid when they cancel. If you cancel or decline, they always get everything back.",
    policy_note: "Bookings keep the policy they were made under.",
    policy_which: "Policy",
    kind: |kind| match kind {
        PolicyKind::Flexible => "Flexible",
        PolicyKind::Moderate => "Moderate",
        PolicyKind::Strict => "Strict",
        PolicyKind::Custom => "Your own",
    },
    custom_text: "One to six steps, as you like them",
    step_line,
    later_nothing: "Later: nothing back",
    steps: "Your steps",
    step: |number| format!("Step {number}"),
    step_before: "At least this long before",
    step_unit: "Unit",
    step_back: "Comes back",
    step_add: "Add a step",
    step_remove: |number| format!("Remove step {number}"),
    hours: "hours",
    days: "days",
    wrong_order: "Each step is nearer to the start than the one before.",
    wrong_rise: "A later cancellation never brings more back.",
    wrong_length: "At most a year: 365 days or 8760 hours.",
    wrong_percent: "Please give a whole percentage from 0 to 100.",
    no_show: "Refund when the client does not come",
    no_show_hint: "How much of the payment goes back to clients who do not come. Usually 0.",
    example: "For example",
    example_booking: "A booking",
    example_paid: |what, when, paid| format!("{what}, {when}. {paid} was paid when booking."),
    example_until: |when| format!("Cancelled until {when}"),
    example_later: "Cancelled later",
    example_never: "Does not come",
    back: |amount| format!("{amount} back"),
    nothing_back: "nothing back",
    coupons_text: "A code that clients type when booking. It lowers the price.",
    coupon_new: "New coupon",
    coupons_none: "No coupons yet",
    coupons_none_text: "Thank regulars or win new clients: a code that takes off a percentage or an amount.",
    code: "Code",
    code_hint: "3 to 40 letters, digits and hyphens. Capitals do not matter.",
    wrong_code: "3 to 40 letters from A to Z, digits and hyphens.",
    takes_off: "Takes off",
    unit_of: |field| format!("{field}, unit"),
    from: "First day",
    until: "Last day",
    most: "Uses in all",
    most_each: "Uses by one client",
    least: |currency| format!("Least price in {currency}"),
    least_hint: "Below it the code is no good.",
    no_limit: "Empty: no limit.",
    coupon_create: "Create coupon",
    coupon_created: |code| format!("{code} can be used now."),
    coupon_change: "Change",
    coupon_change_of: |code| format!("Change {code}"),
    coupon_change_text: "Code and discount stay. For others, make another coupon.",
    coupon_archive: "Archive",
    coupon_restore: "Take up again",
    coupon_archived: "It can no longer be used. Bookings keep what it took off.",
    coupon_restored: "It can be used again.",
    coupon_state: |state| match state {
        CouponState::Good => "In use",
        CouponState::Early => "Not yet",
        CouponState::Over => "Over",
        CouponState::UsedUp => "Used up",
        CouponState::Archived => "Archived",
    },
    off: |much| format!("{much} off"),
    fact_from: |day| format!("from {day}"),
    fact_until: |day| format!("until {day}"),
    fact_uses: |used, most| match most {
        Some(most) => format!("used {used} of {most}"),
        None => format!("used {}", count(used, "time", "times")),
    },
    fact_each: |times| {
        format!("{} per client", if times == 1 { "once".to_owned() } else { format!("{times} times") })
    },
    fact_least: |price| format!("for {price} or more"),
    transactions: "Overview",
    payouts: "Payouts",
    payouts_none: "No payouts yet",
    payouts_none_text: "What clients pay goes to your bank by itself, some days later. Each payout stands here.",
    payouts_all: "At your bank or on its way",
    payouts_left: "Still to come",
    payout_made: "Sent",
    payout_state: "State",
    payout_arrives: "At your bank",
    payout: |state| match state {
        PayoutState::UnderWay => "On its way",
        PayoutState::Paid => "Arrived",
        PayoutState::Failed => "Sent back by the bank",
        PayoutState::Canceled => "Called off",
    },
    payout_came_back: "Your bank sent a payout back. Please look at your bank details with the payment processor; the money goes out again after that.",
    set_up_title: "Let clients pay when booking",
    set_up_text: "Set up an account with the payment processor. It takes some minutes; have your identity card and your bank details at hand.",
    set_up_go_on: "Go on with the set-up",
    set_up_look: "Look again",
    almost_title: "Not finished yet",
    almost_text: |missing| match missing {
        0 => "Some details are still missing. Until then clients pay on site.".to_owned(),
        missing => {
            format!("{} missing. Until then clients pay on site.", count(missing, "detail is", "details are"))
        }
    },
    checking_title: "Your details are being checked",
    checking_text: "The payment processor is looking at what you entered; there is nothing to do. Until then clients pay on site.",
    restricted_title: "Payments are paused",
    more_text: |missing| {
        let details = count(missing, "detail is", "details are");
        format!(
            "The payment processor wants to know more: {details} missing. Please add them, so that payments go on."
        )
    },
    ready_title: "Clients can pay when booking",
    ready_text: "Say at each service whether they do. The money goes to your bank by itself.",
    ready_shared: "The money goes to the account of whoever runs this platform; there is nothing to set up. Say at each service whether it is prepaid.",
    no_payout: "Money cannot go to your bank yet: the payment processor wants to know more.",
    off_title: "Clients pay on site",
    off_text: "This platform takes no payments.",
    fee: |rate, returned| {
        let back = if returned {
            "A refund gives it back in proportion."
        } else {
            "A refund does not give it back."
        };
        format!("The platform keeps {rate} % of each prepayment. {back}")
    },
    demo: "This is a demo: no real money moves.",
    used_up: "That link was used up. Go on from here.",
    month: "Month",
    csv: "Download CSV",
    csv_name: |month| format!("payments-{month}.csv"),
    sum_charged: "Paid by clients",
    sum_refunded: "Refunded",
    sum_fees: "Fees",
    sum_disputed: "Disputed",
    sum_paid_out: "To your bank",
    sum_balance: "Balance",
    when: "When",
    what: "What",
    booking: "Booking",
    amount: "Amount",
    fees: "Fees",
    gained: "Balance",
    transaction: |kind| match kind {
        TransactionKind::Charge => "Payment",
        TransactionKind::ProcessorFee => "Card fee",
        TransactionKind::Refund => "Refund",
        TransactionKind::RefundReturned => "Refund returned",
        TransactionKind::DisputeOpened => "Dispute opened",
        TransactionKind::DisputeWon => "Dispute won",
        TransactionKind::DisputeLost => "Dispute lost",
        TransactionKind::Payout => "To your bank",
        TransactionKind::PayoutReturned => "Back from your bank",
    },
    platform_gave: "The platform gave it; nothing was taken from you.",
    platform_keeps: "It did not reach the client. The platform keeps it for them, and the next refund takes nothing more from you.",
    none_title: |month| format!("Nothing in {month}"),
    none_text: "Payments, refunds and payouts stand here once clients pay when booking.",
    refund: "Give money back",
    refund_title: |who| format!("Give {who} money back"),
    refund_amount: |currency| format!("Amount in {currency}"),
    refund_most: |kept| format!("At most {kept}: that is left of what was paid."),
    refund_means: |who, back, left| {
        format!("{who} gets {back} back on the card used to pay. {left} of it stays.")
    },
    refund_all: |who, back| {
        format!("{who} gets {back} back on the card used to pay: everything that is left.")
    },
    refund_reason: "A word with it",
    refund_reason_hint: "The client reads it in the mail about the refund.",
    refund_yes: |amount| format!("Refund {amount}"),
    refund_done: |amount| format!("{amount} is on its way back. The client is told."),
    refund_too_much: |kept| format!("Please give an amount up to {kept}."),
};

fn step_line(hours: u32, percent: u8) -> String {
    let back = if percent == 0 { "nothing back".to_owned() } else { format!("{percent} % back") };
    match hours {
        0 => format!("Any time before the start: {back}"),
        _ if hours.is_multiple_of(24) && hours > 24 => {
            format!("{} or more before: {back}", count(hours / 24, "day", "days"))
        }
        _ => format!("{} or more before: {back}", count(hours, "hour", "hours")),
    }
}
