//! The text of a file that somebody sends: UTF-8, whatever program wrote it.
//!
//! A byte-order mark is skipped and a carriage return alone ends a line, for every format. Another
//! encoding is refused and never guessed at. Deliberately not here: what the text means.

use std::borrow::Cow;

/// Bytes that are not UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {found:?}")]
pub struct NotText {
    /// The line of the first byte that is not, from 1.
    pub line: usize,
    /// What it is instead.
    pub found: Encoding,
}

/// What a file is in that is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, which spreadsheets call “Unicode text”.
    Utf16,
    /// Something else, such as Windows-1252.
    Other,
}

/// Bytes as text, without its byte-order mark, each line ended by `\n` or `\r\n`.
///
/// # Errors
/// [`NotText`].
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, NotText> {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if marked || looks_like_utf16(bytes) {
        let found = Encoding::Utf16;
        return Err(NotText { line: 1, found });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(plain(text)),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(NotText {
                line: 1 + line_ends(good),
                found: Encoding::Other,
            })
        }
    }
}

/// A text without its byte-order mark, each line ended by `\n` or `\r\n`.
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut after = text.as_bytes().windows(2);
    if text.ends_with('\r') || after.any(|two| matches!(two, [b'\r', next] if *next != b'\n')) {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Every other byte of Latin text in UTF-16 is nought; text in UTF-8 has none.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let noughts = start.iter().filter(|byte| **byte == 0).count();
    noughts > 0 && noughts * 4 >= start.len()
}

fn line_ends(bytes: &[u8]) -> usize {
    let of = |end: u8| bytes.iter().filter(|byte| **byte == end).count();
    let both = bytes.windows(2).filter(|two| *two == b"\r\n").count();
    of(b'\n') + of(b'\r') - both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_skipped_and_every_kind_of_line_end_is_one() {
        for bytes in ["a\nb\n", "\u{feff}a\nb\n", "a\rb\r", "\u{feff}a\rb\n"] {
            assert_eq!(text(bytes.as_bytes()).unwrap(), "a\nb\n", "{bytes:?}");
        }
        assert_eq!(text(b"a\r\nb\r\n").unwrap(), "a\r\nb\r\n");
        assert_eq!(text(b"a\r\nb\rc").unwrap(), "a\nb\nc");
        assert_eq!(text(b"").unwrap(), "");
        assert_eq!(text(b"\n").unwrap(), "\n");
    }

    #[test]
    fn another_encoding_is_named_and_never_guessed_at() {
        let wide = |mark: &[u8], order: fn(u16) -> [u8; 2]| {
            let units = "name\tplace\r\nBea\tÓ".encode_utf16();
            [mark.to_vec(), units.flat_map(order).collect()].concat()
        };
        for bytes in [
            wide(&[0xff, 0xfe], u16::to_le_bytes),
            wide(&[0xfe, 0xff], u16::to_be_bytes),
            wide(&[], u16::to_le_bytes),
            wide(&[], u16::to_be_bytes),
        ] {
            let found = Encoding::Utf16;
            assert_eq!(text(&bytes), Err(NotText { line: 1, found }));
        }
        for bytes in [&b"a\nb\n\xa3"[..], b"a\r\nb\r\n\xa3", b"a\rb\r\xa3"] {
            let found = Encoding::Other;
            assert_eq!(text(bytes), Err(NotText { line: 3, found }));
        }
    }
}
