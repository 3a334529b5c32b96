//! Faults that tests ask for: what goes wrong with the next requests.

use crate::params::Params;
use crate::refused::Refused;
use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The request is refused with this status before anything is done: 500, 503, 429.
    Status(u16),
    /// Something breaks when the request has begun: it is refused with this status, and whoever asks again with the same key is
    /// told the same for a day.
    Kept(u16),
    /// The connection breaks before anything is done.
    DropBefore,
    /// Everything is done, and then the connection breaks.
    DropAfter,
    /// Everything is done, and the answer comes only after this long.
    Stall(Duration),
}

/// A fault, and which requests it is for.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub fault: Fault,
    pub left: u32,
    /// What the path begins with.
    pub path: String,
}

impl Planned {
    pub fn parse(mut params: Params) -> Result<Self, Refused> {
        let kind = params.choice("kind", &["status", "kept", "drop_before", "drop_after", "stall"])?;
        let status = params.integer("status")?.and_then(|status| u16::try_from(status).ok()).unwrap_or(500);
        let wait = params.integer("ms")?.and_then(|ms| u64::try_from(ms).ok()).unwrap_or(60_000);
        let fault = match kind {
            None | Some("status") => Fault::Status(status),
            Some("kept") => Fault::Kept(status),
            Some("drop_before") => Fault::DropBefore,
            Some("drop_after") => Fault::DropAfter,
            Some(_) => Fault::Stall(Duration::from_millis(wait)),
        };
        let left = params.integer("count")?.and_then(|count| u32::try_from(count).ok()).unwrap_or(1);
        let path = params.text("path").unwrap_or_else(|| "/v1/".to_owned());
        params.finish()?;
        Ok(Self { fault, left, path })
    }
}

/// Takes the fault that is planned for this path, if there is one. Only what changes something is kept under a key.
pub(crate) fn take(planned: &mut Vec<Planned>, path: &str, is_post: bool) -> Option<Fault> {
    let strikes = |fault: &&mut Planned| {
        let fits = is_post || !matches!(fault.fault, Fault::Kept(_));
        fits && fault.left > 0 && path.starts_with(&fault.path)
    };
    let fault = planned.iter_mut().find(strikes)?;
    fault.left -= 1;
    let taken = fault.fault;
    planned.retain(|fault| fault.left > 0);
    Some(taken)
}
