//! Packs: all files of a part of the app in one, which is one request instead of many and compresses better.

use anyhow::{Context, Result};

use crate::inputs::Files;

/// The script through which the app's own loader gets its files. It reads what [`pack`] writes.
const PIECES: &str = include_str!("pieces.js");

/// Puts these files one behind the other. A line of JSON before them tells names and lengths.
pub fn pack(files: &Files, names: &[String]) -> Result<Vec<u8>> {
    let content = |name: &String| files.get(name).with_context(|| format!("there is no {name}"));
    let contents = names.iter().map(content).collect::<Result<Vec<_>>>()?;
    let rows = names.iter().zip(&contents).map(|(name, content)| format!("[\"{name}\",{}]", content.len()));
    let mut packed = format!("[{}]\n", rows.collect::<Vec<_>>().join(",")).into_bytes();
    packed.extend(contents.into_iter().flatten());
    Ok(packed)
}

/// What the loader needs besides its own.
const HELP: &str = r#"import { begin, piece } from "./pieces.js";
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

fn adopted(loader: &str) -> Option<String> {
    const PART: &str = "export const __wasm_split_load_";
    let (shared, parts) = loader.split_at(loader.find(PART)?);
    let mut ours = format!("{HELP}{shared}");
    for part in parts.split(PART).skip(1) {
        let (name, load) = part.split_once(" = wrapAsyncCb(makeLoad(")?;
        ours.push_str(&format!("{PART}{name} = wrapPart(\"{name}\", makeLoad({load}"));
    }
    ours.contains("fetch(new URL(").then(|| ours.replace("fetch(new URL(", "piece(new URL("))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_begins_with_packs() {
        let theirs = "function wrapAsyncCb() {}\nexport const __wasm_split_load_desk = wrapAsyncCb(makeLoad(() => \
                      fetch(new URL(\"./a.wasm\")), [x]));\n";
        let ours = adopted(theirs).unwrap();
        assert!(
            ours.contains("_desk = wrapPart(\"desk\", makeLoad(() => piece(new URL(\"./a.wasm\")), [x]));"),
            "{ours}"
        );
        assert_eq!(adopted("export const load = makeLoad()"), None);
    }

    #[test]
    fn a_pack_tells_where_each_file_lies() {
        let files =
            Files::from([("a.wasm".to_owned(), b"one".to_vec()), ("b.wasm".to_owned(), b"\n2".to_vec())]);
        let packed = pack(&files, &["b.wasm".to_owned(), "a.wasm".to_owned()]).unwrap();
        assert_eq!(packed, b"[[\"b.wasm\",2],[\"a.wasm\",3]]\n\n2one");
        assert!(pack(&files, &["c.wasm".to_owned()]).is_err());
    }
}
