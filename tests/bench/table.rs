//! Samples, their median, and how they are shown.

/// One run.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Requests or transactions a second.
    pub per_second: f64,
    /// Seconds of the server's CPU time for each, where it is known.
    pub cpu: Option<f64>,
}

/// The median of each figure by itself.
pub fn median(samples: &[Sample]) -> Sample {
    let middle = |mut figures: Vec<f64>| {
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    };
    Sample {
        per_second: middle(samples.iter().map(|sample| sample.per_second).collect()).unwrap_or_default(),
        cpu: middle(samples.iter().filter_map(|sample| sample.cpu).collect()),
    }
}

/// Prints the runs of ours and of what they are measured by.
pub fn print(ours: (&str, &[Sample]), bare: (&str, &[Sample])) {
    println!();
    println!("{:<42} {:>10} {:>18}", "median of alternating runs", "a second", "server's CPU each");
    for (name, samples) in [ours, bare] {
        let median = median(samples);
        let cpu = median.cpu.map(|cpu| format!("{:.3} ms", cpu * 1000.0)).unwrap_or_default();
        println!("{name:<42} {:>10.0} {cpu:>18}", median.per_second);
    }
    // Each run beside its neighbour: what else the machine does slows both.
    let pairs = ours.1.iter().zip(bare.1);
    let ratios: Vec<_> = pairs
        .map(|(ours, bare)| Sample { per_second: ours.per_second / bare.per_second, cpu: None })
        .collect();
    let each: Vec<_> = ratios.iter().map(|ratio| format!("{:.0}", ratio.per_second * 100.0)).collect();
    let name = "throughput, ours of the other's";
    println!(
        "{name:<42} {:>8.0} % {:>20}",
        median(&ratios).per_second * 100.0,
        format!("({})", each.join(" "))
    );
}
