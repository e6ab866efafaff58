//! A picture without what a camera or a program wrote into it: place, time, owner, thumbnails.
//!
//! Only the parts that draw it are kept: of a PNG the chunks for size, colours and pixels (PNG
//! specification, 11), of a JPEG every segment but comments and application data other than JFIF
//! and Adobe's (ITU-T T.81, B.1.1.3). What follows the end of the picture is dropped, so a file
//! that is two things at once is one thing afterwards. Not here: pixels.

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const CHUNKS: [&[u8; 4]; 10] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"sBIT", b"bKGD",
];

/// The bytes that draw the picture; none where it is no whole PNG or JPEG.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    if let Some(rest) = bytes.strip_prefix(PNG) {
        png(rest)
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        jpeg(bytes)
    } else {
        None
    }
}

fn png(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = PNG.to_vec();
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let kind: &[u8; 4] = rest.get(4..8)?.try_into().ok()?;
        // Length, kind, data, checksum.
        let chunk = rest.get(..length.checked_add(12)?)?;
        if CHUNKS.contains(&kind) {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
        rest = rest.get(chunk.len()..)?;
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xff))?;
        match marker {
            // Fill byte before a marker.
            0xff => at += 1,
            0xd9 => {
                out.extend_from_slice(&[0xff, 0xd9]);
                return Some(out);
            }
            _ => {
                let length = usize::from(u16::from_be_bytes(
                    bytes.get(at + 2..at + 4)?.try_into().ok()?,
                ));
                let end = at.checked_add(2)?.checked_add(length.max(2))?;
                let segment = bytes.get(at..end)?;
                let adobe = marker == 0xee && segment.get(4..9) == Some(b"Adobe");
                let extra = matches!(marker, 0xe1..=0xef | 0xfe) && !adobe;
                if !extra {
                    out.extend_from_slice(segment);
                }
                at = end;
                if marker == 0xda {
                    at = scan(bytes, at, &mut out)?;
                }
            }
        }
    }
}

/// Copies coded pixels up to the next marker that ends them; gives its place.
fn scan(bytes: &[u8], from: usize, out: &mut Vec<u8>) -> Option<usize> {
    let mut at = from;
    loop {
        let here = *bytes.get(at)?;
        let next = bytes.get(at + 1).copied();
        // A stuffed byte or a restart marker is part of the pixels.
        let inside = here != 0xff || matches!(next, Some(0x00 | 0xd0..=0xd7));
        if !inside {
            return Some(at);
        }
        out.push(here);
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let mut out = (data.len() as u32).to_be_bytes().to_vec();
        out.extend_from_slice(kind);
        out.extend_from_slice(data);
        out.extend_from_slice(&[0; 4]);
        out
    }

    #[test]
    fn a_png_keeps_its_pixels_and_loses_its_words_and_its_tail() {
        let mut file = PNG.to_vec();
        for (kind, data) in [
            (b"IHDR", &b"size"[..]),
            (b"tEXt", b"Author: somebody"),
            (b"eXIf", b"place"),
            (b"IDAT", b"pixels"),
            (b"IEND", b""),
        ] {
            file.extend(chunk(kind, data));
        }
        file.extend_from_slice(b"<script>alert(1)</script>");
        let clean = without_metadata(&file).expect("a picture");
        let text = String::from_utf8_lossy(&clean).into_owned();
        assert!(text.contains("pixels") && text.contains("size"));
        for gone in ["somebody", "place", "script"] {
            assert!(!text.contains(gone), "{gone}");
        }
        assert_eq!(without_metadata(file.get(..20).expect("a part")), None);
    }

    #[test]
    fn a_jpeg_loses_where_it_was_taken() {
        let mut file = vec![0xff, 0xd8];
        let mut segment = |marker: u8, data: &[u8]| {
            file.extend_from_slice(&[0xff, marker]);
            file.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
            file.extend_from_slice(data);
        };
        segment(0xe0, b"JFIF");
        segment(0xe1, b"Exif 52.6N 1.3E");
        segment(0xfe, b"a comment");
        segment(0xdb, b"table");
        segment(0xda, b"head");
        file.extend_from_slice(b"pix\xff\x00els\xff\xd0more\xff\xd9<html>");
        let clean = without_metadata(&file).expect("a picture");
        let text = String::from_utf8_lossy(&clean).into_owned();
        assert!(text.contains("JFIF") && text.contains("table") && text.contains("more"));
        for gone in ["52.6N", "comment", "html"] {
            assert!(!text.contains(gone), "{gone}");
        }
    }
}
