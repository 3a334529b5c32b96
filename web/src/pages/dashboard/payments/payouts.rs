//! What went to the provider's bank, and how far each of it is.

use super::rows::{AT_ONCE, Rows, rows};
use super::with_sums::with_sums;
use crate::components::{Column, Columns, Empty, Icon, skeleton_rows};
use crate::format::{money, plain, wall};
use crate::later::{later, show};
use crate::messages::desk_money;
use crate::pages::dashboard::frame::Own;
use contract::ledger::Balance;
use contract::page::{Page, PageQuery};
use contract::payouts::{Payout, PayoutState};
use leptos::prelude::*;

later!(payouts_later: payouts_part(Own) = draw);

/// All of it.
pub fn payouts(own: Own) -> AnyView {
    show(payouts_part, own, || skeleton_rows(4))
}

fn query_of(cursor: Option<String>) -> PageQuery {
    PageQuery { cursor, limit: Some(AT_ONCE) }
}

fn draw(own: Own) -> AnyView {
    let (api, id) = (own.api, own.provider.id);
    let (both, grown) =
        with_sums(move || api.balance(id, None), move |cursor| api.payouts(id, query_of(cursor)));
    let ready = move |(sums, page): (Vec<Balance>, Page<Payout>)| {
        let text = desk_money();
        if page.items.is_empty() {
            return view! { <Empty title=text.payouts_none text=text.payouts_none_text /> }.into_any();
        }
        let came_back = page.items.iter().any(|it| it.state == PayoutState::Failed);
        view! {
            {came_back.then(|| view! { <p class="notice bad">{text.payout_came_back}</p> })}
            {sums.iter().map(sums_of).collect_view()}
            {rows_of(&own, page, grown)}
        }
        .into_any()
    };
    view! { <section class="stack" aria-label=desk_money().payouts>{both.view(|| skeleton_rows(4), ready)}</section> }
        .into_any()
}

/// What went there in all, and what is still to go.
fn sums_of(sums: &Balance) -> AnyView {
    let text = desk_money();
    let fact = |name: &'static str, minor: i64| view! { <div><dt>{name}</dt><dd>{money(minor, &sums.currency)}</dd></div> };
    view! {
        <dl class="month-sums">
            {fact(text.payouts_all, sums.paid_out_minor)}
            {fact(text.payouts_left, sums.balance_minor)}
        </dl>
    }
    .into_any()
}

fn rows_of(own: &Own, first: Page<Payout>, grown: Callback<Page<Payout>>) -> AnyView {
    let text = desk_money();
    let (api, id, zone) = (own.api, own.provider.id, own.provider.time_zone.clone());
    let columns = Columns::new(vec![
        Column::new("made", text.payout_made),
        Column::new("state", text.payout_state),
        Column::new("arrives", text.payout_arrives),
        Column::new("amount", text.amount).numeric(),
    ]);
    let table = Rows { caption: text.payouts, columns, first, id: |it: &Payout| it.id, grown };
    rows(table, move |it| cells(&zone, it), move |cursor| api.payouts(id, query_of(cursor)))
}

fn cells(zone: &str, it: &Payout) -> Vec<AnyView> {
    let (class, sign) = match it.state {
        PayoutState::UnderWay => ("badge pending", Icon::Clock),
        PayoutState::Paid => ("badge confirmed", Icon::Check),
        PayoutState::Failed => ("badge no-show", Icon::Alert),
        PayoutState::Canceled => ("badge completed", Icon::Cross),
    };
    let arrives = match it.state {
        PayoutState::UnderWay | PayoutState::Paid => plain(wall(it.arrives_at, zone).date()),
        PayoutState::Failed | PayoutState::Canceled => "–".to_owned(),
    };
    vec![
        plain(wall(it.created_at, zone).date()).into_any(),
        view! { <span class=class>{sign.draw()}{(desk_money().payout)(it.state)}</span> }.into_any(),
        arrives.into_any(),
        view! { <b>{money(it.amount_minor, &it.currency)}</b> }.into_any(),
    ]
}
