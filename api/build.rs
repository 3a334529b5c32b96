//! Looks after the folder of the single-page app, which a release binary carries inside.

use std::{env, fs, io};

fn main() -> io::Result<()> {
    fs::create_dir_all("../web/dist")?;
    // Development builds read the folder when they run and need not be compiled again.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../web/dist");
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
    Ok(())
}
