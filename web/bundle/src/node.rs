//! Scripts of ours that Node.js runs, each over many files: starting it takes longer than most files do.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Runs `script` once for each group of files, all at the same time.
pub fn run<'a>(script: &Path, groups: impl Iterator<Item = &'a [PathBuf]>) -> Result<()> {
    let mut running = Vec::new();
    for files in groups {
        let process = Command::new("node").arg(script).args(files).stderr(Stdio::piped()).spawn();
        running.push(process.context("could not run node: is Node.js installed?")?);
    }
    for process in running {
        let run = process.wait_with_output()?;
        ensure!(
            run.status.success(),
            "{} failed: {} (is web/node_modules there? `npm ci` in web/ makes it)\n{}",
            script.display(),
            run.status,
            String::from_utf8_lossy(&run.stderr)
        );
    }
    Ok(())
}
