//! The first visit must be light: the page and everything it names, as it goes over the wire.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::compress::sibling;

const LIMIT: u64 = 350_000;

/// Prints what a first visit loads and fails past the limit.
pub fn check(site: &Path) -> Result<()> {
    let page = fs::read_to_string(site.join("index.html"))?;
    let mut loads = vec!["index.html"];
    loads
        .extend(page.split('"').filter_map(|part| part.strip_prefix("/assets/").and(part.strip_prefix('/'))));
    loads.sort_unstable();
    loads.dedup();

    let mut total = 0;
    for name in loads {
        let size = on_the_wire(&site.join(name))?;
        total += size;
        println!("{:>9} {name}", kilobytes(size));
    }
    println!("{:>9} on a first visit; the limit is {}", kilobytes(total), kilobytes(LIMIT));
    ensure!(total <= LIMIT, "the first visit loads more than {}", kilobytes(LIMIT));
    Ok(())
}

fn on_the_wire(path: &Path) -> Result<u64> {
    let packed = sibling(path, "br");
    let path = if packed.exists() { &packed } else { path };
    Ok(fs::metadata(path).with_context(|| format!("{} is missing", path.display()))?.len())
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
