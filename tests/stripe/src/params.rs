//! Form-encoded parameters with brackets, as Stripe takes them. What is taken is removed, so that what is left is unknown.

use crate::refused::Refused;
use std::collections::BTreeMap;

/// Key-value pairs that callers attach to objects.
pub(crate) type Metadata = BTreeMap<String, String>;

/// The parameters of a request: `line_items[0][quantity]` and its value.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads a body or a query. `expand[]=a&expand[]=b` is the same as `expand[0]=a&expand[1]=b`.
    pub fn parse(encoded: &[u8]) -> Self {
        let mut pairs = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(encoded) {
            let name = match name.strip_suffix("[]") {
                None => name.into_owned(),
                Some(list) => {
                    let next = (0..)
                        .find(|n: &u32| !pairs.contains_key(&format!("{list}[{n}]")))
                        .unwrap_or_default();
                    format!("{list}[{next}]")
                }
            };
            pairs.insert(name, value.into_owned());
        }
        Self(pairs)
    }

    /// A text, unless it is empty.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).filter(|text| !text.is_empty())
    }

    pub fn required(&mut self, name: &str) -> Result<String, Refused> {
        let missing = || {
            Refused::invalid(format!("Missing required param: {name}.")).code("parameter_missing").param(name)
        };
        self.text(name).ok_or_else(missing)
    }

    pub fn integer(&mut self, name: &str) -> Result<Option<i64>, Refused> {
        let invalid = |text: &str| {
            Refused::invalid(format!("Invalid integer: {text}")).code("parameter_invalid_integer").param(name)
        };
        self.text(name).map(|text| text.parse().map_err(|_| invalid(&text))).transpose()
    }

    pub fn flag(&mut self, name: &str) -> Result<bool, Refused> {
        match self.text(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Refused::invalid(format!("Invalid boolean: {other}")).param(name)),
        }
    }

    /// One of some words.
    pub fn choice(&mut self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Refused> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let known = words.iter().find(|word| **word == text).copied();
        let refused =
            || Refused::invalid(format!("Invalid {name}: must be one of {}", words.join(", "))).param(name);
        known.map(Some).ok_or_else(refused)
    }

    /// Takes `name[0]`, `name[1]` and so on.
    pub fn list(&mut self, name: &str) -> Vec<String> {
        (0..).map_while(|n: u32| self.0.remove(&format!("{name}[{n}]"))).collect()
    }

    /// Takes `name[key]` for every key: at most 50, as Stripe allows.
    pub fn metadata(&mut self, name: &str) -> Result<Metadata, Refused> {
        let prefix = format!("{name}[");
        let names: Vec<String> = self.0.keys().filter(|key| key.starts_with(&prefix)).cloned().collect();
        if names.len() > 50 {
            return Err(Refused::invalid("You may only specify 50 metadata keys.").param(name));
        }
        let mut pairs = Metadata::new();
        for full in names {
            let key = full[prefix.len()..].trim_end_matches(']').to_owned();
            let value = self.0.remove(&full).unwrap_or_default();
            if key.chars().count() > 40 || value.chars().count() > 500 {
                let message = "Metadata keys have at most 40 characters, values 500.";
                return Err(Refused::invalid(message).param(full));
            }
            pairs.insert(key, value);
        }
        Ok(pairs)
    }

    /// Passes over parameters that Stripe takes and that change nothing here.
    pub fn pass(&mut self, prefixes: &[&str]) {
        let is_passed = |key: &str| {
            prefixes.iter().any(|prefix| {
                key.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            })
        };
        self.0.retain(|key, _| !is_passed(key));
    }

    /// Whether something begins so.
    pub fn has(&self, prefix: &str) -> bool {
        self.0.keys().any(|key| key.starts_with(prefix))
    }

    /// Refuses what nobody took.
    pub fn finish(self) -> Result<(), Refused> {
        match self.0.into_keys().next() {
            None => Ok(()),
            Some(name) => Err(Refused::invalid(format!("Received unknown parameter: {name}"))
                .code("parameter_unknown")
                .param(name)),
        }
    }
}
