//! What went to the provider's bank, and how far each of it is.

use crate::api::AuthorizedApi;
use crate::components::{Button, Column, Columns, Empty, FormMessage, Icon, Table, skeleton_rows};
use crate::form::Form;
use crate::format::{money, plain, wall};
use crate::later::{later, show};
use crate::messages::{desk_money, t};
use crate::pages::dashboard::frame::Own;
use crate::remote::Remote;
use contract::ledger::Balance;
use contract::page::{Page, PageQuery};
use contract::payouts::{Payout, PayoutState};
use leptos::prelude::*;
use uuid::Uuid;

/// How many come at once.
const ROWS: u32 = 50;

later!(payouts_later: payouts_part(Own) = draw);

/// All of it.
pub fn payouts(own: Own) -> AnyView {
    show(payouts_part, own, || skeleton_rows(4))
}

fn query_of(cursor: Option<String>) -> PageQuery {
    PageQuery { cursor, limit: Some(ROWS) }
}

fn draw(own: Own) -> AnyView {
    let (api, id) = (own.api, own.provider.id);
    let both = Remote::new(move || async move {
        let (sums, page) = futures::join!(api.balance(id, None), api.payouts(id, query_of(None)));
        Ok((sums?.items, page?))
    });
    let zone = StoredValue::new(own.provider.time_zone);
    let ready = move |(sums, page): (Vec<Balance>, Page<Payout>)| {
        let text = desk_money();
        if page.items.is_empty() {
            return view! { <Empty title=text.payouts_none text=text.payouts_none_text /> }.into_any();
        }
        let came_back = page.items.iter().any(|it| it.state == PayoutState::Failed);
        view! {
            {came_back.then(|| view! { <p class="notice bad">{text.payout_came_back}</p> })}
            {sums.iter().map(sums_of).collect_view()}
            <Rows api=api provider=id zone=zone first=page />
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

#[component]
fn Rows(api: AuthorizedApi, provider: Uuid, zone: StoredValue<String>, first: Page<Payout>) -> impl IntoView {
    let text = desk_money();
    let form = Form::new();
    let (items, cursor) = (RwSignal::new(first.items), RwSignal::new(first.next_cursor));
    let more = Callback::new(move |()| {
        form.send(api.payouts(provider, query_of(cursor.get_untracked())), move |page| {
            items.try_update(|items| items.extend(page.items));
            cursor.try_set(page.next_cursor);
        });
    });
    let columns = Columns::new(vec![
        Column::new("made", text.payout_made),
        Column::new("state", text.payout_state),
        Column::new("arrives", text.payout_arrives),
        Column::new("amount", text.amount).numeric(),
    ]);
    let drawn = columns.clone();
    let row = move |it: Payout| drawn.row(zone.with_value(|zone| cells(zone, &it)));
    view! {
        <Table caption=text.payouts columns=columns>
            <For each=move || items.get() key=|it| it.id let(it)>{row(it)}</For>
        </Table>
        <FormMessage form=form />
        {move || cursor.with(Option::is_some).then(|| view! {
            <p class="more"><Button busy=form.busy() on_press=more>{t().common.load_more}</Button></p>
        })}
    }
    .into_any()
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
