//! WebAssembly made small by Binaryen, through `optimise.js`.
//!
//! It takes a while, so results are kept and found again by what they were made from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::inputs::{Files, hex, read};
use crate::node;

/// Makes all WebAssembly among the files small. `kept` is the folder of results; what earlier programs left there goes.
pub fn optimise(files: &mut Files, kept: &Path, web: &Path) -> Result<()> {
    fs::create_dir_all(kept)?;
    let script = web.join("optimise.js");
    let recipe = read(&script)?;
    let mut wanted = Vec::new();
    for (_, content) in files.iter_mut().filter(|(name, _)| name.ends_with(".wasm")) {
        let made_from = Sha256::new().chain_update(&recipe).chain_update(&*content).finalize();
        wanted.push((kept.join(hex(&made_from)).with_extension("small"), content));
    }
    let results: BTreeSet<_> = wanted.iter().map(|(result, _)| result.clone()).collect();
    forget_all_but(&results, kept)?;
    for (result, content) in wanted.iter().filter(|(result, _)| !result.exists()) {
        fs::write(result.with_extension("wasm"), content)?;
    }
    let missing: Vec<_> = results
        .iter()
        .filter(|result| !result.exists())
        .map(|result| result.with_extension("wasm"))
        .collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    node::run(&script, missing.chunks(missing.len().div_ceil(workers).max(1)))?;
    for (result, content) in wanted {
        *content = read(&result)?;
    }
    forget_all_but(&results, kept)
}

fn forget_all_but(results: &BTreeSet<PathBuf>, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !results.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
