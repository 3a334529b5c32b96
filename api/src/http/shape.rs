//! Holds what was sent against the schema that the OpenAPI document shows, and says in plain words what does not fit.
//!
//! Serde alone stops at the first fault, speaks of Rust's types, takes a list for an object, and points to the whole body where
//! a field is missing.

mod schema;

use super::json::{below, fault};
use contract::problem::FieldError;
use schema::Schema;
use serde_json::{Map, Value};

/// More faults than this are not told.
const TOLD: usize = 50;

/// What of a body does not fit the schema of this name.
pub(super) fn faults_of_body(name: &str, body: &Value) -> Vec<FieldError> {
    let mut found = Vec::new();
    Schema::named(name).inspect(|schema| look(schema, body, "", &mut found));
    found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    found.truncate(TOLD);
    found
}

/// What of a query does not fit these parameters.
pub(super) fn faults_of_query(
    parameters: &[utoipa::openapi::path::Parameter],
    query: &[(String, String)],
) -> Vec<FieldError> {
    let fault_of = |parameter: &utoipa::openapi::path::Parameter| {
        let pointer = format!("?{}", parameter.name);
        let mut values = query.iter().filter(|(name, _)| *name == parameter.name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (Some(_), Some(_)) => Some(fault(&pointer, "duplicate", "This comes twice.")),
            (Some(text), None) => {
                let schema = serde_json::to_value(&parameter.schema).ok()?;
                let (code, message) = Schema::of(&schema)?.fault_of_text(text)?;
                Some(fault(&pointer, code, &message))
            }
            (None, _) => matches!(parameter.required, utoipa::openapi::Required::True)
                .then(|| fault(&pointer, "missing", "This is required.")),
        }
    };
    parameters.iter().filter_map(fault_of).collect()
}

/// The body with the nearest number that there is room for wherever there is none for its own, so that the rest can be read.
pub(super) fn with_nearest_numbers(name: &str, body: &Value) -> Value {
    let mut near = body.clone();
    if let Some(schema) = Schema::named(name) {
        draw_near(&schema, &mut near);
    }
    near
}

fn draw_near(schema: &Schema, value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                schema.field(name).inspect(|field| draw_near(field, value));
            }
        }
        Value::Array(items) => {
            schema.items().inspect(|each| items.iter_mut().for_each(|item| draw_near(each, item)));
        }
        Value::Number(number) => {
            if let Some(near) = schema.nearest(number) {
                *number = near;
            }
        }
        _ => {}
    }
}

/// The same of a query.
pub(super) fn query_with_nearest_numbers(
    parameters: &[utoipa::openapi::path::Parameter],
    query: &[(String, String)],
) -> Vec<(String, String)> {
    let near = |(name, text): &(String, String)| {
        let parameter = parameters.iter().find(|parameter| parameter.name == *name)?;
        let schema = serde_json::to_value(&parameter.schema).ok()?;
        Some((name.clone(), Schema::of(&schema)?.nearest_of_text(text)?.to_string()))
    };
    query.iter().map(|pair| near(pair).unwrap_or_else(|| pair.clone())).collect()
}

fn look(schema: &Schema, value: &Value, pointer: &str, found: &mut Vec<FieldError>) {
    if found.len() >= TOLD * 4 {
        return;
    }
    match value {
        Value::Object(fields) if schema.kind() == "object" => {
            look_into(schema, fields, pointer, found);
        }
        Value::Array(items) if schema.kind() == "array" => {
            let Some(each) = schema.items() else { return };
            for (index, item) in items.iter().enumerate() {
                look(&each, item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => found.extend(schema.fault_of(value).map(|(code, text)| fault(pointer, code, &text))),
    }
}

fn look_into(schema: &Schema, fields: &Map<String, Value>, pointer: &str, found: &mut Vec<FieldError>) {
    for (name, value) in fields {
        if found.len() > TOLD * 4 {
            return;
        }
        match schema.field(name) {
            Some(field) => look(&field, value, &below(pointer, name), found),
            None if schema.is_closed() => {
                let message = format!("There is no such field. Known are: {}.", schema.names().join(", "));
                found.push(fault(&below(pointer, name), "unknown_field", &message));
            }
            None => {}
        }
    }
    for name in schema.required().filter(|name| !fields.contains_key(*name)) {
        found.push(fault(&below(pointer, name), "missing", "This is required."));
    }
}

#[cfg(test)]
mod tests;
