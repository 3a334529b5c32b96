//! Reads variables and gathers what is wrong with them.

use super::{Faults, Setting};
use secrecy::SecretString;
use std::str::FromStr;

pub(super) struct Reader<'a, L> {
    lookup: &'a L,
    faults: Vec<String>,
}

impl<'a, L: Fn(&str) -> Option<String>> Reader<'a, L> {
    pub(super) fn new(lookup: &'a L) -> Self {
        Self { lookup, faults: Vec::new() }
    }

    pub(super) fn optional(&self, setting: &Setting) -> Option<String> {
        (self.lookup)(setting.name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    pub(super) fn text(&self, setting: &Setting) -> String {
        self.optional(setting).unwrap_or_else(|| setting.default.to_owned())
    }

    pub(super) fn secret(&self, setting: &Setting) -> Option<SecretString> {
        self.optional(setting).map(SecretString::from)
    }

    pub(super) fn file(&mut self, setting: &Setting) -> Option<Vec<u8>> {
        let path = self.optional(setting)?;
        let content = std::fs::read(&path);
        if let Err(error) = &content {
            self.faults.push(format!("{} names {path}, which cannot be read: {error}", setting.name));
        }
        content.ok()
    }

    pub(super) fn list(&self, setting: &Setting) -> Vec<String> {
        let text = self.text(setting);
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    pub(super) fn parse<T: FromStr + Default>(&mut self, setting: &Setting, expected: &str) -> T {
        let text = self.text(setting);
        text.parse().unwrap_or_else(|_| {
            self.faults.push(format!("{} must be {expected}, not {text:?}", setting.name));
            T::default()
        })
    }

    pub(super) fn one_of(&mut self, setting: &Setting, allowed: &[&str]) -> String {
        let text = self.text(setting);
        if !allowed.contains(&text.as_str()) {
            self.faults.push(format!("{} must be one of {}", setting.name, allowed.join(", ")));
        }
        text
    }

    pub(super) fn require(&mut self, holds: bool, setting: &Setting, expected: &str) {
        if !holds {
            self.faults.push(format!("{} must be {expected}", setting.name));
        }
    }

    pub(super) fn finish<T>(self, config: T) -> Result<T, Faults> {
        if self.faults.is_empty() { Ok(config) } else { Err(Faults(self.faults)) }
    }
}
