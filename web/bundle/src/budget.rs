//! The first visit must be light: the page and everything it names, as it goes over the wire.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::compress::sibling;

const LIMIT: u64 = 350_000;

/// Prints what a first visit loads.
pub fn report(site: &Path) -> Result<()> {
    let loads = first_visit(site)?;
    for (name, size) in &loads {
        println!("{:>9} {name}", kilobytes(*size));
    }
    println!("{:>9} on a first visit; the limit is {}", kilobytes(total(&loads)), kilobytes(LIMIT));
    Ok(())
}

/// Fails past the limit.
pub fn check(site: &Path) -> Result<()> {
    let total = total(&first_visit(site)?);
    ensure!(total <= LIMIT, "a first visit loads {}, more than {}", kilobytes(total), kilobytes(LIMIT));
    Ok(())
}

/// The page and the files it names, with their sizes.
fn first_visit(site: &Path) -> Result<BTreeMap<String, u64>> {
    let page = fs::read_to_string(site.join("index.html"))?;
    let named =
        page.split('"').filter_map(|part| part.strip_prefix('/')).filter(|name| name.starts_with("assets/"));
    named.chain(["index.html"]).map(|name| Ok((name.to_owned(), on_the_wire(&site.join(name))?))).collect()
}

fn total(loads: &BTreeMap<String, u64>) -> u64 {
    loads.values().sum()
}

fn on_the_wire(path: &Path) -> Result<u64> {
    let packed = sibling(path, "br");
    let path = if packed.exists() { &packed } else { path };
    Ok(fs::metadata(path).with_context(|| format!("{} is missing", path.display()))?.len())
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
