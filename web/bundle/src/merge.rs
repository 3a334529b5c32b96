//! Files of WebAssembly made one by Binaryen, through `merge.js`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};

use crate::inputs::{Files, read};
use crate::node;
use crate::optimise::optimise;

/// For each name one small file in place of those listed. `work` is a folder of its own.
pub fn merge(
    files: &Files,
    wanted: &BTreeMap<String, Vec<String>>,
    work: &Path,
    web: &Path,
) -> Result<Files> {
    let pieces = work.join("pieces");
    if pieces.exists() {
        fs::remove_dir_all(&pieces)?;
    }
    fs::create_dir_all(&pieces)?;
    let mut lists = Vec::<PathBuf>::new();
    for (name, members) in wanted {
        let mut paths = Vec::new();
        for member in members {
            let path = pieces.join(member);
            fs::write(&path, files.get(member).with_context(|| format!("there is no {member}"))?)?;
            paths.push(path.to_string_lossy().into_owned());
        }
        let list = pieces.join(name);
        fs::write(&list, paths.join("\n"))?;
        lists.push(list);
    }
    let workers = thread::available_parallelism().map_or(1, usize::from);
    node::run(&web.join("merge.js"), lists.chunks(lists.len().div_ceil(workers).max(1)))?;
    let mut merged = Files::new();
    for name in wanted.keys().map(|name| format!("{name}.wasm")) {
        merged.insert(name.clone(), read(&pieces.join(&name))?);
    }
    optimise(&mut merged, &work.join("optimised"), web)?;
    Ok(merged)
}
