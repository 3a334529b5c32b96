//! A month of the provider's book: its sums, and what moved money.

use super::rows::{AT_ONCE, Rows, rows};
use super::with_sums::with_sums;
use crate::browser;
use crate::components::{Button, Column, Columns, Empty, FormMessage, skeleton_rows};
use crate::form::Form;
use crate::format::{iso, moment, money, month_title, today, wall};
use crate::messages::desk_money;
use crate::nav::{Go, address};
use crate::pages::dashboard::frame::Own;
use crate::pages::query;
use contract::ledger::{Balance, Transaction, TransactionBooking, TransactionKind, TransactionQuery};
use contract::page::Page;
use leptos::prelude::*;
use time::{Date, Month};

/// How many months back can be chosen.
const MONTHS: usize = 24;

/// `2026-11`.
fn code_of(first: Date) -> String {
    iso(first).chars().take(7).collect()
}

/// The first days of the present month and those before it.
fn months(today: Date) -> Vec<Date> {
    let first = today.replace_day(1).unwrap_or(today);
    let before = |date: &Date| date.previous_day().and_then(|day| day.replace_day(1).ok());
    std::iter::successors(Some(first), before).take(MONTHS).collect()
}

fn name_of(code: &str) -> String {
    let (year, month) = code.split_once('-').unwrap_or((code, "1"));
    let month =
        month.parse::<u8>().ok().and_then(|month| Month::try_from(month).ok()).unwrap_or(Month::January);
    month_title(year.parse().unwrap_or_default(), month)
}

/// The month that the address names, or the present one.
#[component]
pub fn Book(own: Own) -> impl IntoView {
    let text = desk_money();
    let (named, go) = (query("month"), Go::here());
    let all = months(today(&own.provider.time_zone));
    let present = all.first().map(|first| code_of(*first)).unwrap_or_default();
    let codes: Vec<String> = all.iter().map(|first| code_of(*first)).collect();
    // An address may name a month that cannot be chosen.
    let month = Memo::new(move |_| {
        named.with(|named| if codes.contains(named) { named.clone() } else { present.clone() })
    });
    let path = format!("/dashboard/{}/payments", own.provider.id);
    let (api, id, form) = (own.api, own.provider.id, Form::new());
    let options = all.into_iter().map(|first| {
        let code = code_of(first);
        let (name, mine) = (name_of(&code), code.clone());
        view! { <option value=code prop:selected=move || month.with(|month| *month == mine)>{name}</option> }
    });
    let save = Callback::new(move |()| {
        let month = month.get_untracked();
        let name = (text.csv_name)(&month);
        form.send(api.transactions_csv(id, month), move |rows| browser::download(&name, "text/csv", &rows));
    });
    view! {
        <section class="book stack" aria-label=text.transactions>
            <div class="month-bar">
                <label class="control select">
                    <select aria-label=text.month on:change=move |event| go.tune(&address(&path, &[("month", &event_target_value(&event))]))>
                        {options.collect_view()}
                    </select>
                </label>
                <Button busy=form.busy() on_press=save>{text.csv}</Button>
            </div>
            <FormMessage form=form />
            {move || view! { <OfMonth own=own.clone() month=month.get() /> }}
        </section>
    }
    .into_any()
}

#[component]
fn OfMonth(own: Own, month: String) -> impl IntoView {
    let (api, id) = (own.api, own.provider.id);
    let asked = StoredValue::new(month);
    let (both, grown) = with_sums(
        move || api.balance(id, Some(asked.get_value())),
        move |cursor| api.transactions(id, query_of(asked.get_value(), cursor)),
    );
    both.view(
        || skeleton_rows(4),
        move |(sums, page)| {
            let mut sums = sums;
            if sums.is_empty() {
                sums.push(nothing(&own.provider.currency));
            }
            let rows = if page.items.is_empty() {
                let title = (desk_money().none_title)(&name_of(&asked.get_value()));
                view! { <Empty title=title text=desk_money().none_text /> }.into_any()
            } else {
                rows_of(&own, asked.get_value(), page, grown)
            };
            view! { {sums.iter().map(sums_of).collect_view()}{rows} }.into_any()
        },
    )
}

fn query_of(month: String, cursor: Option<String>) -> TransactionQuery {
    TransactionQuery { month: Some(month), cursor, limit: Some(AT_ONCE) }
}

fn nothing(currency: &str) -> Balance {
    Balance {
        currency: currency.to_owned(),
        charged_minor: 0,
        refunded_minor: 0,
        fees_minor: 0,
        platform_minor: 0,
        disputed_minor: 0,
        paid_out_minor: 0,
        balance_minor: 0,
    }
}

/// The sums of one currency.
fn sums_of(sums: &Balance) -> AnyView {
    let text = desk_money();
    let rare = |minor: i64| Some(minor).filter(|minor| *minor != 0);
    let all = [
        (text.sum_charged, Some(sums.charged_minor)),
        (text.sum_refunded, Some(-sums.refunded_minor)),
        (text.sum_fees, Some(-sums.fees_minor)),
        (text.sum_platform, rare(sums.platform_minor)),
        (text.sum_disputed, rare(-sums.disputed_minor)),
        (text.sum_paid_out, rare(-sums.paid_out_minor)),
        (text.sum_balance, Some(sums.balance_minor)),
    ];
    let facts = all.into_iter().filter_map(|(name, minor)| {
        let amount = money(minor?, &sums.currency);
        Some(view! { <div><dt>{name}</dt><dd>{amount}</dd></div> })
    });
    view! { <dl class="month-sums">{facts.collect_view()}</dl> }.into_any()
}

fn rows_of(
    own: &Own,
    month: String,
    first: Page<Transaction>,
    grown: Callback<Page<Transaction>>,
) -> AnyView {
    let text = desk_money();
    let (api, id, zone) = (own.api, own.provider.id, own.provider.time_zone.clone());
    let columns = Columns::new(vec![
        Column::new("what", text.what),
        Column::new("when", text.when),
        Column::new("booking", text.booking),
        Column::new("amount", text.amount).numeric(),
        Column::new("fees", text.fees).numeric(),
        Column::new("gained", text.gained).numeric(),
    ]);
    let table = Rows { caption: text.transactions, columns, first, id: |it: &Transaction| it.id, grown };
    let next = move |cursor| api.transactions(id, query_of(month.clone(), cursor));
    rows(table, move |it| cells(id, &zone, it), next)
}

/// Why a refund took nothing from the provider's balance, or brought nothing back to it.
fn note(it: &Transaction) -> Option<&'static str> {
    match it.kind {
        TransactionKind::Refund if it.platform_minor > 0 && it.balance_minor >= 0 => {
            Some(desk_money().platform_gave)
        }
        TransactionKind::RefundReturned if it.platform_minor < 0 && it.balance_minor <= 0 => {
            Some(desk_money().platform_keeps)
        }
        _ => None,
    }
}

fn cells(provider: uuid::Uuid, zone: &str, it: &Transaction) -> Vec<AnyView> {
    let say = |minor: i64| if minor == 0 { "–".to_owned() } else { money(minor, &it.currency) };
    let booking = it.booking.as_ref().map(|TransactionBooking { id, service_name, client_name, start_at }| {
        let (date, id) = (iso(wall(*start_at, zone).date()), id.to_string());
        let href = address(&format!("/dashboard/{provider}"), &[("date", &date), ("booking", &id)]);
        view! { <a href=href>{client_name.clone()}</a><br/><span class="muted">{service_name.clone()}</span> }
    });
    let note = note(it).map(|words| view! { <small class="muted why">{words}</small> });
    vec![
        view! { {(desk_money().transaction)(it.kind)}{note} }.into_any(),
        moment(it.at, zone).into_any(),
        booking.map_or_else(|| "–".into_any(), IntoAny::into_any),
        say(it.amount_minor).into_any(),
        say(-it.fee_minor).into_any(),
        view! { <b>{say(it.balance_minor)}</b> }.into_any(),
    ]
}
