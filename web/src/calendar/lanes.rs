use super::Span;

/// Side by side what overlaps: for each time, its lane and how many lanes there are where it stands. Times want to be
/// sorted by their start.
pub fn lanes(times: &[Span]) -> Vec<(usize, usize)> {
    let mut placed = vec![(0, 1); times.len()];
    let mut ends: Vec<i64> = Vec::new();
    let mut group = 0;
    for (index, time) in times.iter().enumerate() {
        // Whatever went before is over: a new group begins.
        if ends.iter().all(|end| *end <= time.from) {
            close(&mut placed[group..index], ends.len());
            group = index;
            ends.clear();
        }
        let free = ends.iter().position(|end| *end <= time.from);
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = time.until,
            None => ends.push(time.until),
        }
        placed[index].0 = lane;
    }
    close(&mut placed[group..], ends.len());
    placed
}

fn close(group: &mut [(usize, usize)], lanes: usize) {
    for place in group {
        place.1 = lanes.max(1);
    }
}
