//! A JPEG (ITU-T T.81, B.1.1.3) with the segments that draw it and no others.

use super::exif::Orientation;
use super::profile;
use super::size::Size;
use crate::consultation::commands::uploaded::DocumentRefused;

/// A JPEG with nothing but its picture.
#[derive(Debug)]
pub(super) struct Read {
    pub bytes: Vec<u8>,
    /// Which way up it was said to be.
    pub orientation: Orientation,
    /// How large it is.
    pub size: Size,
    /// What its samples are.
    pub samples: Samples,
    /// Whether its pixels are drawn one over the other, so that all are needed before any is whole.
    pub in_passes: bool,
    /// What its colours are, if a profile says so.
    pub profile: Option<Vec<u8>>,
}

/// What the samples of a pixel are, as programs that draw it take them (libjpeg, `default_decompress_parms`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Samples {
    Grey,
    YCbCr,
    Rgb,
    /// Four inks, or three of them in other terms.
    Inks,
    /// No browser draws them.
    Others,
}

impl Samples {
    /// The colours as profiles call them.
    fn colours(self) -> Option<&'static [u8; 4]> {
        match self {
            Samples::Grey => Some(b"GRAY"),
            Samples::YCbCr | Samples::Rgb => Some(b"RGB "),
            Samples::Inks => Some(b"CMYK"),
            Samples::Others => None,
        }
    }
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
        frame: None,
        orientation: None,
        jfif: false,
        adobe: None,
        in_passes: false,
        profile: Vec::new(),
    };
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return Err(DocumentRefused::WrongKind);
    }
    // The size stands before the first pixel: it is asked before anything is made of it.
    let mut bounded = Some(bounded);
    loop {
        let ends = parts.next().ok_or(DocumentRefused::WrongKind)?;
        if let Some(frame) = &parts.frame
            && let Some(bounded) = bounded.take()
        {
            bounded(frame.size)?;
        }
        if ends {
            return parts.read().ok_or(DocumentRefused::WrongKind);
        }
    }
}

/// What a segment with a part of a profile begins with (ICC.1:2010, B.4).
const PROFILE: &[u8] = b"ICC_PROFILE\0";
/// The most bytes of a profile in one segment.
const MOST_OF_A_PROFILE: usize = 65_519;
/// The bytes of JFIF's head without a thumbnail.
const JFIF: usize = 14;

struct Parts<'a> {
    bytes: &'a [u8],
    at: usize,
    out: Vec<u8>,
    frame: Option<Frame>,
    orientation: Option<Orientation>,
    /// Whether it begins with JFIF's head.
    jfif: bool,
    /// What Adobe's segment says of its colours.
    adobe: Option<u8>,
    in_passes: bool,
    /// Parts of a profile: which of how many, and its bytes.
    profile: Vec<(u8, u8, &'a [u8])>,
}

/// What the head of a frame says.
struct Frame {
    size: Size,
    /// The names of its components.
    components: Vec<u8>,
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
                return self.frame.as_ref().map(|_| true);
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
            0xe2 => {
                if let Some([nth, of, part @ ..]) = data.strip_prefix(PROFILE) {
                    self.profile.push((*nth, *of, part));
                }
            }
            0xee => {
                // Which colours there are; nothing else of Adobe's is as long as this.
                if let Some(colours) = data.get(..12).filter(|data| data.starts_with(b"Adobe")) {
                    self.adobe = colours.last().copied();
                    self.keep(marker, colours);
                }
            }
            // Baseline, extended and progressive, once; no browser draws the others.
            0xc0..=0xc2 => {
                let frame = frame(data)?;
                if self.frame.replace(frame).is_some() {
                    return None;
                }
                self.in_passes = marker == 0xc2;
                self.keep(marker, data);
            }
            0xc3 | 0xc5..=0xcf => return None,
            0xc4 | 0xdb | 0xdd => self.keep(marker, data),
            0xda => {
                let frame = self.frame.as_ref()?;
                let components = usize::from(*data.first()?);
                if data.len() != 4 + 2 * components {
                    return None;
                }
                self.in_passes |= components < frame.components.len();
                self.keep(marker, data);
                self.scan()?;
            }
            _ => {}
        }
        Some(false)
    }

    fn keep(&mut self, marker: u8, data: &[u8]) {
        write(&mut self.out, marker, data);
    }

    /// Version and density; the thumbnail is left out.
    fn jfif(&mut self, data: &[u8]) {
        if let Some(head) = data.get(..12).filter(|data| data.starts_with(b"JFIF\0"))
            && self.out.len() == 2
        {
            let mut kept = head.to_vec();
            kept.extend_from_slice(&[0, 0]);
            self.jfif = true;
            self.keep(0xe0, &kept);
        }
    }

    fn samples(&self, frame: &Frame) -> Samples {
        match (&frame.components[..], self.adobe) {
            ([_], _) => Samples::Grey,
            ([_, _, _], _) if self.jfif => Samples::YCbCr,
            ([_, _, _], Some(0)) | (b"RGB", None) => Samples::Rgb,
            ([_, _, _], _) => Samples::YCbCr,
            ([_, _, _, _], _) => Samples::Inks,
            _ => Samples::Others,
        }
    }

    /// The whole profile, if every part of it is there, without what does not draw.
    fn profile(&mut self, samples: Samples) -> Option<Vec<u8>> {
        self.profile.sort_by_key(|(nth, _, _)| *nth);
        let of = self.profile.len();
        let right = (1..)
            .zip(&self.profile)
            .all(|(at, (nth, says, _))| usize::from(*nth) == at && usize::from(*says) == of);
        let whole: Vec<u8> = self
            .profile
            .iter()
            .flat_map(|part| part.2)
            .copied()
            .collect();
        profile::clean(&whole, samples.colours()?).filter(|_| right)
    }

    /// What was read, with its profile behind its head.
    fn read(mut self) -> Option<Read> {
        let frame = self.frame.take()?;
        let samples = self.samples(&frame);
        let profile = self.profile(samples);
        let mut bytes = self.out;
        if let Some(profile) = &profile {
            let head = if self.jfif { 2 + 4 + JFIF } else { 2 };
            let rest = bytes.split_off(head);
            let of = profile.chunks(MOST_OF_A_PROFILE).count();
            for (nth, part) in profile.chunks(MOST_OF_A_PROFILE).enumerate() {
                let number = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
                let place = [number(nth + 1), number(of)];
                write(&mut bytes, 0xe2, &[PROFILE, &place, part].concat());
            }
            bytes.extend(rest);
        }
        Some(Read {
            bytes,
            orientation: self.orientation.unwrap_or_default(),
            size: frame.size,
            samples,
            in_passes: self.in_passes,
            profile,
        })
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

/// Writes a segment.
fn write(out: &mut Vec<u8>, marker: u8, data: &[u8]) {
    out.extend_from_slice(&[0xff, marker]);
    // It came in a segment, so its length fits one.
    let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(data);
}

/// What the head of a frame says, where it is as long as it has to be.
fn frame(data: &[u8]) -> Option<Frame> {
    let two = |at: usize| {
        let bytes = data.get(at..at + 2)?.try_into().ok()?;
        Some(u32::from(u16::from_be_bytes(bytes)))
    };
    let components = usize::from(*data.get(5)?);
    (data.len() == 6 + 3 * components).then_some(())?;
    Some(Frame {
        size: Size {
            height: two(1)?,
            width: two(3)?,
        },
        components: data.get(6..)?.iter().step_by(3).copied().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{exif, profile, segment};
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
    fn its_colours_stay_without_what_stood_beside_them_in_however_many_parts_they_came() {
        let profile = profile(2, b"GRAY", "Jo’s screen");
        let (first, second) = profile.split_at(100);
        let part =
            |nth: u8, of: u8, data: &[u8]| segment(0xe2, &[PROFILE, &[nth, of], data].concat());
        let jfif = segment(0xe0, b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\0\0");
        let drawn = [segment(0xc0, &size_of(2, 2)), segment(0xda, HEAD)].concat();
        for (parts, kept) in [
            (vec![part(1, 1, &profile)], true),
            (vec![part(2, 2, second), part(1, 2, first)], true),
            (vec![part(1, 2, first)], false),
            (vec![part(1, 1, first), part(1, 1, second)], false),
            (vec![part(1, 1, b"no profile")], false),
            (vec![segment(0xe2, b"MPF\0more pictures")], false),
        ] {
            for head in [Vec::new(), jfif.clone()] {
                let file = file(&[head, parts.concat(), drawn.clone()], PIXELS);
                let read = cleaned(&file).expect("a picture");
                let text = String::from_utf8_lossy(&read.bytes).into_owned();
                assert_eq!(text.contains("ICC_PROFILE"), kept);
                assert!(!text.contains("Jo") && !text.contains("more pictures"));
                assert_eq!(read.profile.is_some(), kept);
                let again = cleaned(&read.bytes).expect("still a picture");
                assert_eq!(again.bytes, read.bytes, "nothing is left to take away");
            }
        }
    }

    #[test]
    fn what_its_samples_are_is_told_as_browsers_do() {
        let jfif = || segment(0xe0, b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\0\0");
        let adobe = |says: u8| segment(0xee, &[&b"Adobe\0\x64\0\0\0\0"[..], &[says]].concat());
        let frame = |names: &[u8]| {
            let mut data = vec![8, 0, 2, 0, 2, names.len() as u8];
            data.extend(names.iter().flat_map(|name| [*name, 0x11, 0]));
            segment(0xc0, &data)
        };
        for (before, names, samples) in [
            (vec![], &[1][..], Samples::Grey),
            (vec![], &[1, 2, 3], Samples::YCbCr),
            (vec![], b"RGB", Samples::Rgb),
            (jfif(), b"RGB", Samples::YCbCr),
            (adobe(0), &[1, 2, 3], Samples::Rgb),
            (adobe(1), &[1, 2, 3], Samples::YCbCr),
            ([jfif(), adobe(0)].concat(), &[1, 2, 3], Samples::YCbCr),
            (adobe(2), &[1, 2, 3, 4], Samples::Inks),
            (vec![], &[1, 2, 3, 4], Samples::Inks),
            (vec![], &[1, 2], Samples::Others),
        ] {
            let scan = |components: u8| {
                let mut head = vec![components];
                head.extend((0..components).flat_map(|nth| [nth, 0]));
                segment(0xda, &[&head[..], &[0, 63, 0]].concat())
            };
            let all = names.len() as u8;
            for (scan, in_passes) in [(scan(all), false), (scan(1), all > 1)] {
                let file = file(&[before.clone(), frame(names), scan], PIXELS);
                let read = cleaned(&file).expect("a picture");
                assert_eq!(
                    (read.samples, read.in_passes),
                    (samples, in_passes),
                    "{names:?}"
                );
            }
        }
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
