//! JSON as it was sent, and what about it cannot be read.

use contract::problem::FieldError;
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::{Map, Number, Value};
use serde_path_to_error::{Path, Segment};
use std::fmt;

/// Reads the whole text. A name that comes twice in one object is refused: readers would not agree on which counts.
pub(super) fn read(text: &[u8]) -> Result<Value, FieldError> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let read: Strict = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| unreadable(text, &pointer_of(error.path()), error.inner()))?;
    reader.end().map_err(|error| unreadable(text, "", &error))?;
    Ok(read.0)
}

/// Puts what was read into its type.
pub(super) fn fill<T: DeserializeOwned>(value: &Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| fault(&pointer_of(error.path()), "malformed", "This cannot be read."))
}

/// An entry of `errors`.
pub(super) fn fault(pointer: &str, code: &str, message: &str) -> FieldError {
    FieldError { pointer: pointer.to_owned(), code: code.to_owned(), message: message.to_owned() }
}

/// A pointer to a field of what the pointer leads to.
pub(super) fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// What serde was at when it gave up, as a JSON pointer.
pub(super) fn pointer_of(path: &Path) -> String {
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => below(&pointer, key),
        Segment::Enum { .. } | Segment::Unknown => pointer,
    })
}

/// Says it in our words: the parser's repeat values, which may be passwords, and speak of its insides.
fn unreadable(text: &[u8], pointer: &str, error: &serde_json::Error) -> FieldError {
    let place = format!("line {}, column {}", error.line(), error.column());
    let words = error.to_string();
    match error.classify() {
        Category::Data => fault(pointer, "duplicate", "This name comes twice."),
        _ if text.trim_ascii().is_empty() => fault("", "malformed", "The body is empty. Send a JSON object."),
        Category::Eof => fault("", "malformed", &format!("The JSON stops before its end ({place}).")),
        _ if words.starts_with("number out of range") => {
            fault(pointer, "out_of_range", "This number is too large.")
        }
        _ if words.starts_with("recursion limit") => {
            fault("", "malformed", "Lists and objects are nested too deeply.")
        }
        _ => fault("", "malformed", &format!("This is not JSON ({place}).")),
    }
}

/// Any JSON value in which each object has a name only once.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = from.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = from.next_key::<String>()? {
            if fields.contains_key(&name) {
                // As the value, so that the path leads to it.
                from.next_value::<Twice>()?;
            }
            let Strict(value) = from.next_value()?;
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

/// What stands under a name that has a value already. It is never read.
struct Twice;

impl<'de> Deserialize<'de> for Twice {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("twice"))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_cannot_be_read_is_told_plainly() {
        let deep = "[".repeat(100_000);
        for (text, pointer, code, message) in [
            ("", "", "malformed", "The body is empty. Send a JSON object."),
            (" \n ", "", "malformed", "The body is empty. Send a JSON object."),
            (r#"{"a":"#, "", "malformed", "The JSON stops before its end (line 1, column 5)."),
            (r#"{"a":1} x"#, "", "malformed", "This is not JSON (line 1, column 9)."),
            ("{a:1}", "", "malformed", "This is not JSON (line 1, column 2)."),
            (r#"{"a":"\ud800"}"#, "", "malformed", "This is not JSON (line 1, column 13)."),
            (r#"{"a":{"b/c":[0,1e400]}}"#, "/a/b~1c/1", "out_of_range", "This number is too large."),
            (r#"{"a":[{"b":1,"b":1}]}"#, "/a/0/b", "duplicate", "This name comes twice."),
            (deep.as_str(), "", "malformed", "Lists and objects are nested too deeply."),
        ] {
            let fault = read(text.as_bytes()).unwrap_err();
            let told = (fault.pointer.as_str(), fault.code.as_str(), fault.message.as_str());
            assert_eq!(told, (pointer, code, message), "{:.40}", text);
        }
        assert_eq!(read(br#"{"a":[1,-1,1.5,"x",null,true,{}]}"#).unwrap()["a"][2], 1.5);
    }
}
