//! Objects of one kind, in the order in which they were made, and Stripe's way of listing them.

use crate::params::Params;
use crate::refused::{Answer, Refused};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An object that Stripe keeps.
pub(crate) trait Object: Serialize + Clone {
    /// What Stripe calls it.
    const NOUN: &'static str;
    fn id(&self) -> &str;
    fn created(&self) -> i64;

    fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Says what identifies an object and when it was made.
macro_rules! object {
    ($type:ty, $noun:literal) => {
        impl crate::shelf::Object for $type {
            const NOUN: &'static str = $noun;
            fn id(&self) -> &str {
                &self.id
            }
            fn created(&self) -> i64 {
                self.created
            }
        }
    };
}
pub(crate) use object;

/// All objects of one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Shelf<T>(Vec<T>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Object> Shelf<T> {
    pub fn add(&mut self, object: T) {
        self.0.push(object);
    }

    pub fn find(&self, id: &str) -> Option<&T> {
        self.0.iter().rev().find(|object| object.id() == id)
    }

    pub fn get(&self, id: &str) -> Result<&T, Refused> {
        self.find(id).ok_or_else(|| Refused::missing(T::NOUN, id))
    }

    pub fn get_mut(&mut self, id: &str) -> Result<&mut T, Refused> {
        self.0.iter_mut().rev().find(|object| object.id() == id).ok_or_else(|| Refused::missing(T::NOUN, id))
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// A page of those that are wanted, newest first.
    pub fn page(&self, url: &str, params: &mut Params, is_wanted: impl Fn(&T) -> bool) -> Answer {
        let limit = params.integer("limit")?.unwrap_or(10);
        if !(1..=100).contains(&limit) {
            return Err(Refused::invalid("limit must be between 1 and 100").param("limit"));
        }
        let after = params.text("starting_after");
        let before = params.text("ending_before");
        let exact = params.integer("created")?;
        let (gte, gt) = (params.integer("created[gte]")?, params.integer("created[gt]")?);
        let (lte, lt) = (params.integer("created[lte]")?, params.integer("created[lt]")?);
        let is_in_time = |made: i64| {
            exact.is_none_or(|at| made == at)
                && gte.is_none_or(|at| made >= at)
                && gt.is_none_or(|at| made > at)
                && lte.is_none_or(|at| made <= at)
                && lt.is_none_or(|at| made < at)
        };
        let newest_first = || self.0.iter().rev();
        let position = |id: &str| {
            newest_first().position(|object| object.id() == id).ok_or_else(|| Refused::missing(T::NOUN, id))
        };
        let wanted = |object: &&T| is_in_time(object.created()) && is_wanted(object);
        let limit = usize::try_from(limit).unwrap_or(10);
        let (rows, has_more): (Vec<&T>, bool) = match (after, before) {
            (_, Some(id)) => {
                let newer: Vec<&T> = newest_first().take(position(&id)?).filter(wanted).collect();
                let skipped = newer.len().saturating_sub(limit);
                (newer[skipped..].to_vec(), skipped > 0)
            }
            (after, None) => {
                let skipped = after.map(|id| position(&id).map(|n| n + 1)).transpose()?.unwrap_or(0);
                let mut rows: Vec<&T> = newest_first().skip(skipped).filter(wanted).take(limit + 1).collect();
                let has_more = rows.len() > limit;
                rows.truncate(limit);
                (rows, has_more)
            }
        };
        let data: Vec<Value> = rows.into_iter().map(Object::json).collect();
        Ok(json!({ "object": "list", "url": url, "has_more": has_more, "data": data }))
    }
}
