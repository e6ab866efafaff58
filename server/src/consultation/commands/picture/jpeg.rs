//! A JPEG (ITU-T T.81, B.1.1.3) with the segments that draw it and no others.

use super::exif::Orientation;
use super::size::Size;
use crate::consultation::commands::uploaded::DocumentRefused;

/// A JPEG with nothing but its picture.
#[derive(Debug)]
pub(super) struct Read {
    pub bytes: Vec<u8>,
    /// Which way up it was said to be.
    pub orientation: Orientation,
}

/// The parts that draw it.
///
/// # Errors
/// That it is no whole JPEG of a kind that browsers show, or too large.
pub(super) fn clean(
    bytes: &[u8],
    bounded: impl FnOnce(Size) -> Result<(), DocumentRefused>,
) -> Result<Read, DocumentRefused> {
    let mut parts = Parts {
        bytes,
        at: 2,
        out: vec![0xff, 0xd8],
        size: None,
        orientation: None,
    };
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return Err(DocumentRefused::WrongKind);
    }
    // The size stands before the first pixel: it is asked before anything is made of it.
    let mut bounded = Some(bounded);
    loop {
        let ends = parts.next().ok_or(DocumentRefused::WrongKind)?;
        if let Some(size) = parts.size
            && let Some(bounded) = bounded.take()
        {
            bounded(size)?;
        }
        if ends {
            return Ok(Read {
                bytes: parts.out,
                orientation: parts.orientation.unwrap_or_default(),
            });
        }
    }
}

struct Parts<'a> {
    bytes: &'a [u8],
    at: usize,
    out: Vec<u8>,
    size: Option<Size>,
    orientation: Option<Orientation>,
}

impl Parts<'_> {
    /// Takes the next part; says whether it is the end. None where there is none that may stand here.
    fn next(&mut self) -> Option<bool> {
        let at = self.at;
        let marker = *self
            .bytes
            .get(at + 1)
            .filter(|_| self.bytes.get(at) == Some(&0xff))?;
        match marker {
            // Fill byte before a marker.
            0xff => {
                self.at += 1;
                return Some(false);
            }
            0xd9 => {
                self.out.extend_from_slice(&[0xff, 0xd9]);
                // A file of tables alone draws nothing.
                return self.size.map(|_| true);
            }
            _ => {}
        }
        let length = self.bytes.get(at + 2..at + 4)?.try_into().ok()?;
        let end = at + 2 + usize::from(u16::from_be_bytes(length)).max(2);
        let data = self.bytes.get(at + 4..end)?;
        self.at = end;
        match marker {
            0xe0 => self.jfif(data),
            0xe1 if self.orientation.is_none() => self.orientation = Orientation::read(data),
            0xee => {
                // Which colours there are; nothing else of Adobe's is as long as this.
                if let Some(colours) = data.get(..12).filter(|data| data.starts_with(b"Adobe")) {
                    self.keep(marker, colours);
                }
            }
            // Baseline, extended and progressive, once; no browser draws the others.
            0xc0..=0xc2 => {
                let size = frame(data)?;
                if self.size.replace(size).is_some() {
                    return None;
                }
                self.keep(marker, data);
            }
            0xc3 | 0xc5..=0xcf => return None,
            0xc4 | 0xdb | 0xdd => self.keep(marker, data),
            0xda => {
                self.size?;
                let components = usize::from(*data.first()?);
                if data.len() != 4 + 2 * components {
                    return None;
                }
                self.keep(marker, data);
                self.scan()?;
            }
            _ => {}
        }
        Some(false)
    }

    fn keep(&mut self, marker: u8, data: &[u8]) {
        self.out.extend_from_slice(&[0xff, marker]);
        // It came in a segment, so its length fits one.
        let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX);
        self.out.extend_from_slice(&length.to_be_bytes());
        self.out.extend_from_slice(data);
    }

    /// Version and density; the thumbnail is left out.
    fn jfif(&mut self, data: &[u8]) {
        if let Some(head) = data.get(..12).filter(|data| data.starts_with(b"JFIF\0"))
            && self.out.len() == 2
        {
            let mut kept = head.to_vec();
            kept.extend_from_slice(&[0, 0]);
            self.keep(0xe0, &kept);
        }
    }

    /// Copies coded pixels up to the next marker that ends them.
    fn scan(&mut self) -> Option<()> {
        loop {
            let here = *self.bytes.get(self.at)?;
            let next = self.bytes.get(self.at + 1).copied();
            // A stuffed byte or a restart marker is part of the pixels.
            let inside = here != 0xff || matches!(next, Some(0x00 | 0xd0..=0xd7));
            if !inside {
                return Some(());
            }
            self.out.push(here);
            self.at += 1;
        }
    }
}

/// The size that the head of a frame says, where it is as long as it has to be.
fn frame(data: &[u8]) -> Option<Size> {
    let two = |at: usize| {
        let bytes = data.get(at..at + 2)?.try_into().ok()?;
        Some(u32::from(u16::from_be_bytes(bytes)))
    };
    let components = usize::from(*data.get(5)?);
    (data.len() == 6 + 3 * components).then_some(())?;
    Some(Size {
        height: two(1)?,
        width: two(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{exif, segment};
    use super::*;

    fn file(parts: &[Vec<u8>], end: &[u8]) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8];
        file.extend(parts.concat());
        file.extend_from_slice(end);
        file
    }

    fn size_of(width: u16, height: u16) -> Vec<u8> {
        let mut data = vec![8];
        data.extend(height.to_be_bytes());
        data.extend(width.to_be_bytes());
        data.extend([1, 1, 0x11, 0]);
        data
    }

    const HEAD: &[u8] = &[1, 1, 0, 0, 63, 0];
    const PIXELS: &[u8] = b"pix\xff\x00els\xff\xd0more\xff\xd9";

    fn cleaned(file: &[u8]) -> Option<Read> {
        clean(file, |_| Ok(())).ok()
    }

    #[test]
    fn a_jpeg_loses_where_it_was_taken_its_words_its_thumbnails_and_its_tail() {
        let mut jfif = b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\x01\x01".to_vec();
        jfif.extend(b"THU");
        let mut gps = exif(6, true);
        gps.extend(b"52.6N 1.3E and a thumbnail");
        let parts = [
            segment(0xe0, &jfif),
            segment(0xe0, b"JFXX\0\x13thumb of another kind"),
            segment(0xe1, &gps),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>a creator"),
            segment(0xe2, b"MPF\0more pictures"),
            segment(0xed, b"Photoshop 3.0\0caption"),
            segment(0xee, b"Adobe\0\x64\0\0\0\0\x01 hidden"),
            segment(0xfe, b"a comment"),
            segment(0xdb, b"table"),
            segment(0xc0, &size_of(20, 10)),
            segment(0xda, HEAD),
        ];
        let file = file(&parts, &[PIXELS, b"<html>"].concat());
        let read = cleaned(&file).expect("a picture");
        let text = String::from_utf8_lossy(&read.bytes).into_owned();
        for kept in ["JFIF", "Adobe", "table", "els", "more"] {
            assert!(text.contains(kept), "{kept}");
        }
        for gone in [
            "52.6N", "Exif", "THU", "thumb", "xmpmeta", "creator", "MPF", "caption", "hidden",
            "comment", "html",
        ] {
            assert!(!text.contains(gone), "{gone}");
        }
        assert_eq!(Some(read.orientation), Orientation::read(&exif(6, true)));
        let again = cleaned(&read.bytes).expect("still a picture");
        assert_eq!(again.bytes, read.bytes, "nothing is left to take away");
    }

    #[test]
    fn its_size_is_asked_before_its_pixels_are_looked_at() {
        let parts = [segment(0xc2, &size_of(300, 7)), segment(0xda, HEAD)];
        let whole = file(&parts, PIXELS);
        let mut asked = None;
        let refused = clean(&whole, |size| {
            asked = Some(size);
            Err(DocumentRefused::TooManyPixels)
        });
        assert_eq!(refused.err(), Some(DocumentRefused::TooManyPixels));
        let size = Size {
            width: 300,
            height: 7,
        };
        assert_eq!(asked, Some(size));
    }

    #[test]
    fn what_is_no_whole_jpeg_is_none() {
        let whole = file(
            &[segment(0xc0, &size_of(2, 2)), segment(0xda, HEAD)],
            PIXELS,
        );
        assert!(cleaned(&whole).is_some());
        for end in 0..whole.len() {
            assert!(cleaned(&whole[..end]).is_none(), "{end}");
        }
        let twice = [0xc0, 0xc0].map(|marker| segment(marker, &size_of(2, 2)));
        let long = [size_of(2, 2), b"hidden".to_vec()].concat();
        for wrong in [
            file(&[segment(0xda, HEAD)], PIXELS),
            file(&twice, PIXELS),
            file(&[segment(0xc0, &long)], &[0xff, 0xd9]),
            file(&[segment(0xc3, &size_of(2, 2))], &[0xff, 0xd9]),
            file(&[segment(0xdb, b"table")], &[0xff, 0xd9]),
        ] {
            assert!(cleaned(&wrong).is_none());
        }
    }
}
