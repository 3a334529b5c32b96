//! Pre-compressed siblings: the server hands them out as they are.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Formats that are compressed already.
const PACKED: [&str; 6] = ["woff2", "png", "jpg", "jpeg", "webp", "avif"];

/// Writes `path.br` and `path.gz`, each only where it saves something.
pub fn beside(path: &Path, content: &[u8]) -> Result<()> {
    if path.extension().is_some_and(|extension| PACKED.iter().any(|packed| extension == *packed)) {
        return Ok(());
    }
    let mut brotli = Vec::new();
    let parameters =
        BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut brotli, &parameters)?;

    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content)?;

    for (suffix, packed) in [("br", brotli), ("gz", gzip.finish()?)] {
        if packed.len() < content.len() {
            fs::write(sibling(path, suffix), packed)?;
        }
    }
    Ok(())
}

/// `index.html` → `index.html.br`.
pub fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}
