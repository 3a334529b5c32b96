//! How many streams are open.

use crate::http::ClientAddress;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The open streams of this process, by where they come from.
#[derive(Default)]
pub(super) struct Open(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    total: u32,
    by_address: HashMap<ClientAddress, u32>,
}

impl Open {
    /// A place for one more stream, if there is one. It is free again when the place is dropped.
    pub fn admit(self: &Arc<Self>, from: ClientAddress, per_address: u32, in_total: u32) -> Option<Place> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_address = counts.by_address.get(&from).copied().unwrap_or_default();
        if counts.total >= in_total || of_address >= per_address {
            return None;
        }
        counts.total += 1;
        counts.by_address.insert(from, of_address + 1);
        Some(Place { open: self.clone(), from })
    }
}

/// The place of one open stream.
pub(super) struct Place {
    open: Arc<Open>,
    from: ClientAddress,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.total -= 1;
        if let Some(count) = counts.by_address.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                counts.by_address.remove(&self.from);
            }
        }
    }
}
