//! Values that fit a schema, and values that do not.

use crate::openapi::schema::fault;
use serde_json::{Value, json};

/// A value that fits the schema, with every field that there is.
pub fn sample(document: &Value, schema: &Value) -> Value {
    let schema = plain(document, schema);
    if let Some(choices) = schema["enum"].as_array() {
        return choices[0].clone();
    }
    match kind(schema) {
        "object" => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let mut value: Value =
                fields.map(|(name, field)| (name.clone(), sample(document, field))).collect();
            if schema["additionalProperties"].is_object() {
                value = json!({ "en": sample(document, &schema["additionalProperties"]) });
            }
            value
        }
        "array" => json!([sample(document, &schema["items"])]),
        "boolean" => json!(true),
        "integer" => json!(7),
        "number" => json!(1.5),
        _ => match schema["format"].as_str() {
            Some("uuid") => json!("01938c1e-7b43-7c64-9a5e-2f1d0c9b8a76"),
            Some("date") => json!("2027-03-28"),
            Some("date-time") => json!("2027-03-28T10:00:00+02:00"),
            _ => json!("text"),
        },
    }
}

/// Every place in a sample: where it is, and what must be there.
pub fn places(document: &Value, schema: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    found.push((pointer.to_owned(), schema.clone()));
    let schema = plain(document, schema);
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        places(document, field, &format!("{pointer}/{name}"), found);
    }
    if schema["additionalProperties"].is_object() {
        places(document, &schema["additionalProperties"], &format!("{pointer}/en"), found);
    }
    if schema["items"].is_object() {
        places(document, &schema["items"], &format!("{pointer}/0"), found);
    }
}

/// Values that do not fit: one of each JSON type that has no place here, and text that has not the form it must have.
pub fn misfits(document: &Value, schema: &Value) -> Vec<Value> {
    let values = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1.5),
        json!("nonsense"),
        json!([]),
        json!([1]),
        json!({}),
    ];
    let has_form = plain(document, schema)["format"].is_string();
    values
        .into_iter()
        // What is in a list is looked at by itself.
        .filter(|value| !(kind(plain(document, schema)) == "array" && *value == json!([1])))
        // What an empty object lacks is told field by field.
        .filter(|value| !(is_object(document, schema) && *value == json!({})))
        .filter(|value| fault(document, schema, value).is_some() || has_form && *value == "nonsense")
        .filter(|value| plain(document, schema)["format"] != "password" || !value.is_string())
        .collect()
}

/// The fields that an object must have.
pub fn required<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a str> {
    let names = plain(document, schema)["required"].as_array().into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

/// Whether it is an object whose fields are named.
pub fn is_object(document: &Value, schema: &Value) -> bool {
    plain(document, schema)["properties"].is_object()
}

/// What a schema leads to, without the choice of `null`.
pub fn plain<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return plain(document, document.pointer(reference.trim_start_matches('#')).unwrap());
    }
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    choices
        .filter(|choice| choice["type"] != "null")
        .map(|choice| plain(document, choice))
        .next()
        .unwrap_or(schema)
}

/// The JSON type, beside `null`.
pub fn kind(schema: &Value) -> &str {
    let several = schema["type"].as_array().into_iter().flatten().filter_map(Value::as_str);
    schema["type"].as_str().or_else(|| several.into_iter().find(|kind| *kind != "null")).unwrap_or_default()
}
