//! From the compiled WebAssembly to a JavaScript module that loads it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, ensure};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::inputs::{Files, files, hex, read};
use crate::strip::strip;
use crate::{Mode, pack};

/// Below this many bytes starting `wasm-opt` costs more than it saves.
const WORTHWHILE: usize = 2048;

/// The script that fetches the parts.
const LINK: &str = "parts.js";

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

/// The program as a module of the web, in files that refer to each other by relative paths.
pub struct Program {
    /// `app.js`, `app_bg.wasm`, the files of its parts, and whatever snippets the crates brought along.
    pub files: Files,
    /// The pack of each part.
    pub packs: BTreeMap<String, String>,
}

/// Splits the compiled program into its parts and makes the bindings to JavaScript.
pub fn build(compiled: &Path, web: &Path, mode: Mode) -> Result<Program> {
    let (split, bound) = (compiled.join("split"), compiled.join("bound"));
    for folder in [&split, &bound] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    let whole = read(&compiled.join("app.wasm"))?;
    let main = compiled.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &split;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    let link = format!("./{LINK}");
    options.link_name = &link;
    let made = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))?;

    Bindgen::new()
        .input_path(&main)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .keep_lld_exports(true)
        .demangle(false)
        .remove_producers_section(true)
        .remove_name_section(mode == Mode::Small)
        .generate(&bound)?;

    let mut module = files(&bound)?;
    module.extend(files(&split)?);
    if mode == Mode::Small {
        let kept = Kept::open(&compiled.join("optimised"))?;
        for (_, content) in module.iter_mut().filter(|(name, _)| name.ends_with(".wasm")) {
            *content = if content.len() < WORTHWHILE { strip(content) } else { kept.optimise(content, web)? };
        }
        kept.forget_the_rest()?;
    }
    pack::adopt(&mut module, LINK)?;
    let mut packs = BTreeMap::new();
    for (part, names) in made.prefetch_map {
        let names: Vec<_> = names.iter().map(|name| format!("{name}.wasm")).collect();
        let name = format!("{part}.pack");
        module.insert(name.clone(), pack::pack(&module, &names)?);
        packs.insert(part, name);
    }
    Ok(Program { files: module, packs })
}

/// What `wasm-opt` made before. It takes a while, so its results are kept and found again by what they were made from.
struct Kept {
    folder: PathBuf,
    used: RefCell<BTreeSet<PathBuf>>,
}

impl Kept {
    fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), used: RefCell::default() })
    }

    /// The same program for size.
    fn optimise(&self, wasm: &[u8], web: &Path) -> Result<Vec<u8>> {
        let made_from = Sha256::new().chain_update(FEATURES.concat()).chain_update(wasm).finalize();
        let result = self.folder.join(format!("{}.wasm", hex(&made_from)));
        if !result.exists() {
            let (source, partial) = (self.folder.join("source"), self.folder.join("partial"));
            fs::write(&source, wasm)?;
            let run = Command::new("node")
                .arg(web.join("node_modules/binaryen/bin/wasm-opt"))
                .args(FEATURES)
                .args(["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features", "-o"])
                .arg(&partial)
                .arg(&source)
                .output()
                .context("could not run wasm-opt: is Node.js installed?")?;
            ensure!(
                run.status.success(),
                "wasm-opt failed: {} (is web/node_modules there? `npm ci` in web/ makes it)\n{}",
                run.status,
                String::from_utf8_lossy(&run.stderr)
            );
            fs::rename(&partial, &result)?;
            fs::remove_file(&source)?;
        }
        let content = read(&result)?;
        self.used.borrow_mut().insert(result);
        Ok(content)
    }

    /// Removes what earlier programs left.
    fn forget_the_rest(self) -> Result<()> {
        let used = self.used.into_inner();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.is_dir() {
                fs::remove_dir_all(path)?;
            } else if !used.contains(&path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}
