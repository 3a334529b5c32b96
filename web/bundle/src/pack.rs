//! Packs: all files of a part of the app in one, which is one request instead of many and compresses better.

use anyhow::{Context, Result, ensure};

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

/// Lets the loader `link` take its files out of packs.
pub fn adopt(files: &mut Files, link: &str) -> Result<()> {
    let loader = files.get_mut(link).with_context(|| format!("there is no {link}"))?;
    let text = std::str::from_utf8(loader)?;
    ensure!(text.contains("fetch(new URL("), "{link} fetches in some other way than it used to");
    let ours = format!(
        "import {{ piece }} from \"./pieces.js\";\n{}",
        text.replace("fetch(new URL(", "piece(new URL(")
    );
    *loader = ours.into_bytes();
    files.insert("pieces.js".to_owned(), PIECES.as_bytes().to_vec());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_tells_where_each_file_lies() {
        let files =
            Files::from([("a.wasm".to_owned(), b"one".to_vec()), ("b.wasm".to_owned(), b"\n2".to_vec())]);
        let packed = pack(&files, &["b.wasm".to_owned(), "a.wasm".to_owned()]).unwrap();
        assert_eq!(packed, b"[[\"b.wasm\",2],[\"a.wasm\",3]]\n\n2one");
        assert!(pack(&files, &["c.wasm".to_owned()]).is_err());
    }
}
