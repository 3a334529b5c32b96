//! Portraits.
use uuid::Uuid;
/// Draws.
pub fn draw(_id: Uuid) -> String {
    String::new()
}
