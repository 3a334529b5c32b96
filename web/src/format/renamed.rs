//! Time zones that go by another name today than before.

/// Names of before, by which browsers still call zones, and those of today.
const RENAMED: [(&str, &str); 19] = [
    ("Africa/Asmera", "Africa/Asmara"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Catamarca", "America/Argentina/Catamarca"),
    ("America/Coral_Harbour", "America/Atikokan"),
    ("America/Cordoba", "America/Argentina/Cordoba"),
    ("America/Godthab", "America/Nuuk"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("America/Jujuy", "America/Argentina/Jujuy"),
    ("America/Louisville", "America/Kentucky/Louisville"),
    ("America/Mendoza", "America/Argentina/Mendoza"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
    ("Atlantic/Faeroe", "Atlantic/Faroe"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Pacific/Enderbury", "Pacific/Kanton"),
    ("Pacific/Ponape", "Pacific/Pohnpei"),
    ("Pacific/Truk", "Pacific/Chuuk"),
];

/// What a zone is called today.
pub fn of_today(zone: &str) -> &str {
    RENAMED.iter().find(|(before, _)| *before == zone).map_or(zone, |(_, today)| today)
}

/// What a zone of today was called before; empty where it was never renamed.
pub fn of_before(zone: &str) -> &'static str {
    RENAMED.iter().find(|(_, today)| *today == zone).map_or("", |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::{of_before, of_today};

    #[test]
    fn a_zone_goes_by_its_name_of_today() {
        assert_eq!(of_today("Asia/Katmandu"), "Asia/Kathmandu");
        assert_eq!(of_today("Asia/Kathmandu"), "Asia/Kathmandu");
        assert_eq!(of_before("Asia/Kathmandu"), "Asia/Katmandu");
        assert_eq!(of_before("Europe/Berlin"), "");
    }
}
