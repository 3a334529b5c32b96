//! What Stripe answers to what it refuses.

use serde_json::{Value, json};

/// A refusal, as Stripe words it.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub status: u16,
    pub kind: &'static str,
    pub code: Option<&'static str>,
    pub decline_code: Option<&'static str>,
    pub param: Option<Box<str>>,
    pub message: String,
    /// The intent it is about, as Stripe embeds it.
    pub payment_intent: Option<Box<Value>>,
    /// The failed charge.
    pub charge: Option<Box<str>>,
}

/// What comes of a request.
pub(crate) type Answer = Result<Value, Refused>;

impl Refused {
    fn new(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status,
            kind,
            code: None,
            decline_code: None,
            param: None,
            message,
            payment_intent: None,
            charge: None,
        }
    }

    /// The request makes no sense.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
    }

    /// The card's bank said no.
    pub fn card(decline_code: &'static str, message: &str) -> Self {
        let declined = Self::new(402, "card_error", message).code("card_declined");
        Self { decline_code: Some(decline_code), ..declined }
    }

    /// The key is not ours.
    pub fn key(message: &str) -> Self {
        Self::new(401, "invalid_request_error", message)
    }

    /// There is no such object.
    pub fn missing(noun: &str, id: &str) -> Self {
        Self { status: 404, ..Self::invalid(format!("No such {noun}: '{id}'")) }
            .code("resource_missing")
            .param("id")
    }

    /// There is no such path.
    pub fn unknown_path(method: &str, path: &str) -> Self {
        Self { status: 404, ..Self::invalid(format!("Unrecognized request URL ({method}: {path}).")) }
    }

    /// The same key came with another request.
    pub fn idempotency(key: &str) -> Self {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. \
             Try using a key other than '{key}' if you meant to execute a different request."
        );
        Self::new(400, "idempotency_error", message)
    }

    /// A fault that a test asked for.
    pub fn fault(status: u16) -> Self {
        match status {
            429 => Self::new(429, "invalid_request_error", "Too many requests.").code("rate_limit"),
            _ => Self::new(
                status,
                "api_error",
                "Sorry! There was an error while talking to one of our backends.",
            ),
        }
    }

    pub fn code(self, code: &'static str) -> Self {
        Self { code: Some(code), ..self }
    }

    pub fn param(self, param: impl Into<String>) -> Self {
        Self { param: Some(param.into().into_boxed_str()), ..self }
    }

    pub fn body(&self) -> Value {
        let mut error = json!({ "type": self.kind, "message": self.message });
        let parts = [
            ("code", self.code.map(Value::from)),
            ("decline_code", self.decline_code.map(Value::from)),
            ("param", self.param.as_deref().map(Value::from)),
            ("charge", self.charge.as_deref().map(Value::from)),
            ("payment_intent", self.payment_intent.as_deref().cloned()),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                error[name] = value;
            }
        }
        json!({ "error": error })
    }
}
