//! Server-sent events, read from the body of an answer.

use crate::browser::sleep;
use futures::future::{Either, select};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// A stream shows every 15 seconds that it is alive.
const SILENCE: u32 = 40_000;

/// A stream that is being read.
pub(super) struct Events {
    reader: ReadableStreamDefaultReader,
    unread: String,
}

impl Events {
    /// The events of an answer, where it is a stream of them.
    pub fn of(response: &Response) -> Option<Self> {
        let reader = response.body()?.get_reader().dyn_into().ok()?;
        Some(Self { reader, unread: String::new() })
    }

    /// Whether the next pieces bring news; nothing at the end, and when it has fallen silent. Keeps the last id.
    pub async fn next(&mut self, last_id: &mut Option<String>) -> Option<bool> {
        let chunk = std::pin::pin!(JsFuture::from(self.reader.read()));
        let Either::Left((Ok(chunk), _)) = select(chunk, std::pin::pin!(sleep(SILENCE))).await else {
            return None;
        };
        let done = Reflect::get(&chunk, &JsValue::from_str("done")).ok()?.is_truthy();
        let bytes: Uint8Array = Reflect::get(&chunk, &JsValue::from_str("value")).ok()?.dyn_into().ok()?;
        if done {
            return None;
        }
        // Ids and numbers, nothing beyond ASCII.
        self.unread.push_str(&String::from_utf8_lossy(&bytes.to_vec()));
        Some(take(&mut self.unread, last_id))
    }
}

/// Takes the whole events from the text: whether one of them is news.
fn take(unread: &mut String, last_id: &mut Option<String>) -> bool {
    let mut news = false;
    while let Some(end) = unread.find("\n\n") {
        let block: String = unread.drain(..end + 2).collect();
        let field =
            |name: &str| block.lines().rev().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let first = last_id.is_none();
        if let Some(id) = field("id") {
            *last_id = Some(id.to_owned());
        }
        news |= match field("event") {
            // Nobody knows up to where: what the page shows may have changed before the stream began.
            Some("ready") => first,
            Some(_) => true,
            None => false,
        };
    }
    news
}

#[cfg(test)]
mod tests {
    use super::take;

    #[test]
    fn events_are_news_and_beats_are_not() {
        let (mut text, mut id) = (String::from("retry: 2000\nevent: ready\nid: 1.2:2:\ndata: {}\n\n"), None);
        assert!(take(&mut text, &mut id), "the first one: something may have happened before");
        text.push_str("id: 1.3:3:\n: \n\n");
        assert!(!take(&mut text, &mut id));
        assert_eq!(id.as_deref(), Some("1.3:3:"));
        text.push_str("event: changed\nid: 1.4:4:\nda");
        assert!(!take(&mut text, &mut id), "not whole yet");
        text.push_str("ta: {}\n\n");
        assert!(take(&mut text, &mut id));
        assert_eq!((id.as_deref(), text.as_str()), (Some("1.4:4:"), ""));
        text.push_str("event: ready\nid: 1.5:5:\ndata: {}\n\nevent: reset\ndata: {}\n\n");
        assert!(take(&mut text, &mut id));
        text.push_str("event: ready\nid: 1.5:5:\ndata: {}\n\n");
        assert!(!take(&mut text, &mut id), "taken up again, and nothing was missed");
    }
}
