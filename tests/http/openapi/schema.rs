//! Holds JSON against a schema of the document. It knows what our schemas are made of, and no more.

use serde_json::{Map, Value};

/// What is wrong with a value, or nothing. A field that the schema does not name is a fault: nobody is told of it.
pub(crate) fn fault(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#'))?;
        return fault(document, target, value).map(|fault| format!("{reference}: {fault}"));
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let faults: Vec<_> = choices.iter().map(|one| fault(document, one, value)).collect();
        let fits = faults.iter().any(Option::is_none);
        return (!fits).then(|| faults.into_iter().flatten().collect::<Vec<_>>().join(" / "));
    }
    let kinds = match &schema["type"] {
        Value::Null => Vec::new(),
        Value::String(kind) => vec![kind.as_str()],
        kinds => kinds.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_of(kind, value)) {
        return Some(format!("{value} is not of the type {}", kinds.join(" or ")));
    }
    if schema["enum"].as_array().is_some_and(|allowed| !allowed.contains(value)) {
        return Some(format!("{value} is none of {}", schema["enum"]));
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| fault(document, &schema["items"], item)),
        Value::Object(fields) => fault_of_fields(document, schema, fields),
        _ => None,
    }
}

fn fault_of_fields(document: &Value, schema: &Value, fields: &Map<String, Value>) -> Option<String> {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(missing) = required.into_iter().find(|name| !fields.contains_key(*name)) {
        return Some(format!("`{missing}` is missing"));
    }
    let known = schema["properties"].as_object();
    let others = &schema["additionalProperties"];
    fields.iter().find_map(|(name, value)| match known.and_then(|known| known.get(name)) {
        Some(schema) => fault(document, schema, value).map(|fault| format!("{name}: {fault}")),
        None if others.is_object() => fault(document, others, value).map(|fault| format!("{name}: {fault}")),
        None if known.is_some() => Some(format!("`{name}` is not documented")),
        None => None,
    })
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

#[test]
fn what_does_not_fit_is_found() {
    use serde_json::json;
    let document = json!({ "components": { "schemas": {
        "Day": { "type": "string", "enum": ["monday"] },
        "Week": { "type": "object", "required": ["day"], "properties": {
            "day": { "$ref": "#/components/schemas/Day" },
            "note": { "type": ["string", "null"] },
            "days": { "type": "array", "items": { "$ref": "#/components/schemas/Day" } },
        } },
    } } });
    let week = json!({ "$ref": "#/components/schemas/Week" });
    let fits = |value: Value| fault(&document, &week, &value).is_none();
    assert!(fits(json!({ "day": "monday", "note": null, "days": ["monday"] })));
    for value in [
        json!({ "day": { "date": "2027-01-01" } }),
        json!({ "day": "moonday" }),
        json!({}),
        json!({ "day": "monday", "note": 1 }),
        json!({ "day": "monday", "other": 1 }),
        json!({ "day": "monday", "days": [1] }),
    ] {
        assert!(!fits(value.clone()), "{value}");
    }
}
