//! One provider in the list.

use crate::categories;
use crate::components::{Avatar, Bone, Icon};
use crate::format::{DOT, around, day_short, differ, iso, money, time, utc, wall, zone_label};
use crate::messages::{home_words, t};
use crate::nav::address;
use crate::pages::provider::price_of;
use contract::providers::ProviderCard;
use contract::slots::Slot;
use leptos::prelude::*;

/// A provider with the next times, each of which can be booked at once.
pub fn provider_card(card: ProviderCard, zone: &str) -> AnyView {
    let text = home_words();
    let page = format!("/p/{}", card.slug);
    // The times are of one service and come with its own price: then only a lower one of another service is news.
    let lowest = card.price_from_minor.filter(|minor| *minor > 0);
    let beside = card.next_service_price_minor.filter(|_| !card.next_slots.is_empty());
    let price = lowest.filter(|minor| beside.is_none_or(|own| *minor < own));
    let price = price.map(|minor| (text.from_price)(&money(minor, &card.currency)));
    let (category, city) = (card.category.clone(), card.city.clone());
    // Elsewhere, clocks show another hour than where the card leads to.
    let start = card.next_slots.first().map(|slot| slot.start_at);
    let clock = start.filter(|start| differ(zone, &card.time_zone, *start));
    let clock = clock.map(|start| format!("{} {}", t().booking.times_in, zone_label(zone, start)));
    let facts = move || {
        let city = Some(city.clone()).filter(|city| !city.is_empty());
        let facts = [Some(categories::name(&category)), city, price.clone(), clock.clone()];
        facts.into_iter().flatten().collect::<Vec<_>>().join(DOT)
    };
    let times = match (card.next_service_id, card.next_slots.is_empty()) {
        (Some(service), false) => {
            let service = format!("{page}/{service}");
            let what = card.next_service_name.clone().unwrap_or_default();
            let costs = card.next_service_price_minor.map(|minor| price_of(minor, &card.currency));
            let slots = card
                .next_slots
                .iter()
                .take(3)
                .map(|slot| next_time(&card.name, &service, slot, zone))
                .collect_view();
            view! {
                <p class="next-of"><span>{what}</span>{costs}</p>
                <ul class="next-times" aria-label=(text.next_times)(&card.name)>
                    {slots}
                    <li><a class="all-times" href=service>{t().booking.all_times}{Icon::Right.draw()}</a></li>
                </ul>
            }
            .into_any()
        }
        _ => view! { <p class="next-times none">{text.no_times}</p> }.into_any(),
    };
    view! {
        <li class="card provider-card">
            <Avatar url=card.portrait_url />
            <div class="who">
                <h3><a href=page>{card.name}</a></h3>
                <p>{card.headline}</p>
                <p class="facts">{facts}</p>
            </div>
            <div class="next">{times}</div>
        </li>
    }
    .into_any()
}

/// A time that leads straight to the details.
fn next_time(name: &str, service: &str, slot: &Slot, zone: &str) -> AnyView {
    let date = wall(slot.start_at, zone).date();
    let (day, hour) = (day_short(date, zone), time(slot.start_at, zone));
    let href = address(service, &[("date", &iso(date)), ("start", &utc(slot.start_at))]);
    let label = (home_words().book_at)(name, &around(slot.start_at, zone));
    view! { <li><a class="time" href=href aria-label=label><small>{day}</small>" "{hour}</a></li> }.into_any()
}

/// Cards in the shape of what comes.
pub fn skeleton() -> AnyView {
    let card = || {
        view! {
            <li class="card provider-card">
                <Bone class="square" />
                <div class="who"><Bone class="title" /><Bone class="long" /><Bone class="short" /></div>
                <div class="next">
                    <p class="next-of"><Bone class="short" /></p>
                    <div class="next-times"><Bone class="time" /><Bone class="time" /><Bone class="time" /></div>
                </div>
            </li>
        }
    };
    view! {
        <div role="status" aria-label=t().common.loading>
            <ul class="cards skeleton">{(0..4).map(|_| card()).collect_view()}</ul>
        </div>
    }
    .into_any()
}
