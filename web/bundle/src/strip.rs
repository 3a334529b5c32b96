//! Leaves out of a WebAssembly file what only tools read: names, producers, features.

/// Without its custom sections. What is not well-formed stays as it is.
pub fn strip(wasm: &[u8]) -> Vec<u8> {
    stripped(wasm).unwrap_or_else(|| wasm.to_vec())
}

fn stripped(wasm: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    let mut kept = wasm.get(..HEADER)?.to_vec();
    let mut start = HEADER;
    while start < wasm.len() {
        let (length, after) = leb128(wasm, start + 1)?;
        let end = after.checked_add(length)?;
        let section = wasm.get(start..end)?;
        if section[0] != CUSTOM {
            kept.extend_from_slice(section);
        }
        start = end;
    }
    Some(kept)
}

/// An unsigned number and where the bytes after it begin.
fn leb128(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value, at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_others_stay() {
        let header = b"\0asm\x01\0\0\0";
        let wasm = [&header[..], &[0, 2, 1, 65], &[1, 1, 0], &[0, 1, 0]].concat();
        assert_eq!(strip(&wasm), [&header[..], &[1, 1, 0]].concat());
        assert_eq!(strip(b"\0asm\x01\0\0\0\x01\x7f"), b"\0asm\x01\0\0\0\x01\x7f");
    }
}
