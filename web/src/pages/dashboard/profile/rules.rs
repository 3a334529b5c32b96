//! The address of a page and what holds for all its bookings, as the form has it.

use super::fields::{ProfileFields, trimmed};
use crate::changes::{Rival, follow_all, in_words};
use crate::messages::{page_form, t};
use contract::providers::{PatchProvider, Provider};
use leptos::prelude::*;

const EXPIRY: &str = "/request_expiry_minutes";

/// What the form holds besides who and where.
#[derive(Clone, Copy)]
pub struct Rules {
    pub slug: RwSignal<String>,
    pub day_limit: RwSignal<String>,
    pub week_limit: RwSignal<String>,
    pub expiry: RwSignal<String>,
    pub tax_number: RwSignal<String>,
}

impl Rules {
    /// As they are stored.
    pub fn of(provider: &Provider) -> Self {
        let number =
            |value: Option<u32>| RwSignal::new(value.map(|value| value.to_string()).unwrap_or_default());
        Self {
            slug: RwSignal::new(provider.slug.clone()),
            day_limit: number(provider.day_limit),
            week_limit: number(provider.week_limit),
            expiry: RwSignal::new(provider.request_expiry_minutes.to_string()),
            tax_number: RwSignal::new(provider.tax_number.clone()),
        }
    }

    fn all(self) -> [RwSignal<String>; 5] {
        [self.slug, self.day_limit, self.week_limit, self.expiry, self.tax_number]
    }

    /// All of it as one line, to see whether something was changed.
    pub fn written(self) -> String {
        self.all().map(|field| field.get()).join("\u{0}")
    }

    /// Takes over what was changed elsewhere since `seen`, except where it was changed here as well.
    pub fn follow(self, seen: Self, now: Self) -> Vec<Rival> {
        let pointers = ["/slug", "/day_limit", "/week_limit", EXPIRY, "/tax_number"];
        let rivals = follow_all(pointers, self.all(), seen.all(), now.all());
        in_words(rivals, EXPIRY, |minutes| minutes.parse().map(expiry).unwrap_or_default())
    }

    /// A change of everything, together with who and where.
    pub fn patch(self, fields: ProfileFields) -> PatchProvider {
        let number = |field: RwSignal<String>| trimmed(field).parse().ok();
        PatchProvider {
            slug: Some(trimmed(self.slug)),
            day_limit: Some(number(self.day_limit)),
            week_limit: Some(number(self.week_limit)),
            request_expiry_minutes: number(self.expiry),
            tax_number: Some(trimmed(self.tax_number)),
            ..fields.patch()
        }
    }
}

/// How long a request waits, in words.
pub fn expiry(minutes: u32) -> String {
    if minutes.is_multiple_of(60) {
        (page_form().expiry_hours)(minutes / 60)
    } else {
        (t().common.duration)(minutes)
    }
}
