//! What Stripe's refusals mean for us.

use crate::payments::ProcessorError;
use serde::Deserialize;

#[derive(Deserialize)]
struct Body {
    error: Refusal,
}

/// What of a refusal we look at.
#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "type")]
    kind: Option<String>,
    code: Option<String>,
    decline_code: Option<String>,
    param: Option<String>,
    message: Option<String>,
}

/// Whether to ask again, and what to say.
pub(super) fn refusal(status: u16, body: &[u8]) -> ProcessorError {
    let refusal = serde_json::from_slice::<Body>(body).map(|body| body.error).ok();
    let code = refusal.as_ref().and_then(|refusal| refusal.code.as_deref());
    let temporary = |what: &str| ProcessorError::Temporary(format!("it answered {status}{what}"));
    match status {
        429 | 500.. => temporary(""),
        // Another request has the same key or the same object in its hands.
        409 | 424 => temporary(""),
        // Its complaint is about the key, which an operator can mend; the payment is none the worse.
        401 | 403 => temporary(": the key is not accepted"),
        _ if matches!(
            code,
            Some("lock_timeout" | "idempotency_key_in_use" | "rate_limit" | "api_key_expired")
        ) =>
        {
            temporary("")
        }
        _ => {
            let Some(refusal) = refusal else { return temporary(" without a reason") };
            if refusal.kind.as_deref() == Some("card_error") {
                let code =
                    refusal.decline_code.or(refusal.code).unwrap_or_else(|| "card_declined".to_owned());
                return ProcessorError::Declined { code };
            }
            let code = refusal.code.or(refusal.kind).unwrap_or_else(|| status.to_string());
            let mut message = harmless(&refusal.message.unwrap_or_default());
            if let Some(param) = refusal.param {
                message = format!("{message} [{}]", harmless(&param));
            }
            ProcessorError::Permanent { code, message }
        }
    }
}

/// Stripe's words without what could be a secret or a person's address, at a length fit for a log.
fn harmless(text: &str) -> String {
    let is_delicate =
        |word: &&str| ["sk_", "rk_", "pk_", "whsec_", "_secret_", "@"].iter().any(|mark| word.contains(mark));
    let words: Vec<&str> =
        text.split_whitespace().map(|word| if is_delicate(&word) { "…" } else { word }).collect();
    words.join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_to_ask_again() {
        for (status, body) in [
            (500, ""),
            (503, "<html>"),
            (429, r#"{"error":{"type":"invalid_request_error","code":"rate_limit"}}"#),
            (409, r#"{"error":{"type":"idempotency_error"}}"#),
            (
                401,
                r#"{"error":{"type":"invalid_request_error","message":"Invalid API Key provided: sk_test_1"}}"#,
            ),
            (400, r#"{"error":{"type":"invalid_request_error","code":"lock_timeout"}}"#),
            (400, "<html>"),
        ] {
            assert!(
                matches!(refusal(status, body.as_bytes()), ProcessorError::Temporary(_)),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn a_refusal_says_why_and_no_more() {
        let body = r#"{"error":{"type":"invalid_request_error","param":"amount","payment_intent":{"odd":1},
            "message":"No such thing for ann@example.org with sk_test_9 or pi_1_secret_2"}}"#;
        let refused = refusal(400, body.as_bytes());
        assert_eq!(
            refused,
            ProcessorError::Permanent {
                code: "invalid_request_error".to_owned(),
                message: "No such thing for … with … or … [amount]".to_owned()
            }
        );
        let body =
            r#"{"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds"}}"#;
        let declined = refusal(402, body.as_bytes());
        assert_eq!(declined, ProcessorError::Declined { code: "insufficient_funds".to_owned() });
    }
}
