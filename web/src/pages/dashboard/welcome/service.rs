//! What can be booked: suggestions of the trade, one tap each.

use super::Progress;
use super::rows::{RowFields, Rows};
use super::steps::Step;
use super::templates::{numbers, price_in};
use crate::api::ApiError;
use crate::browser;
use crate::components::{Button, FormMessage, Heading, Icon, Kind};
use crate::form::Form;
use crate::messages::{t, welcome};
use crate::nav::Go;
use crate::pages::dashboard::frame::Own;
use crate::pages::provider::price_of;
use crate::remote::Remote;
use leptos::prelude::*;

/// The services to begin with.
#[component]
pub fn Offer(own: Own, known: Progress, progress: Remote<Progress>) -> impl IntoView {
    let text = welcome();
    let (form, go) = (Form::new(), Go::here());
    let (api, id) = (own.api, own.provider.id);
    let rows = Rows::recall(id);
    let currency = StoredValue::new(own.provider.currency.clone());
    let category = own.provider.category.clone();
    let next = Step::Hours.path(id);
    let nothing = RwSignal::new(false);
    let has_some = !known.services.is_empty();

    let suggestions = (text.offers)(&category).into_iter().zip(numbers(&category)).enumerate();
    let suggestions = suggestions.map(|(number, (name, (minutes, euros)))| {
        let picked = move || {
            rows.list.with(|list| list.iter().find(|row| row.template == Some(number)).map(|row| row.key))
        };
        let press = move |_| {
            nothing.set(false);
            match untrack(picked) {
                Some(key) => rows.remove(key),
                None => {
                    let price = currency.with_value(|currency| price_in(currency, euros));
                    let price = price.map(|price| price.to_string()).unwrap_or_default();
                    rows.add(Some(number), name.to_owned(), minutes.to_string(), price);
                }
            }
        };
        let sign = move || if picked().is_some() { Icon::Check.draw() } else { Icon::Plus.draw() };
        view! {
            <button type="button" class="chip suggestion" aria-pressed=move || picked().is_some().to_string() on:click=press>
                {sign}<span>{name}</span><span class="muted">{(t().common.duration)(minutes)}</span>
            </button>
        }
    });
    let own_idea = move |_| {
        nothing.set(false);
        let key = rows.add(None, String::new(), "60".to_owned(), String::new());
        browser::focus_soon(format!("service-{key}-name"));
    };
    let submit = {
        let next = next.clone();
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let list = rows.list.get_untracked();
            if list.is_empty() {
                if has_some {
                    go.to(&next);
                } else {
                    nothing.set(true);
                }
                return;
            }
            let read = currency.with_value(|currency| {
                list.iter().map(|row| Some((*row, row.read(currency)?))).collect::<Vec<_>>()
            });
            let Some(bodies) = read.into_iter().collect::<Option<Vec<_>>>() else { return };
            let at = StoredValue::new(None);
            let next = next.clone();
            let all = async move {
                for (row, body) in bodies {
                    at.try_set_value(Some(row));
                    api.create_service(id, row.form.key(), body).await?;
                    rows.remove(row.key);
                }
                Progress::load(api, id).await
            };
            form.send_or(
                all,
                move |known| {
                    progress.set(known);
                    go.to(&next);
                },
                move |error: ApiError| match at.try_get_value().flatten() {
                    Some(row) if error.problem().is_some_and(|problem| !problem.errors.is_empty()) => {
                        row.form.fail(error)
                    }
                    _ => form.fail(error),
                },
            );
        }
    };
    let saved = known.services.into_iter().map(|service| {
        let href = format!("/dashboard/{id}/services/{}", service.id);
        let facts = format!(
            "{} · {}",
            (t().common.duration)(service.duration_minutes),
            price_of(service.price_minor, &service.currency)
        );
        view! { <li>{Icon::Check.draw()}<a href=href>{service.name}</a><span class="muted">{facts}</span></li> }
    });
    view! {
        <Heading text=text.service_title />
        <p class="lead">{text.service_lead}</p>
        <form novalidate=true class="form card" on:submit=submit>
            {has_some.then(|| view! { <ul class="offered" aria-label=text.offered>{saved.collect_view()}</ul> })}
            <div role="group" aria-label=text.suggestions class="offer-picks">
                {suggestions.collect_view()}
                <button type="button" class="chip suggestion" on:click=own_idea>{Icon::Plus.draw()}<span>{text.own_service}</span></button>
            </div>
            <ul class="offer-rows">
                <For each=move || rows.list.get() key=|row| row.key let(row)>
                    <RowFields rows=rows row=row currency=currency.get_value() />
                </For>
            </ul>
            <div role="status">{move || nothing.get().then(|| view! { <p class="field-error">{text.none_yet}</p> })}</div>
            <FormMessage form=form />
            <div class="actions">
                <Button kind=Kind::Primary submit=true busy=form.busy()>{text.go_on}</Button>
                <a class="button quiet" href=next>{text.skip}</a>
            </div>
        </form>
    }
    .into_any()
}
