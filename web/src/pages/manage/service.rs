//! Another service for a booking that is moved: the choice, and what it would cost before anything changes.

use super::actions::Side;
use crate::api::{Api, ApiError, BookingKey};
use crate::components::{Select, failure, skeleton_lines};
use crate::format::{Named, money};
use crate::messages::{change_words, t};
use crate::pages::provider::price_of;
use crate::remote::{Load, Remote};
use contract::bookings::Booking;
use contract::payments::ServiceChangeQuote;
use contract::problem::Code;
use contract::services::{Service, ServiceStatus, Services};
use leptos::prelude::*;
use uuid::Uuid;

/// Which service is wanted, and what that would mean.
#[derive(Clone, Copy)]
pub struct Wish {
    booking: StoredValue<Booking>,
    side: Side,
    chosen: RwSignal<String>,
    services: Remote<Services>,
    /// What which other service would cost; nothing for the one that was booked.
    quote: Remote<Option<(Uuid, ServiceChangeQuote)>>,
}

impl Wish {
    /// The service that was booked.
    pub fn of(booking: &Booking, key: &BookingKey, side: Side) -> Self {
        let (id, own) = (booking.id, booking.service.id);
        let chosen = RwSignal::new(own.to_string());
        let services = {
            let (key, provider) = (key.clone(), booking.provider.id.to_string());
            Remote::new(move || {
                let api = if let BookingKey::Session(api) = key { Some(api) } else { None };
                Api.services_of(api, &provider)
            })
        };
        let quote = {
            let key = key.clone();
            Remote::new(move || {
                let (key, wanted) = (key.clone(), chosen.with(|id| id.parse::<Uuid>().ok()));
                async move {
                    match wanted.filter(|wanted| *wanted != own) {
                        None => Ok(None),
                        Some(service) => {
                            let quote = key.service_change_quote(id, service).await?;
                            Ok(Some((service, quote)))
                        }
                    }
                }
            })
        };
        Self { booking: StoredValue::new(booking.clone()), side, chosen, services, quote }
    }

    /// The other service that is wanted, reactively.
    pub fn service(self) -> Option<Service> {
        let chosen = self.chosen.get();
        self.others().into_iter().find(|service| service.id.to_string() == chosen)
    }

    /// Whether times may be chosen, reactively: what another service costs has to be said before, and it may not be possible.
    pub fn is_settled(self) -> bool {
        self.service().is_none_or(|service| self.quote_of(&service).is_some())
    }

    fn quote_of(self, service: &Service) -> Option<ServiceChangeQuote> {
        let (of, quote) = self.quote.value().flatten()?;
        (of == service.id).then_some(quote)
    }

    /// The choice, where there is one, and what would come of it.
    pub fn draw(self) -> AnyView {
        let words = change_words();
        let options = Signal::derive(move || {
            let own = self.booking.with_value(|booking| Named {
                code: booking.service.id.to_string(),
                name: (words.present)(&booking.service.name),
            });
            let named = |service: Service| {
                let length = (t().common.duration)(service.duration_minutes);
                let price = price_of(service.price_minor, &service.currency);
                Named {
                    code: service.id.to_string(), name: format!("{} · {length} · {price}", service.name)
                }
            };
            std::iter::once(own).chain(self.others().into_iter().map(named)).collect::<Vec<_>>()
        });
        let offered = Memo::new(move |_| options.with(|options| options.len() > 1));
        (move || {
            offered.get().then(|| {
                view! {
                    <div class="mover-service">
                        <Select id="move-service" label=words.service value=self.chosen options=options />
                        <div role="status">{move || self.said()}</div>
                    </div>
                }
            })
        })
        .into_any()
    }

    /// What is offered beside the service that was booked.
    fn others(self) -> Vec<Service> {
        let own = self.booking.with_value(|booking| booking.service.id);
        let all = self.services.value().map(|all| all.items).unwrap_or_default();
        all.into_iter().filter(|it| it.status == ServiceStatus::Active && it.id != own).collect()
    }

    fn said(self) -> Option<AnyView> {
        self.service()?;
        Some(match self.quote.get() {
            Load::Failed(error) if error.problem().is_some_and(|problem| problem.status < 500) => {
                view! { <p class="notice bad">{self.refusal(&error)}</p> }.into_any()
            }
            Load::Failed(error) => failure(error, Some(Callback::new(move |()| self.quote.retry()))),
            _ => self.told().unwrap_or_else(|| skeleton_lines(2)),
        })
    }

    /// What the other service costs, what goes back and what is left to pay.
    pub fn told(self) -> Option<AnyView> {
        let quote = self.quote_of(&self.service()?)?;
        let words = change_words();
        let amount = |minor: i64| money(minor, &quote.currency);
        let own = self.side == Side::Client;
        let (before, has_mail) =
            self.booking.with_value(|booking| (booking.price_minor, booking.client.email.is_some()));
        let some = |minor: i64| Some(minor).filter(|minor| *minor > 0).map(amount);
        let price = match quote.price_minor == before {
            true => (words.same)(&amount(before)),
            false => (words.price)(&amount(quote.price_minor), &amount(before)),
        };
        let back = if own { words.back } else { words.back_theirs };
        let sentences = [
            Some(price),
            some(quote.discount_minor).map(|minor| (words.coupon)(&minor)),
            some(quote.refund_minor).map(|minor| back(&minor)),
            some(quote.rest_minor).map(|minor| (words.rest)(&minor, quote.rest_online_minor > 0)),
            (!own && has_mail).then(|| words.told.to_owned()),
        ];
        let sentences: Vec<String> = sentences.into_iter().flatten().collect();
        Some(view! { <p class="notice quote">{sentences.join(" ")}</p> }.into_any())
    }

    fn refusal(self, error: &ApiError) -> String {
        let words = change_words();
        let problem = error.problem();
        if problem.is_some_and(|problem| problem.code == Code::InvalidTransition) {
            return words.under_way.to_owned();
        }
        let fault = problem.and_then(|problem| problem.errors.first());
        let why = fault.and_then(|fault| (words.why)(&fault.code, self.side == Side::Client));
        why.map_or_else(|| error.sentence(), str::to_owned)
    }
}
