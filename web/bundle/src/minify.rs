//! Scripts and style sheets made small by esbuild, through `minify.js`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::inputs::{Files, read};
use crate::node;

/// Makes all scripts and style sheets among the files small, by way of the folder `work`.
pub fn minify(files: &mut Files, work: &Path, web: &Path) -> Result<()> {
    let is_text = |name: &str| name.ends_with(".js") || name.ends_with(".css");
    let mut texts: Vec<_> = files.iter_mut().filter(|(name, _)| is_text(name)).collect();
    let paths: Vec<_> = texts.iter().map(|(name, _)| work.join(name)).collect();
    for ((_, content), path) in texts.iter().zip(&paths) {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, content).with_context(|| format!("could not write {}", path.display()))?;
    }
    node::run(&web.join("minify.js"), [paths.as_slice()].into_iter())?;
    for ((_, content), path) in texts.iter_mut().zip(&paths) {
        **content = read(path)?;
    }
    Ok(())
}
