//! From the compiled WebAssembly to a JavaScript module that loads it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::Mode;
use crate::inputs::{Files, files, hex, read};

/// What the compiler uses and every current browser knows; `wasm-opt` may use no more than that.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// `app.js`, `app_bg.wasm` and whatever snippets the crates brought along.
pub fn build(compiled: &Path, name: &str, web: &Path, mode: Mode) -> Result<Files> {
    let generated = compiled.join("generated").join(name);
    if generated.exists() {
        fs::remove_dir_all(&generated)?;
    }
    Bindgen::new()
        .input_path(compiled.join(name).with_extension("wasm"))
        .out_name("app")
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .remove_name_section(mode == Mode::Small)
        .generate(&generated)?;

    let mut module = files(&generated)?;
    if mode == Mode::Small {
        let plain = module.get("app_bg.wasm").context("wasm-bindgen made no app_bg.wasm")?;
        let smaller = optimise(plain, web, &compiled.join("optimised").join(name))?;
        module.insert("app_bg.wasm".to_owned(), smaller);
    }
    Ok(module)
}

/// `wasm-opt` for size. It takes a while, so its last result is kept and found again by what it was made from.
fn optimise(wasm: &[u8], web: &Path, kept: &Path) -> Result<Vec<u8>> {
    let made_from = Sha256::new().chain_update(FEATURES.concat()).chain_update(wasm).finalize();
    let result = kept.join(format!("{}.wasm", hex(&made_from)));
    if !result.exists() {
        if kept.exists() {
            fs::remove_dir_all(kept)?;
        }
        fs::create_dir_all(kept)?;
        let source = kept.join("source.wasm");
        let partial = kept.join("partial.wasm");
        fs::write(&source, wasm)?;
        let status = Command::new("node")
            .arg(web.join("node_modules/binaryen/bin/wasm-opt"))
            .args(FEATURES)
            .args(["-Oz", "-o"])
            .arg(&partial)
            .arg(&source)
            .status()
            .context("could not run wasm-opt: is Node.js installed?")?;
        ensure!(
            status.success(),
            "wasm-opt failed: {status} (is web/node_modules there? `npm ci` in web/ makes it)"
        );
        fs::rename(&partial, &result)?;
        fs::remove_file(&source)?;
    }
    read(&result)
}
