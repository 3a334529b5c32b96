//! A schema of the OpenAPI document: what it asks for, and how to say that.

use serde_json::{Number, Value};
use std::sync::LazyLock;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// Made when something is held against it for the first time.
static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(crate::http::openapi::openapi()).unwrap_or_default());

/// A schema, and whether `null` fits as well.
pub(super) struct Schema<'a> {
    schema: &'a Value,
    nullable: bool,
}

impl Schema<'static> {
    /// The schema that the document has under this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        DOCUMENT.get("components")?.get("schemas")?.get(name).and_then(Schema::of)
    }
}

impl<'a> Schema<'a> {
    /// The schema that this leads to.
    pub(super) fn of(schema: &'a Value) -> Option<Self> {
        if let Some(reference) = schema["$ref"].as_str() {
            return Schema::named(reference.rsplit('/').next()?);
        }
        let Some(choices) = schema["oneOf"].as_array() else {
            return Some(Self { schema, nullable: includes(&schema["type"], "null") });
        };
        // The only choice that our documents leave is between something and nothing.
        let nullable = choices.iter().any(|choice| choice["type"] == "null");
        let schema = choices.iter().find(|choice| choice["type"] != "null").and_then(Schema::of)?;
        Some(Self { nullable: nullable || schema.nullable, ..schema })
    }

    /// The JSON type that it asks for, beside `null`.
    pub(super) fn kind(&self) -> &'a str {
        let kinds = &self.schema["type"];
        let of_several = || kinds.as_array()?.iter().filter_map(Value::as_str).find(|kind| *kind != "null");
        kinds.as_str().or_else(of_several).unwrap_or_default()
    }

    /// What each item of a list is.
    pub(super) fn items(&self) -> Option<Schema<'a>> {
        self.schema.get("items").and_then(Schema::of)
    }

    /// A field of an object, or any field where all are alike.
    pub(super) fn field(&self, name: &str) -> Option<Schema<'a>> {
        let named = self.schema.get("properties").and_then(|fields| fields.get(name));
        let others = || self.schema.get("additionalProperties").filter(|schema| schema.is_object());
        named.or_else(others).and_then(Schema::of)
    }

    /// Whether an object has no fields but those that are named.
    pub(super) fn is_closed(&self) -> bool {
        self.schema["additionalProperties"] == false
    }

    /// The fields that are named.
    pub(super) fn names(&self) -> Vec<&'a str> {
        let fields = self.schema["properties"].as_object();
        fields.into_iter().flat_map(|fields| fields.keys().map(String::as_str)).collect()
    }

    /// The fields that must be there.
    pub(super) fn required(&self) -> impl Iterator<Item = &'a str> {
        self.schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    /// What is wrong with a value as a whole: a code and a sentence.
    pub(super) fn fault_of(&self, value: &Value) -> Option<(&'static str, String)> {
        if value.is_null() && self.nullable {
            return None;
        }
        let code = match (self.kind(), value) {
            ("", _) | ("object", Value::Object(_)) | ("array", Value::Array(_)) => None,
            ("boolean", Value::Bool(_)) | ("number", Value::Number(_)) => None,
            ("string", Value::String(text)) => self.code_of_text(text),
            ("integer", Value::Number(number)) => match number.as_i128() {
                Some(number) => return self.fault_of_number(number),
                // What has no room in 64 bits comes as a fraction.
                None => match number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() > 1e18) {
                    Some(number) => return Some(self.out_of_range(number < 0.0)),
                    None => Some("wrong_type"),
                },
            },
            _ => Some("wrong_type"),
        };
        code.map(|code| (code, self.sentence()))
    }

    /// The same for a value that stands in an address.
    pub(super) fn fault_of_text(&self, text: &str) -> Option<(&'static str, String)> {
        let code = match self.kind() {
            "string" => self.code_of_text(text),
            "integer" => match text.parse::<i128>() {
                Ok(number) => return self.fault_of_number(number),
                Err(_) if is_whole_number(text) => return Some(self.out_of_range(text.starts_with('-'))),
                Err(_) => Some("wrong_type"),
            },
            "number" => text.parse::<f64>().is_err().then_some("wrong_type"),
            "boolean" => (!matches!(text, "true" | "false")).then_some("wrong_type"),
            _ => None,
        };
        code.map(|code| (code, self.sentence()))
    }

    fn code_of_text(&self, text: &str) -> Option<&'static str> {
        if let Some(choices) = self.schema["enum"].as_array() {
            return (!choices.iter().any(|choice| choice == text)).then_some("not_one_of");
        }
        let is_readable = match self.schema["format"].as_str() {
            Some("uuid") => Uuid::parse_str(text).is_ok(),
            Some("date") => contract::date::parse(text).is_some(),
            Some("date-time") => OffsetDateTime::parse(text, &Rfc3339).is_ok(),
            _ => true,
        };
        (!is_readable).then_some("malformed")
    }

    fn fault_of_number(&self, number: i128) -> Option<(&'static str, String)> {
        let (min, max) = self.bounds();
        (number < min || number > max).then(|| self.out_of_range(number < min))
    }

    /// That there is no room for a number. The bounds of its type are nobody's rule, so they are not told.
    fn out_of_range(&self, is_below: bool) -> (&'static str, String) {
        let words = match (is_below, self.is_unsigned()) {
            (true, true) => self.sentence(),
            (true, false) => "This number is too small.".to_owned(),
            (false, _) => "This number is too large.".to_owned(),
        };
        ("out_of_range", words)
    }

    /// The number nearest to this one that there is room for. None where a whole number is not asked for.
    pub(super) fn nearest(&self, number: &Number) -> Option<Number> {
        // Such a cast ends at the bounds.
        let whole = number.as_i128().or_else(|| number.as_f64().map(|number| number as i128));
        self.nearest_of(whole?)
    }

    /// The same of a number that stands in an address.
    pub(super) fn nearest_of_text(&self, text: &str) -> Option<Number> {
        let far = if text.starts_with('-') { i128::MIN } else { i128::MAX };
        is_whole_number(text).then(|| self.nearest_of(text.parse().unwrap_or(far)))?
    }

    fn nearest_of(&self, number: i128) -> Option<Number> {
        let (min, max) = self.bounds();
        Number::from_i128(number.clamp(min, max)).filter(|_| self.kind() == "integer")
    }

    /// What starts at 0 has no sign.
    fn is_unsigned(&self) -> bool {
        self.schema["minimum"] == 0
    }

    /// The whole numbers that there is room for.
    fn bounds(&self) -> (i128, i128) {
        match (self.schema["format"].as_str(), self.is_unsigned()) {
            (Some("int32"), true) => (0, u32::MAX.into()),
            (Some("int32"), false) => (i32::MIN.into(), i32::MAX.into()),
            (_, true) => (0, u64::MAX.into()),
            (_, false) => (i64::MIN.into(), i64::MAX.into()),
        }
    }

    /// What it asks for, as a sentence.
    fn sentence(&self) -> String {
        format!("Must be {}{}.", self.words(), if self.nullable { ", or null" } else { "" })
    }

    fn words(&self) -> String {
        if let Some(choices) = self.schema["enum"].as_array() {
            let choices: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
            return format!("one of: {}", choices.join(", "));
        }
        let words = match (self.kind(), self.schema["format"].as_str()) {
            ("integer", _) if self.is_unsigned() => "a whole number that is not below 0",
            ("integer", _) => "a whole number",
            ("string", Some("uuid")) => "a UUID, such as 01938c1e-7b43-7c64-9a5e-2f1d0c9b8a76",
            ("string", Some("date")) => "a date, such as 2027-03-28",
            ("string", Some("date-time")) => "an instant with its offset, such as 2027-03-28T10:00:00+02:00",
            ("string", _) => "text",
            ("number", _) => "a number",
            ("boolean", _) => "true or false",
            ("array", _) => "a list",
            _ => "an object",
        };
        words.to_owned()
    }
}

fn is_whole_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn includes(kinds: &Value, kind: &str) -> bool {
    kinds == kind || kinds.as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
}
