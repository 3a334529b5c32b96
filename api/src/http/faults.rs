//! Faults of a request, gathered so that all are told at once.

use super::problem::{ApiError, ApiResult};
use contract::problem::{Code, FieldError};

/// The faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldError>);

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, pointer: &str, code: &str, message: &str) {
        self.0.push(FieldError {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        });
    }

    /// Notes a fault where the rule does not hold.
    pub fn unless(&mut self, holds: bool, pointer: &str, code: &str, message: &str) {
        if !holds {
            self.add(pointer, code, message);
        }
    }

    /// Notes a fault where the text is more than one line, or has other control characters.
    pub fn one_line(&mut self, pointer: &str, text: &str) {
        // Marks that turn the direction of writing make one text read as another.
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let is_plain = !text.chars().any(|c| c.is_control() || turns(c));
        self.unless(is_plain, pointer, "control", "This is one line without control characters.");
    }

    /// All is well, or everything that is not.
    ///
    /// # Errors
    /// `invalid_fields`.
    pub fn finish(self) -> ApiResult<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ApiError::fields(self.0)) }
    }

    /// All is well, or everything that is not, under a code of its own and in its words.
    ///
    /// # Errors
    /// The code.
    pub fn finish_as(self, code: Code) -> ApiResult<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let words: Vec<&str> = self.0.iter().map(|fault| fault.message.as_str()).collect();
        Err(ApiError::new(code).detail(words.join(" ")).with(|problem| problem.errors = self.0))
    }
}
