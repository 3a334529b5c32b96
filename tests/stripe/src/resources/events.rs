//! Events: what happened, kept and delivered.

use crate::books::{Books, id};
use crate::delivery::Delivery;
use crate::shelf::{Object, object};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The version of the API whose shapes these are.
pub(crate) const VERSION: &str = "2026-09-30.endive";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Event {
    pub id: String,
    pub object: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<String>,
    pub api_version: String,
    pub created: i64,
    pub data: Value,
    pub livemode: bool,
    pub pending_webhooks: i64,
    pub request: Value,
    #[serde(rename = "type")]
    pub kind: String,
}
object!(Event, "event");

impl Books {
    /// Something happened: keeps it as it is now, and queues its delivery.
    pub fn emit(&mut self, kind: &str, mut object: Value, account: Option<&str>) {
        strip(&mut object);
        let event = Event {
            id: id("evt"),
            object: "event".to_owned(),
            account: account.map(str::to_owned),
            api_version: VERSION.to_owned(),
            created: self.now(),
            data: json!({ "object": object }),
            livemode: false,
            pending_webhooks: 1,
            request: json!({ "id": id("req"), "idempotency_key": self.key }),
            kind: kind.to_owned(),
        };
        self.queue.push(Delivery::new(event.id.clone()));
        self.events.add(event);
    }

    /// An event as it is sent.
    pub fn event_body(&self, id: &str) -> Option<String> {
        self.events.find(id).map(|event| event.json().to_string())
    }
}

/// Takes away what is ours alone: names that begin with `_`.
pub(crate) fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !name.starts_with('_'));
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
