//! What the bundle is made of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::Mode;

/// Files by their name below the folder they were read from, always with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What works on the others.
const TOOLS: [&str; 4] = ["merge.js", "minify.js", "optimise.js", "package-lock.json"];

/// Every file that decides what the bundle looks like.
pub struct Inputs {
    program: Vec<u8>,
    styles: Files,
    /// Fonts and pictures, which get hashed names.
    pub assets: Files,
    /// Small scripts that start the app.
    pub scripts: Files,
    /// Files that keep their name and lie at the root of the site.
    pub public: Files,
    /// What stands on pages before the program is there.
    pub first: Files,
    /// The page around it.
    pub page: String,
    /// What works on the others.
    tools: Files,
}

impl Inputs {
    /// Reads what was compiled and the sources in `web`.
    pub fn read(compiled: &Path, web: &Path) -> Result<Self> {
        Ok(Self {
            program: read(&compiled.join("app.wasm"))?,
            styles: files(&web.join("styles"))?,
            assets: files(&web.join("assets"))?,
            scripts: files(&web.join("scripts"))?,
            public: files(&web.join("public"))?,
            first: files(&web.join("first"))?,
            page: String::from_utf8(read(&web.join("index.html"))?)?,
            tools: TOOLS
                .iter()
                .map(|name| Ok(((*name).to_owned(), read(&web.join(name))?)))
                .collect::<Result<_>>()?,
        })
    }

    /// Each folder of style sheets in one, in the order of their names: `desk.css` of those in `desk/`, `style.css` of the others.
    pub fn stylesheets(&self) -> Files {
        let mut sheets = Files::from([(crate::STYLE.to_owned(), Vec::new())]);
        for (name, content) in &self.styles {
            let sheet = match name.split_once('/') {
                Some((folder, _)) => format!("{folder}.css"),
                None => crate::STYLE.to_owned(),
            };
            sheets.entry(sheet).or_default().extend(content);
        }
        sheets
    }

    /// Tells two sets of inputs apart; a changed bundler counts as a changed input.
    pub fn fingerprint(&self, mode: Mode) -> Result<String> {
        let mut all = Sha256::new();
        let mut add = |name: &str, content: &[u8]| {
            all.update(name);
            all.update((content.len() as u64).to_le_bytes());
            all.update(content);
        };
        add(&format!("{mode:?}"), &read(&env::current_exe()?)?);
        add("page", self.page.as_bytes());
        add("program", &self.program);
        let folders = [&self.styles, &self.first, &self.scripts, &self.assets, &self.public, &self.tools];
        for (name, content) in folders.into_iter().flatten() {
            add(name, content);
        }
        Ok(hex(&all.finalize()))
    }
}

/// The bytes of one file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

/// All files below `folder`; none when it does not exist.
pub fn files(folder: &Path) -> Result<Files> {
    let mut found = Files::new();
    let mut waiting: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(place) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&place) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
                found.insert(name, read(&path)?);
            }
        }
    }
    Ok(found)
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
