//! What streams of events tell.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum ChangeKind {
    /// A booking was made, moved, answered or ended.
    Booking,
    /// Hours, exceptions or time off.
    Schedule,
    /// A service.
    Service,
    /// The profile, or whether it is published.
    Provider,
}

/// One thing that is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Change {
    /// What it is.
    pub kind: ChangeKind,
    /// Which one; for a schedule the provider's id.
    pub id: Uuid,
}

/// The data of an event `changed` in a provider's stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Changes {
    /// Each thing once, in no particular order.
    pub changes: Vec<Change>,
}
