//! Turns the compiled single-page app into the folder that the server serves: its parts, JavaScript bindings, hashed names,
//! pre-compressed siblings. With unchanged inputs it does nothing.
//!
//! Everything under `/assets/` in the result carries a hash of its content in its name and may be cached for ever; sources
//! name each other plainly (`/assets/style.css`) and the bundler puts the hashed names in.

mod app;
mod budget;
mod compress;
mod first;
mod inputs;
mod merge;
// Whole files of the app, of which little is needed here.
#[allow(dead_code)]
mod messages;
mod minify;
mod node;
mod optimise;
mod pack;
mod site;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::inputs::{Files, Inputs};
use crate::site::Site;

const USAGE: &str = "usage: bundle [--fast] [--list] COMPILED_FOLDER WEB_FOLDER OUT_FOLDER";

/// Stands in scripts for the table of the packs of the app's parts.
const PACKS: &str = "PACKS";

/// Stands in scripts for the table of the styles that parts of the app have besides those of every page.
const SHEETS: &str = "SHEETS";

/// The styles of every page in one.
const STYLE: &str = "style.css";

/// `Small` is what users get; `Fast` leaves out optimising and compressing, for those who iterate on the app.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Small,
    Fast,
}

fn main() -> ExitCode {
    match bundle() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bundle() -> Result<()> {
    let mut mode = Mode::Small;
    let mut list = false;
    let mut paths = Vec::new();
    for argument in env::args_os().skip(1) {
        if argument == "--fast" {
            mode = Mode::Fast;
        } else if argument == "--list" {
            list = true;
        } else {
            paths.push(PathBuf::from(argument));
        }
    }
    let [compiled, web, out] = paths.as_slice() else { bail!(USAGE) };

    let inputs = Inputs::read(compiled, web)?;
    let fingerprint = inputs.fingerprint(mode)?;
    if !site::is_current(out, &fingerprint) {
        make(&inputs, compiled, web, mode)?.write(out, &fingerprint, mode)?;
        if mode == Mode::Small {
            println!("{}", budget::heaviest(out)?);
        }
    }
    if list {
        budget::list(out)?;
    }
    if mode == Mode::Small { budget::check(out) } else { Ok(()) }
}

/// Every page has both scripts, so they come in one request.
fn join(scripts: &mut Files) {
    if let (Some(focus), Some(start)) = (scripts.remove("focus.js"), scripts.get_mut("start.js")) {
        start.splice(0..0, focus);
    }
}

fn make(inputs: &Inputs, compiled: &Path, web: &Path, mode: Mode) -> Result<Site> {
    let mut site = Site::default();
    for (name, content) in &inputs.assets {
        site.add_asset(name, content.clone());
    }
    let mut texts = inputs.scripts.clone();
    let sheets = inputs.stylesheets();
    texts.extend(sheets.clone());
    if mode == Mode::Small {
        minify::minify(&mut texts, &compiled.join("minified"), web)?;
    }
    for name in sheets.keys() {
        if let Some(style) = texts.remove(name) {
            site.add_asset(name, site.link(&String::from_utf8_lossy(&style))?.into_bytes());
        }
    }
    join(&mut texts);
    let program = app::build(compiled, web, mode).context("could not turn the app into web modules")?;
    site.add_folder("app", program.files);
    let packs = Site::table("app", &program.packs);
    let sheets = budget::sheets();
    site.add_page(budget::PACKS, site.link(&packs)?.into_bytes());
    for (name, script) in &texts {
        let script = String::from_utf8_lossy(script).replace(PACKS, &packs).replace(SHEETS, &sheets);
        site.add_asset(name, site.link(&script)?.into_bytes());
    }
    let pages = first::pages(&site.link(&inputs.page)?, &inputs.first)?;
    site.add_page("index.html", first::plain(&pages)?.into_bytes());
    for (name, page) in pages {
        // Their leading dot keeps them out of what is served as it lies there.
        site.add_page(&format!(".first/{name}.html"), page.into_bytes());
    }
    for (name, content) in &inputs.public {
        site.add_page(name, content.clone());
    }

    Ok(site)
}
