use crate::messages::Live;

pub const LIVE: Live = Live { no_longer_free: "no longer free", chosen_gone: "This time is no longer free." };
