//! The first visit must be light: the page and everything it names, as it goes over the wire.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::compress::sibling;
use crate::pack::FIRST;

/// Remembers beside the site which pack each part of the app has. Its leading dot keeps it out of what is served.
pub const PACKS: &str = ".packs.json";

/// What no first visit may exceed, as a browser counts; `tests/browser/weight.test.js` lets one count.
const LIMIT: u64 = 350_000;

/// What the server says about each file.
const HEADERS: u64 = 255;

/// What the API answers when a page is opened, pictures of people included; home alone has more, and weighs the least.
const ANSWERS: u64 = 5_000;

/// Parts that hold words instead of pages: a visit loads one of them beside the part of its page.
pub const LANGUAGES: [&str; 2] = ["english", "german"];

/// How the names of parts end that are opened on a page: no visit begins there.
pub const LATER: &str = "later";

/// The style page, for developers.
const GALLERY: &str = "gallery";

/// Which styles parts have besides those of every page, by the folders in `styles/`.
const SHEETS: [(&str, &[&str]); 13] = [
    ("front", &["front"]),
    ("desk", &["agenda"]),
    ("agenda_later", &["overview"]),
    ("entry", &["desk"]),
    ("hours", &["agenda", "desk"]),
    ("payments", &["payments", "tables"]),
    ("person", &["person"]),
    ("preview", &["desk"]),
    ("profile", &["desk"]),
    ("services", &["desk"]),
    ("welcome", &["agenda", "desk"]),
    ("administration", &["admin", "desk", "front", "tables"]),
    (GALLERY, &["admin", "agenda", "desk", "front", "person", "tables"]),
];

/// What a first visit loads: files and their sizes on the wire.
type Visit = BTreeMap<String, u64>;

/// Says in one line what the heaviest first visit loads.
pub fn heaviest(site: &Path) -> Result<String> {
    let visits = visits(site)?;
    let (part, most) =
        visits.iter().max_by_key(|(_, loads)| total(loads)).context("there is no part to begin with")?;
    let (most, limit) = (kilobytes(total(most)), kilobytes(LIMIT));
    Ok(format!("The heaviest first visit, to {part}, loads {most}; the limit is {limit}"))
}

/// Prints what a first visit loads, wherever it begins.
pub fn list(site: &Path) -> Result<()> {
    for (part, loads) in visits(site)? {
        for (name, size) in &loads {
            println!("{:>9} {name}", kilobytes(*size));
        }
        let (total, limit) = (kilobytes(total(&loads)), kilobytes(LIMIT));
        println!("{total:>9} on a first visit to {part}; the limit is {limit}");
    }
    Ok(())
}

/// Fails where a first visit is past the limit, after saying what it loads.
pub fn check(site: &Path) -> Result<()> {
    let is_light = visits(site)?.values().all(|loads| total(loads) <= LIMIT);
    if !is_light {
        list(site)?;
    }
    ensure!(is_light, "{}", heaviest(site)?);
    Ok(())
}

/// The table of the styles that parts have besides those of every page, as scripts read it.
pub fn sheets() -> String {
    let rows = SHEETS.map(|(part, sheets)| {
        let sheets = sheets.iter().map(|sheet| format!("\"/assets/{sheet}.css\""));
        format!("\"{part}\": [{}]", sheets.collect::<Vec<_>>().join(", "))
    });
    format!("{{{}}}", rows.join(", "))
}

/// For each part of the app and each language the page, the files it names and those that its scripts name, less what
/// only other parts need.
fn visits(site: &Path) -> Result<BTreeMap<String, Visit>> {
    let page = named(&read(site, "index.html")?);
    let scripts = page.iter().filter(|name| name.ends_with(".js")).map(|name| Ok(named(&read(site, name)?)));
    let further = scripts.collect::<Result<Vec<_>>>()?;
    let table = read(site, PACKS)?;
    let packs: Vec<(&str, String)> = table.split(',').filter_map(pack).collect();
    let all: BTreeSet<&String> = page.iter().chain(further.iter().flatten()).collect();
    let visit = |part: &str, own: [&str; 2]| -> Result<Visit> {
        let of_another = |name: &&&String| {
            packs.iter().any(|(_, pack)| pack == **name && !own.contains(&pack.as_str()))
                || !is_styled_by(part, name)
        };
        let loaded = all.iter().filter(|name| !of_another(name)).map(|name| name.as_str());
        loaded
            .chain(["index.html"])
            .map(|name| Ok((name.to_owned(), HEADERS + on_the_wire(&site.join(name))?)))
            .chain([Ok(("answers of the API".to_owned(), ANSWERS))])
            .collect()
    };
    let first = packs.iter().filter_map(|(name, pack)| Some((name.strip_suffix(FIRST)?, pack)));
    let (words, pages): (Vec<_>, Vec<_>) = first.partition(|(part, _)| LANGUAGES.contains(part));
    let mut visits = BTreeMap::new();
    for (part, pack) in pages.into_iter().filter(|(part, _)| *part != GALLERY) {
        for (language, own) in &words {
            visits.insert(format!("{part} in {language}"), visit(part, [pack, own])?);
        }
    }
    Ok(visits)
}

/// Whether a part has this file, where it is a style sheet of some parts.
fn is_styled_by(part: &str, name: &str) -> bool {
    let is = |sheet: &str| name.starts_with(&format!("assets/{sheet}-")) && name.ends_with(".css");
    let of_some = SHEETS.iter().flat_map(|(_, sheets)| *sheets).any(|sheet| is(sheet));
    let own = SHEETS.iter().filter(|(known, _)| *known == part).flat_map(|(_, sheets)| *sheets);
    !of_some || own.into_iter().any(|sheet| is(sheet))
}

/// A row of the table of packs: `"part": "/assets/…"`.
fn pack(row: &str) -> Option<(&str, String)> {
    Some((row.split('"').nth(1)?, named(row).pop()?))
}

/// The assets that a text names.
fn named(text: &str) -> Vec<String> {
    let quoted = text.split('"').filter_map(|part| part.strip_prefix('/'));
    quoted.filter(|name| name.starts_with("assets/")).map(str::to_owned).collect()
}

fn read(site: &Path, name: &str) -> Result<String> {
    let path = site.join(name);
    fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))
}

fn total(loads: &Visit) -> u64 {
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
