//! Streams of events: what happens reaches them, nobody else's does, and they end when they should.

mod ends;
mod fleet;
mod losses;
mod reader;
mod sources;
