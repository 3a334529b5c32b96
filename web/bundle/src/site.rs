//! The site as it will lie on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::inputs::{Files, hex};
use crate::{Mode, compress};

/// Remembers beside the site what it was made from. Its leading dot keeps it out of what is served.
const FINGERPRINT: &str = ".made-from";

/// Files to write, and the hashed address of each asset by its plain one.
#[derive(Default)]
pub struct Site {
    files: Files,
    addresses: BTreeMap<String, String>,
}

/// Whether `out` was made from just these inputs.
pub fn is_current(out: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(out.join(FINGERPRINT)).is_ok_and(|made_from| made_from == fingerprint)
}

impl Site {
    /// A file that keeps its name.
    pub fn add_page(&mut self, name: &str, content: Vec<u8>) {
        self.files.insert(name.to_owned(), content);
    }

    /// A file whose address tells its content.
    pub fn add_asset(&mut self, name: &str, content: Vec<u8>) {
        let hash = short_hash([content.as_slice()]);
        let hashed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}-{hash}.{extension}"),
            None => format!("assets/{name}-{hash}"),
        };
        self.addresses.insert(format!("/assets/{name}"), format!("/{hashed}"));
        self.files.insert(hashed, content);
    }

    /// Files that refer to each other by relative paths: the hash goes into the name of their folder.
    pub fn add_folder(&mut self, name: &str, files: Files) {
        let hash = short_hash(files.values().map(Vec::as_slice));
        for (file, content) in files {
            let hashed = format!("assets/{name}-{hash}/{file}");
            self.addresses.insert(format!("/assets/{name}/{file}"), format!("/{hashed}"));
            self.files.insert(hashed, content);
        }
    }

    /// The files of a folder by other names, as a table in JSON: `{"name": "/assets/folder/file"}`.
    pub fn table(folder: &str, files: &BTreeMap<String, String>) -> String {
        let rows = files.iter().map(|(name, file)| format!("\"{name}\": \"/assets/{folder}/{file}\""));
        format!("{{{}}}", rows.collect::<Vec<_>>().join(", "))
    }

    /// Puts the hashed addresses into `text`; naming an asset that is not there is an error.
    pub fn link(&self, text: &str) -> Result<String> {
        let mut linked = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("/assets/") {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c: char| !is_address(c)).unwrap_or(from.len());
            let (plain, after) = from.split_at(end);
            let Some(hashed) = self.addresses.get(plain) else { bail!("there is no {plain}") };
            linked.push_str(before);
            linked.push_str(hashed);
            rest = after;
        }
        linked.push_str(rest);
        Ok(linked)
    }

    /// Replaces the folder `out`, so that a server reading from it never sees half a site for long.
    pub fn write(&self, out: &Path, fingerprint: &str, mode: Mode) -> Result<()> {
        let fresh = out.with_extension("new");
        remove(&fresh)?;
        for (name, content) in &self.files {
            let path = fresh.join(name);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, content)?;
            if mode == Mode::Small && !is_hidden(name) {
                compress::beside(&path, content)?;
            }
        }
        fs::write(fresh.join(FINGERPRINT), fingerprint)?;
        remove(out)?;
        fs::rename(&fresh, out).with_context(|| format!("could not write {}", out.display()))
    }
}

/// Whether the server keeps the file to itself: it is read as it is, and never sent.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|segment| segment.starts_with('.'))
}

fn is_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_')
}

fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut all = Sha256::new();
    for part in parts {
        all.update(part);
    }
    hex(&all.finalize()[..6])
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_become_hashed_ones() {
        let mut site = Site::default();
        site.add_asset("style.css", b"a {}".to_vec());
        site.add_folder("app", Files::from([("app.js".to_owned(), b"x".to_vec())]));
        let linked = site.link(r#"<link href="/assets/style.css"> import "/assets/app/app.js";"#).unwrap();
        let hash = short_hash([b"a {}".as_slice()]);
        assert!(linked.starts_with(&format!(r#"<link href="/assets/style-{hash}.css">"#)), "{linked}");
        assert!(linked.contains(r#"import "/assets/app-"#) && linked.ends_with(r#"/app.js";"#), "{linked}");
    }

    #[test]
    fn only_what_is_sent_as_it_lies_there_is_compressed() {
        let out = std::env::temp_dir().join(format!("bundle-site-{}", std::process::id()));
        let text = b"the same again and again, ".repeat(40);
        let mut site = Site::default();
        for name in ["index.html", ".first/home.en.html", ".packs.json"] {
            site.add_page(name, text.clone());
        }
        site.add_asset("style.css", text);
        site.write(&out, "", Mode::Small).unwrap();
        let written = crate::inputs::files(&out).unwrap();
        fs::remove_dir_all(&out).unwrap();
        let packed: Vec<_> = written.keys().filter_map(|name| name.strip_suffix(".br")).collect();
        let [style, page] = packed[..] else { panic!("{written:?}") };
        assert!(style.starts_with("assets/style-") && page == "index.html", "{packed:?}");
        assert!(written.contains_key(".first/home.en.html") && written.contains_key(".packs.json"));
    }

    #[test]
    fn an_unknown_asset_is_an_error() {
        assert!(Site::default().link("url(/assets/gone.svg)").is_err());
    }
}
