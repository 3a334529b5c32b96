//! The list of free times, written as JSON straight from the engine's slots.
//!
//! The same as serialising [`contract::slots::SlotList`], at a fraction of the cost: most requests are for this list.

use domain::slots::Slot;
use domain::zone::{Local, Zone};
use std::fmt::Write;
use time::Date;

/// Writes a [`contract::slots::SlotList`].
pub(super) fn write(zone: &Zone, duration_minutes: i64, slots: &[Slot], next_free: Option<Slot>) -> String {
    let mut json = String::with_capacity(128 + slots.len() * 60);
    let _ = write!(json, r#"{{"time_zone":"{}","duration_minutes":{duration_minutes},"days":["#, zone.name());
    let mut day: Option<(Date, String)> = None;
    for slot in slots {
        let local = zone.to_local(slot.start);
        let date = match &day {
            Some((date, text)) if *date == local.date => {
                json.push(',');
                text
            }
            _ => {
                json.push_str(if day.is_some() { "]},{\"date\":\"" } else { "{\"date\":\"" });
                let (_, text) = day.insert((local.date, date(local.date)));
                json.push_str(text);
                json.push_str("\",\"slots\":[");
                text
            }
        };
        push_slot(&mut json, slot, date, &local);
    }
    json.push_str(if day.is_some() { "]}]" } else { "]" });
    if let Some(slot) = next_free {
        json.push_str(",\"next_free\":");
        let local = zone.to_local(slot.start);
        push_slot(&mut json, &slot, &date(local.date), &local);
    }
    json.push('}');
    json
}

fn push_slot(json: &mut String, slot: &Slot, date: &str, local: &Local) {
    json.push_str("{\"start_at\":\"");
    json.push_str(date);
    json.push('T');
    let seconds = local.secs_of_day;
    for (part, before) in [(seconds / 3600, ""), (seconds / 60 % 60, ":"), (seconds % 60, ":")] {
        json.push_str(before);
        push_two(json, part);
    }
    let minutes = local.offset_seconds / 60;
    if minutes == 0 {
        json.push('Z');
    } else {
        json.push(if minutes < 0 { '-' } else { '+' });
        push_two(json, minutes.unsigned_abs() / 60);
        json.push(':');
        push_two(json, minutes.unsigned_abs() % 60);
    }
    let _ = write!(json, "\",\"seats_left\":{}}}", slot.seats_left);
}

fn date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

fn push_two(json: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        json.push(char::from(b'0' + u8::try_from(digit).unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::slots::{SlotDay, SlotList};

    fn serialised(zone: &Zone, slots: &[Slot], next_free: Option<Slot>) -> String {
        let wire = |slot: &Slot| super::super::app::to_wire(zone, *slot);
        let mut days: Vec<SlotDay> = Vec::new();
        for slot in slots {
            let date = zone.to_local(slot.start).date;
            match days.last_mut() {
                Some(day) if day.date == date => day.slots.push(wire(slot)),
                _ => days.push(SlotDay { date, slots: vec![wire(slot)] }),
            }
        }
        let next_free = next_free.as_ref().map(wire);
        serde_json::to_string(&SlotList {
            time_zone: zone.name().to_owned(),
            duration_minutes: 45,
            days,
            next_free,
        })
        .unwrap()
    }

    #[test]
    fn it_is_the_contract_written_quicker() {
        for name in ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"] {
            let zone = Zone::parse(name).unwrap();
            let slots: Vec<Slot> = (0..200)
                .map(|i| Slot { start: 1_806_000_000 + i * 8_100, seats_left: (i % 4) as u32 + 1 })
                .collect();
            let next = Some(Slot { start: 1_790_000_000, seats_left: 2 });
            assert_eq!(write(&zone, 45, &slots, None), serialised(&zone, &slots, None));
            assert_eq!(write(&zone, 45, &[], next), serialised(&zone, &[], next));
        }
    }
}
