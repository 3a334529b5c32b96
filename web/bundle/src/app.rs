//! From the compiled WebAssembly to a JavaScript module that loads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::budget::LANGUAGES;
use crate::inputs::{Files, files, read};
use crate::merge::merge;
use crate::minify::minify;
use crate::optimise::optimise;
use crate::{Mode, pack};

/// The script that fetches the parts.
const LINK: &str = "parts.js";

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
        optimise(&mut module, &compiled.join("optimised"), web)?;
    }
    pack::adopt(&mut module, LINK)?;
    if mode == Mode::Small {
        minify(&mut module, &compiled.join("minified"), web)?;
    }
    let parts: BTreeMap<String, Vec<String>> = made
        .prefetch_map
        .into_iter()
        .map(|(part, names)| (part, names.iter().map(|name| format!("{name}.wasm")).collect()))
        .collect();
    let mut packs = BTreeMap::new();
    for part in parts.keys() {
        let names = pack::packed(part, &parts);
        let contents = names.iter().map(|name| Ok((vec![name.clone()], pack::file(&module, name)?)));
        let packed = pack::pack(&contents.collect::<Result<Vec<_>>>()?);
        packs.insert(part.clone(), (format!("{part}.pack"), packed));
    }
    if mode == Mode::Small {
        let groups = pack::groups(&parts, &LANGUAGES);
        let merged = merge(&module, &groups, &compiled.join("merged"), web)?;
        for (name, members) in groups {
            let content = pack::file(&merged, &format!("{name}.wasm"))?;
            let packed = pack::pack(&[(members, content)]);
            packs.insert(name.clone(), (format!("{name}.pack"), packed));
        }
    }
    let names = packs.iter().map(|(part, (name, _))| (part.clone(), name.clone())).collect();
    module.extend(packs.into_values());
    let packs = names;
    Ok(Program { files: module, packs })
}
