//! What came in, what of it went back, and what of both is whose.

use super::{CheckFailed, Difference, difference};
use crate::app::{App, Payments};
use domain::money::Money;
use integrations::payments::{Batch, Charge};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

/// A payment may be taken so long after it was begun: an authorisation lapses after a week.
const TAKEN_WITHIN: Duration = Duration::days(8);

/// A charge in a book, in minor units.
struct Sums {
    currency: String,
    captured: i64,
    refunded: i64,
    platform_fee: i64,
    fee_returned: i64,
    /// None while it is not known.
    processor_fee: Option<i64>,
}

pub(super) async fn compare(
    app: &App,
    payments: &Payments,
    since: OffsetDateTime,
) -> Result<Vec<Difference>, CheckFailed> {
    let earlier = since - TAKEN_WITHIN;
    let ours = charges(&mut *app.db.acquire().await?, earlier).await?;
    let mut seen = BTreeMap::new();
    let mut after: Option<String> = None;
    loop {
        let Batch { items, next } = payments.processor.payments(earlier, after.as_deref()).await?;
        for payment in items {
            let Some(charge) = payment.charge.filter(|charge| charge.captured.minor > 0) else { continue };
            seen.insert(charge.id.clone(), (payment.created_at, sums(&charge)));
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let mut found = Vec::new();
    for (id, (begun, theirs)) in &seen {
        match ours.get(id) {
            Some((_, known)) => found.extend(differences(id, theirs, known)),
            // What went back whole is nobody's loss: a payment that we let nobody pay twice.
            None if *begun >= since && theirs.captured != theirs.refunded => {
                let words = format!("{} came in that our book does not know", theirs.captured);
                found.push(difference(id, words));
            }
            None => {}
        }
    }
    for (id, _) in ours.iter().filter(|(id, (at, _))| *at >= since && !seen.contains_key(*id)) {
        found.push(difference(id, "our book has a charge that the processor does not know".to_owned()));
    }
    Ok(found)
}

fn differences(id: &str, theirs: &Sums, ours: &Sums) -> Vec<Difference> {
    if theirs.currency != ours.currency {
        let words = format!("it is in {}, our book says {}", theirs.currency, ours.currency);
        return vec![difference(id, words)];
    }
    let mut found = Vec::new();
    let mut compare = |theirs: i64, ours: i64, what: &str| {
        if theirs != ours {
            found.push(difference(id, format!("{theirs} {what}, our book says {ours}")));
        }
    };
    compare(theirs.captured, ours.captured, "came in");
    compare(theirs.refunded, ours.refunded, "went back");
    compare(theirs.platform_fee, ours.platform_fee, "is the platform's");
    compare(theirs.fee_returned, ours.fee_returned, "of the platform's went back");
    if let Some(fee) = theirs.processor_fee {
        compare(fee, ours.processor_fee.unwrap_or_default(), "is the processor's");
    }
    found
}

fn sums(charge: &Charge) -> Sums {
    let currency = charge.captured.currency;
    let minor = |money: Option<Money>| money.map_or(0, |money| money.minor);
    Sums {
        currency: currency.code().to_owned(),
        captured: charge.captured.minor,
        refunded: charge.refunded.minor,
        platform_fee: minor(charge.platform_fee),
        fee_returned: minor(charge.platform_fee_returned),
        processor_fee: charge.processor_fee.filter(|fee| fee.currency == currency).map(|fee| fee.minor),
    }
}

/// When each charge came in, and what of it is whose, by our book.
async fn charges(
    db: &mut PgConnection,
    since: OffsetDateTime,
) -> Result<BTreeMap<String, (OffsetDateTime, Sums)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select p.charge_id as "charge_id!", min(t.currency::text) as "currency!",
            min(t.at) filter (where t.movement = 'charge') as "at!",
            coalesce(-sum(e.amount_minor) filter (where e.account = 'clients' and t.movement = 'charge'), 0)::bigint as "captured!",
            coalesce(sum(e.amount_minor) filter (where e.account = 'clients'
                and t.movement in ('refund', 'refund_returned')), 0)::bigint as "refunded!",
            coalesce(sum(e.amount_minor) filter (where e.account = 'platform_fees' and t.movement = 'charge'), 0)::bigint
                as "platform_fee!",
            coalesce(-sum(e.amount_minor) filter (where e.account = 'platform_fees' and t.movement = 'refund'), 0)::bigint
                - coalesce((select sum(r.unreversed_minor) from refunds r
                    where r.provider_id = p.provider_id and r.payment_id = p.id and r.refund_id is not null), 0)::bigint
                as "fee_returned!",
            (sum(e.amount_minor) filter (where e.account = 'processor_fees' and t.source not like 'dispute_fee:%'))::bigint
                as processor_fee
        from ledger_transactions t
        join ledger_entries e on e.transaction_id = t.id
        join payments p on p.provider_id = t.provider_id and p.id = t.payment_id
        where p.charge_id is not null
        group by p.charge_id, p.provider_id, p.id
        having min(t.at) filter (where t.movement = 'charge') >= $1
        "#,
        since
    )
    .fetch_all(db)
    .await?;
    let mut charges = BTreeMap::new();
    for row in rows {
        let sums = Sums {
            currency: row.currency,
            captured: row.captured,
            refunded: row.refunded,
            platform_fee: row.platform_fee,
            fee_returned: row.fee_returned,
            processor_fee: row.processor_fee,
        };
        charges.insert(row.charge_id, (row.at, sums));
    }
    Ok(charges)
}
