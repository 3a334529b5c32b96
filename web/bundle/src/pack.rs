//! Packs: all files of a part of the app in one, which is one request instead of many and compresses better.
//!
//! A part has two. Whoever begins with it gets the one in which its files are merged, for a browser takes a millisecond for each,
//! however small. Whoever comes from another part has some of its files already, so there each stays by itself.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use crate::budget::LATER;
use crate::inputs::Files;

/// The script through which the app's own loader gets its files. It reads what [`pack`] writes.
const PIECES: &str = include_str!("pieces.js");

/// How the names of packs end with which a visit begins.
pub const FIRST: &str = ".first";

/// Which files a visit has in one, by the name of the pack: those of a part, and those of a language, which is always there
/// as well. What a part shares with any language comes with each of them, so that no file comes twice or is set up twice.
pub fn groups(parts: &BTreeMap<String, Vec<String>>, languages: &[&str]) -> BTreeMap<String, Vec<String>> {
    let begins = |part: &str| !part.ends_with(LATER);
    let (words, pages): (Vec<_>, Vec<_>) = parts
        .iter()
        .filter(|(part, _)| begins(part))
        .partition(|(part, _)| languages.contains(&part.as_str()));
    let all = |parts: &[(&String, &Vec<String>)]| -> BTreeSet<String> {
        parts.iter().flat_map(|(_, names)| names.iter().cloned()).collect()
    };
    let shared: BTreeSet<String> = all(&words).intersection(&all(&pages)).cloned().collect();
    let words = words.iter().map(|(part, names)| (part, &shared | &names.iter().cloned().collect()));
    let pages = pages.iter().map(|(part, names)| (part, &names.iter().cloned().collect() - &shared));
    let named =
        |(part, names): (_, BTreeSet<String>)| (format!("{part}{FIRST}"), names.into_iter().collect());
    words.chain(pages).filter(|(_, names)| !names.is_empty()).map(named).collect()
}

/// Where that is opened which comes later. What all of these pages have already stays out of its pack.
const OPENED_ON: [(&str, &[&str]); 7] = [
    ("agenda_later", &["desk"]),
    ("booked_later", &["booking"]),
    ("hours_later", &["hours"]),
    ("later", &["entry", "preview", "profile", "services", "welcome"]),
    ("money_later", &["front", "booking", "person", "desk"]),
    ("terms_later", &["booking"]),
    ("zone_later", &["booking", "person", "profile", "welcome"]),
];

/// The files in the pack of a part.
pub fn packed(part: &str, parts: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let pages = OPENED_ON.iter().find(|(later, _)| *later == part).map_or(&[][..], |(_, pages)| *pages);
    let there = |name: &String| {
        let mut pages = pages.iter().filter_map(|page| parts.get(*page)).peekable();
        pages.peek().is_some() && pages.all(|files| files.contains(name))
    };
    parts.get(part).into_iter().flatten().filter(|name| !there(name)).cloned().collect()
}

/// Puts these files one behind the other. A line of JSON before them tells lengths and names; what is merged has many.
pub fn pack(contents: &[(Vec<String>, &[u8])]) -> Vec<u8> {
    let quoted =
        |names: &[String]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",");
    let rows = contents.iter().map(|(names, content)| format!("[{},{}]", content.len(), quoted(names)));
    let mut packed = format!("[{}]\n", rows.collect::<Vec<_>>().join(",")).into_bytes();
    contents.iter().for_each(|(_, content)| packed.extend_from_slice(content));
    packed
}

/// A file by its name.
pub fn file<'a>(files: &'a Files, name: &str) -> Result<&'a [u8]> {
    Ok(files.get(name).with_context(|| format!("there is no {name}"))?)
}

/// What the loader needs besides its own.
const HELP: &str = r#"import { begin, instantiate, piece } from "./pieces.js";
function wrapPart(part, load) {
    return wrapAsyncCb(() => {
        begin(part);
        return load();
    });
}
"#;

/// Lets the loader `link` take its files out of packs, and begin to fetch the pack of a part before it asks for its files.
pub fn adopt(files: &mut Files, link: &str) -> Result<()> {
    let loader = files.get_mut(link).with_context(|| format!("there is no {link}"))?;
    *loader = adopted(std::str::from_utf8(loader)?)
        .with_context(|| format!("{link} loads in some other way than it used to"))?
        .into_bytes();
    files.insert("pieces.js".to_owned(), PIECES.as_bytes().to_vec());
    Ok(())
}

const INSTANTIATE: &str = "WebAssembly.instantiateStreaming(";

fn adopted(loader: &str) -> Option<String> {
    const PART: &str = "export const __wasm_split_load_";
    let (shared, parts) = loader.split_at(loader.find(PART)?);
    let mut ours = format!("{HELP}{shared}");
    for part in parts.split(PART).skip(1) {
        let (name, load) = part.split_once(" = wrapAsyncCb(makeLoad(")?;
        ours.push_str(&format!("{PART}{name} = wrapPart(\"{name}\", makeLoad({load}"));
    }
    let known = ours.contains("fetch(new URL(") && ours.contains(INSTANTIATE);
    known.then(|| ours.replace("fetch(new URL(", "piece(new URL(").replace(INSTANTIATE, "instantiate("))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_begins_with_packs() {
        let theirs = "function wrapAsyncCb() {}\nexport const __wasm_split_load_desk = wrapAsyncCb(makeLoad(() => { const \
                      src = fetch(new URL(\"./a.wasm\")); return (imports) => WebAssembly.instantiateStreaming(src, imports); }, [x]));\n";
        let ours = adopted(theirs).unwrap();
        assert!(
            ours.contains("_desk = wrapPart(\"desk\", makeLoad(() => { const src = piece(new URL("),
            "{ours}"
        );
        assert!(ours.contains("(imports) => instantiate(src, imports); }, [x]));"), "{ours}");
        assert_eq!(adopted("export const load = makeLoad()"), None);
    }

    #[test]
    fn a_pack_tells_where_each_file_lies() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let packed = pack(&[(names(&["b.wasm"]), b"\n2".as_slice()), (names(&["a.wasm", "c.wasm"]), b"one")]);
        assert_eq!(packed, b"[[2,\"b.wasm\"],[3,\"a.wasm\",\"c.wasm\"]]\n\n2one");
    }

    #[test]
    fn what_comes_later_has_only_what_its_pages_lack() {
        let names = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let parts = [("profile", "a b c"), ("welcome", "a c"), ("entry", "a d"), ("later", "a b c e")];
        let parts = parts.map(|(part, all)| (part.to_owned(), names(all))).into();
        assert_eq!(packed("later", &parts), names("b c e"));
        assert_eq!(packed("profile", &parts), names("a b c"));
    }

    #[test]
    fn a_visit_has_each_file_once_whatever_its_language() {
        let names = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let parts = [("desk", "a b c e"), ("english", "b d"), ("german", "b c f"), ("hours_later", "f g")];
        let parts = parts.map(|(part, all)| (part.to_owned(), names(all))).into();
        let expected = [("desk.first", "a e"), ("english.first", "b c d"), ("german.first", "b c f")];
        assert_eq!(
            groups(&parts, &["english", "german"]),
            expected.map(|(pack, all)| (pack.to_owned(), names(all))).into()
        );
    }
}
