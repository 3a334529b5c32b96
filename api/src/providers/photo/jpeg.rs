//! Whether a JPEG is all there. The decoder fills what is missing with grey.

const START_OF_SCAN: u8 = 0xda;
const END: [u8; 2] = [0xff, 0xd9];

/// Whether the picture has its end mark. Previews inside the head have end marks of their own, so the head is skipped.
pub fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, mark, high, low]) = bytes.get(at..at + 4) {
        if mark == START_OF_SCAN {
            return bytes[at..].windows(2).any(|pair| pair == END);
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
        // Marks may be preceded by filling.
        while bytes.get(at..at + 2) == Some(&[0xff, 0xff]) {
            at += 1;
        }
    }
    false
}
