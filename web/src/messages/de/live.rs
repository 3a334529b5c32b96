use crate::messages::Live;

pub const LIVE: Live =
    Live { no_longer_free: "nicht mehr frei", chosen_gone: "Diese Zeit ist nicht mehr frei." };
