//! The first visit must be light: the page and everything it names, as it goes over the wire.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::PROGRAMS;
use crate::compress::sibling;

const LIMIT: u64 = 350_000;

/// Prints what a first visit loads, program by program.
pub fn report(site: &Path) -> Result<()> {
    for program in PROGRAMS {
        let loads = first_visit(site, program)?;
        for (name, size) in &loads {
            println!("{:>9} {name}", kilobytes(*size));
        }
        let (total, limit) = (kilobytes(total(&loads)), kilobytes(LIMIT));
        println!("{total:>9} on a first visit to the {program}; the limit is {limit}");
    }
    Ok(())
}

/// Fails past the limit.
pub fn check(site: &Path) -> Result<()> {
    for program in PROGRAMS {
        let total = total(&first_visit(site, program)?);
        let (found, limit) = (kilobytes(total), kilobytes(LIMIT));
        ensure!(total <= LIMIT, "a first visit to the {program} loads {found}, more than {limit}");
    }
    Ok(())
}

/// The page, the files it names and those that its scripts name, less those of other programs.
fn first_visit(site: &Path, program: &str) -> Result<BTreeMap<String, u64>> {
    let page = named(&site.join("index.html"))?;
    let scripts = page.iter().filter(|name| name.ends_with(".js")).map(|name| named(&site.join(name)));
    let further = scripts.collect::<Result<Vec<_>>>()?;
    let of = |name: &str, program: &str| name.starts_with(&format!("assets/{program}-"));
    let others = |name: &&String| !PROGRAMS.iter().any(|other| *other != program && of(name, other));
    let all: BTreeSet<&String> = page.iter().chain(further.iter().flatten()).filter(others).collect();
    let all = all.into_iter().map(String::as_str).chain(["index.html"]);
    all.map(|name| Ok((name.to_owned(), on_the_wire(&site.join(name))?))).collect()
}

/// The assets that a file names.
fn named(path: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let quoted = text.split('"').filter_map(|part| part.strip_prefix('/'));
    Ok(quoted.filter(|name| name.starts_with("assets/")).map(str::to_owned).collect())
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
