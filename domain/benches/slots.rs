//! What the slot engine costs: one provider, an hour's service, and the three things its time should be linear in.
//! `cargo bench -p domain`

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use domain::range::Range;
use domain::schedule::WeeklyWindow;
use domain::slots::{Facts, Limits, ServiceRules, Taken, check, next_free, slots};
use domain::zone::Zone;

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
/// Monday 5 October 2026 in Berlin, three weeks before the clocks change.
const MONDAY: i64 = 1_791_151_200;

struct Shape {
    days: i64,
    step: i64,
    busy: i64,
    hours: (u32, u32),
}

const TYPICAL: Shape = Shape { days: 31, step: 15 * MINUTE, busy: 200, hours: (9, 17) };

impl Shape {
    fn range(&self) -> Range {
        Range::new(MONDAY, MONDAY + self.days * DAY)
    }

    /// Bookings of half an hour, spread evenly over the days between 09:00 and 17:00, however many.
    fn facts(&self) -> Option<Facts> {
        let day = |start: u32, end: u32| {
            (0..7).map(move |day| WeeklyWindow { day, start: start * 3600, end: end % 24 * 3600 })
        };
        let taken = (0..self.busy).map(|n| {
            let (day, hour) = (n * self.days / self.busy, n * 8 * self.days / self.busy % 8);
            let start = MONDAY + day * DAY + (9 + hour) * HOUR;
            Taken {
                start,
                end: start + 30 * MINUTE,
                blocked_from: start,
                blocked_until: start + 30 * MINUTE,
                same_service: true,
                seats_taken: 1,
                capacity: 1,
            }
        });
        Some(Facts {
            zone: Zone::parse("Europe/Berlin").ok()?,
            now: MONDAY - DAY,
            weekly: day(self.hours.0, self.hours.1).collect(),
            exceptions: Vec::new(),
            taken: taken.collect(),
            busy: Vec::new(),
            service: ServiceRules {
                duration: HOUR,
                step: Some(self.step),
                buffer_before: 0,
                buffer_after: 0,
                capacity: 1,
                notice: 0,
                horizon_days: 90,
                limits: Limits::default(),
            },
            provider_limits: Limits::default(),
        })
    }
}

fn listing(criterion: &mut Criterion, group: &str, shapes: impl IntoIterator<Item = (String, u64, Shape)>) {
    let mut group = criterion.benchmark_group(group);
    for (name, size, shape) in shapes {
        let Some(facts) = shape.facts() else { continue };
        group.throughput(Throughput::Elements(size));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| slots(black_box(&facts), shape.range(), 1));
        });
    }
    group.finish();
}

fn month(criterion: &mut Criterion) {
    let day_and_night = Shape { hours: (0, 24), ..TYPICAL };
    let (Some(facts), Some(day_and_night)) = (TYPICAL.facts(), day_and_night.facts()) else { return };
    let provider_limits = Limits { per_day: Some(12), per_week: Some(60) };
    let with_limits = Facts { provider_limits, ..facts.clone() };
    let mut group = criterion.benchmark_group("month");
    group.bench_function("31 days, 15-minute step, 200 bookings", |bencher| {
        bencher.iter(|| slots(black_box(&facts), TYPICAL.range(), 1));
    });
    group.bench_function("the same with limits per day and week", |bencher| {
        bencher.iter(|| slots(black_box(&with_limits), TYPICAL.range(), 1));
    });
    group.bench_function("the same around the clock", |bencher| {
        bencher.iter(|| slots(black_box(&day_and_night), TYPICAL.range(), 1));
    });
    group.bench_function("check one start", |bencher| {
        bencher.iter(|| check(black_box(&facts), MONDAY + 10 * DAY + 11 * HOUR, 1));
    });
    group.bench_function("next free", |bencher| {
        bencher.iter(|| next_free(black_box(&facts), MONDAY, 1));
    });
    group.finish();
}

fn linearity(criterion: &mut Criterion) {
    let days = [7, 15, 31, 62]
        .map(|days| (format!("{days}"), days as u64, Shape { days, busy: days * 200 / 31, ..TYPICAL }));
    listing(criterion, "days", days);
    let busy =
        [100, 200, 400, 800, 1600].map(|busy| (format!("{busy}"), busy as u64, Shape { busy, ..TYPICAL }));
    listing(criterion, "busy", busy);
    let steps = [60, 30, 15, 5, 1].map(|minutes| {
        let candidates = 31 * 24 * 60 / minutes;
        let shape = Shape { step: minutes * MINUTE, hours: (0, 24), ..TYPICAL };
        (format!("{candidates}"), candidates as u64, shape)
    });
    listing(criterion, "candidates", steps);
}

criterion_group!(benches, month, linearity);
criterion_main!(benches);
