//! The `appointed` binary.
fn main() {}
