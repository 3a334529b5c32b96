//! Stretches of working time as minutes, and what dragging one of them does.

/// Minutes in a day.
pub const DAY: i32 = 1440;
/// What times snap to.
pub const STEP: i32 = 15;
/// The same with Shift or Alt held.
pub const FINE: i32 = 5;

/// A stretch in minutes since midnight. It starts within its day and ends at most a day later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// When it starts.
    pub start: i32,
    /// When it ends; past midnight on the next day.
    pub end: i32,
}

impl Stretch {
    /// Reads `HH:MM` and `HH:MM`; an end at or before the start is on the next day.
    pub fn read(start: &str, end: &str) -> Option<Self> {
        let (start, end) = (minutes(start)?, minutes(end)?);
        Some(Self { start, end: if end <= start { end + DAY } else { end } })
    }

    /// The opposite of [`Stretch::read`].
    pub fn write(self) -> (String, String) {
        (clock(self.start), clock(self.end))
    }

    /// Whether it reaches into the next day.
    pub fn is_overnight(self) -> bool {
        self.end > DAY
    }
}

/// Minutes since midnight of `HH:MM`.
pub fn minutes(time: &str) -> Option<i32> {
    let (hour, minute) = time.split_once(':')?;
    Some(hour.parse::<i32>().ok()? * 60 + minute.get(..2)?.parse::<i32>().ok()?)
}

/// `HH:MM`, around the clock.
pub fn clock(minutes: i32) -> String {
    let minutes = minutes.rem_euclid(DAY);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Minutes worked in stretches, which may overlap.
pub fn total(stretches: &[Stretch]) -> u32 {
    let mut sorted = stretches.to_vec();
    sorted.sort_by_key(|stretch| stretch.start);
    let (mut sum, mut until) = (0, i32::MIN);
    for Stretch { start, end } in sorted {
        sum += (end - start.max(until)).max(0);
        until = until.max(end);
    }
    sum.unsigned_abs()
}

/// What lies around a day: what reaches into it from the day before, and when the next day starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Around {
    /// Minutes of this day that belong to a stretch of the day before.
    pub spill: i32,
    /// The first start of the next day, in its own minutes.
    pub next: i32,
}

/// What a pointer or a key takes hold of. The numbers are places in the day's list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hold {
    /// The start of a stretch.
    Start(usize),
    /// The end of a stretch.
    End(usize),
    /// All of a stretch, so many minutes behind its start.
    Whole(usize, i32),
    /// An empty place at this minute, to draw a stretch.
    Empty(i32),
}

/// What lies under a pointer at a minute. Ends reach as far as `reach` minutes around them.
pub fn hold_at(day: &[Stretch], minute: i32, reach: i32) -> Hold {
    let inside = |stretch: &Stretch| stretch.start <= minute && minute < stretch.end;
    let ends = day.iter().enumerate().flat_map(|(index, stretch)| {
        // From inside, ends leave a third in the middle to move a short stretch by.
        let within = inside(stretch);
        let reach = if within { reach.min((stretch.end - stretch.start) / 3) } else { reach };
        let near = move |at: i32, hold: Hold| {
            let distance = (minute - at).abs();
            (distance <= reach).then_some((distance, !within, hold))
        };
        [near(stretch.start, Hold::Start(index)), near(stretch.end, Hold::End(index))]
    });
    if let Some((.., hold)) = ends.flatten().min_by_key(|(distance, outside, _)| (*distance, *outside)) {
        return hold;
    }
    match day.iter().position(inside) {
        Some(index) => Hold::Whole(index, minute - day[index].start),
        None => Hold::Empty(minute),
    }
}

/// The stretch that comes of dragging to a minute; `None` while a drawn one has no length yet.
pub fn dragged(day: &[Stretch], around: Around, hold: Hold, to: i32, step: i32) -> Option<Stretch> {
    let snap = |minute: i32| (minute + step / 2).div_euclid(step) * step;
    let room = |start: i32, end: i32, but: Option<usize>| {
        let others = day.iter().enumerate().filter(|(index, _)| Some(*index) != but).map(|(_, other)| other);
        let lower = others.clone().map(|other| other.end).filter(|end| *end <= start);
        let upper = others.map(|other| other.start).filter(|start| *start >= end);
        let spill = if around.spill <= start { around.spill } else { 0 };
        let next = if DAY + around.next >= end { DAY + around.next } else { 2 * DAY };
        (lower.chain([spill, 0]).max().unwrap_or(0), upper.chain([next]).min().unwrap_or(next))
    };
    match hold {
        Hold::Start(index) => {
            let Stretch { start, end } = *day.get(index)?;
            let (lower, _) = room(start, end, Some(index));
            let most = (end - step).min(DAY - step).max(lower);
            Some(Stretch { start: snap(to).clamp(lower.max(end - DAY).min(most), most), end })
        }
        Hold::End(index) => {
            let Stretch { start, end } = *day.get(index)?;
            let (_, upper) = room(start, end, Some(index));
            let most = upper.min(start + DAY);
            Some(Stretch { start, end: snap(to).clamp((start + step).min(most), most) })
        }
        Hold::Whole(index, behind) => {
            let Stretch { start, end } = *day.get(index)?;
            let length = end - start;
            let (lower, upper) = room(start, end, Some(index));
            let most = (upper - length).min(DAY - step).max(lower);
            let start = snap(to - behind).clamp(lower, most);
            Some(Stretch { start, end: start + length })
        }
        Hold::Empty(from) => {
            let (lower, upper) = room(from, from, None);
            let upper = upper.min(DAY);
            let (one, other) = (snap(from).clamp(lower, upper), snap(to).clamp(lower, upper));
            let (start, end) = (one.min(other), one.max(other));
            (start < end).then_some(Stretch { start, end })
        }
    }
}

/// An hour around a place that was only clicked, as far as there is room.
pub fn hour_at(day: &[Stretch], around: Around, minute: i32) -> Option<Stretch> {
    let hour = minute.div_euclid(60) * 60;
    dragged(day, around, Hold::Empty(minute), hour, STEP)
        .into_iter()
        .chain(dragged(day, around, Hold::Empty(minute), hour + 60, STEP))
        .reduce(|one, other| Stretch { start: one.start.min(other.start), end: one.end.max(other.end) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: Around = Around { spill: 0, next: DAY };

    fn hours(start: i32, end: i32) -> Stretch {
        Stretch { start: start * 60, end: end * 60 }
    }

    #[test]
    fn times_are_read_and_written() {
        assert_eq!(Stretch::read("09:00", "17:30"), Some(Stretch { start: 540, end: 1050 }));
        assert_eq!(Stretch::read("20:00", "02:00"), Some(hours(20, 26)));
        assert_eq!(Stretch::read("00:00", "00:00"), Some(hours(0, 24)));
        assert_eq!(Stretch::read("", "02:00"), None);
        assert_eq!(hours(20, 26).write(), ("20:00".to_owned(), "02:00".to_owned()));
        assert!(hours(20, 26).is_overnight() && !hours(20, 24).is_overnight());
    }

    #[test]
    fn overlaps_count_once() {
        assert_eq!(total(&[hours(9, 12), hours(13, 17)]), 7 * 60);
        assert_eq!(total(&[hours(11, 14), hours(9, 12), hours(10, 11)]), 5 * 60);
    }

    #[test]
    fn a_pointer_takes_hold_of_what_is_near() {
        let day = [hours(9, 12), hours(13, 17)];
        assert_eq!(hold_at(&day, 9 * 60 - 10, 20), Hold::Start(0));
        assert_eq!(hold_at(&day, 12 * 60 + 10, 20), Hold::End(0));
        assert_eq!(hold_at(&day, 10 * 60, 20), Hold::Whole(0, 60));
        assert_eq!(hold_at(&day, 12 * 60 + 30, 20), Hold::Empty(12 * 60 + 30));
        let touching = [hours(9, 12), hours(12, 17)];
        assert_eq!(hold_at(&touching, 12 * 60 - 5, 20), Hold::End(0));
        assert_eq!(hold_at(&touching, 12 * 60 + 5, 20), Hold::Start(1));
        let short = [Stretch { start: 600, end: 630 }];
        assert_eq!(hold_at(&short, 615, 90), Hold::Whole(0, 15));
    }

    #[test]
    fn dragging_stops_at_neighbours() {
        let day = [hours(9, 12), hours(13, 17)];
        assert_eq!(dragged(&day, FREE, Hold::End(0), 800, STEP), Some(hours(9, 13)));
        assert_eq!(dragged(&day, FREE, Hold::Start(1), 0, STEP), Some(hours(12, 17)));
        assert_eq!(dragged(&day, FREE, Hold::Whole(0, 60), 0, STEP), Some(hours(0, 3)));
        assert_eq!(dragged(&day, FREE, Hold::Whole(0, 60), 2000, STEP), Some(hours(10, 13)));
        assert_eq!(dragged(&day, FREE, Hold::Start(0), 5000, STEP), Some(Stretch { start: 705, end: 720 }));
        let around = Around { spill: 120, next: 60 };
        assert_eq!(dragged(&day, around, Hold::Start(0), -50, STEP), Some(hours(2, 12)));
        assert_eq!(dragged(&day, around, Hold::End(1), 5000, STEP), Some(hours(13, 25)));
    }

    #[test]
    fn ends_go_into_the_next_day() {
        let day = [hours(20, 23)];
        assert_eq!(dragged(&day, FREE, Hold::End(0), 26 * 60 + 4, STEP), Some(hours(20, 26)));
        assert_eq!(
            dragged(&day, FREE, Hold::End(0), 26 * 60 + 4, FINE),
            Some(Stretch { start: 1200, end: 1565 })
        );
        assert_eq!(dragged(&day, FREE, Hold::End(0), 9999, STEP), Some(hours(20, 44)));
        assert_eq!(
            dragged(&day, FREE, Hold::Whole(0, 0), 9999, STEP),
            Some(Stretch { start: 1425, end: 1605 })
        );
    }

    #[test]
    fn empty_places_are_drawn_into() {
        let day = [hours(9, 12)];
        assert_eq!(dragged(&day, FREE, Hold::Empty(780), 783, STEP), None);
        assert_eq!(dragged(&day, FREE, Hold::Empty(780), 1020, STEP), Some(hours(13, 17)));
        assert_eq!(dragged(&day, FREE, Hold::Empty(780), 0, STEP), Some(hours(12, 13)));
        assert_eq!(hour_at(&day, FREE, 13 * 60 + 40), Some(hours(13, 14)));
        assert_eq!(hour_at(&day, FREE, 8 * 60 + 50), Some(hours(8, 9)));
        assert_eq!(hour_at(&[], FREE, 23 * 60 + 50), Some(hours(23, 24)));
    }
}
