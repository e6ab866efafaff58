//! A PNG (PNG specification, 5 and 11) with the chunks that draw it and no others.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc, Decompress, FlushDecompress, Status};

use super::exif::Orientation;
use super::profile;
use super::size::Size;
use crate::consultation::commands::uploaded::DocumentRefused;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that draw it besides head, pixels and end, colours and the way up, each of which stands once, with the most bytes
/// that it can mean anything by.
const CHUNKS: [(&[u8; 4], usize); 7] = [
    (b"PLTE", 768),
    (b"tRNS", 256),
    (b"gAMA", 4),
    (b"sRGB", 1),
    (b"cHRM", 32),
    (b"sBIT", 4),
    (b"bKGD", 6),
];

/// Whether a file begins as a PNG does.
pub(super) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG)
}

/// The parts that draw it.
///
/// # Errors
/// That it is no whole PNG, or too large.
pub(super) fn clean(
    bytes: &[u8],
    bounded: impl FnOnce(Size) -> Result<(), DocumentRefused>,
) -> Result<Vec<u8>, DocumentRefused> {
    let (head, rest) = bytes
        .strip_prefix(PNG)
        .and_then(chunk)
        .ok_or(DocumentRefused::WrongKind)?;
    let head = Head::read(&head).ok_or(DocumentRefused::WrongKind)?;
    bounded(head.size)?;
    drawn(&head, rest).ok_or(DocumentRefused::WrongKind)
}

struct Chunk<'a> {
    kind: &'a [u8; 4],
    data: &'a [u8],
}

/// The first chunk, if it is whole, and what follows it.
fn chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let (covered, rest) = rest.split_at_checked(length.checked_add(4)?)?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    let (kind, data) = covered.split_first_chunk::<4>()?;
    (checksum(covered) == u32::from_be_bytes(*sum)).then_some((Chunk { kind, data }, rest))
}

fn checksum(covered: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(covered);
    sum.sum()
}

fn write(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Option<()> {
    let covered = [kind, data].concat();
    out.extend_from_slice(&u32::try_from(data.len()).ok()?.to_be_bytes());
    out.extend_from_slice(&covered);
    out.extend_from_slice(&checksum(&covered).to_be_bytes());
    Some(())
}

/// What the head says.
struct Head<'a> {
    data: &'a [u8],
    size: Size,
    /// Its colours, as profiles call them.
    colours: &'static [u8; 4],
    bits_a_pixel: u64,
    interlaced: bool,
}

impl<'a> Head<'a> {
    fn read(chunk: &Chunk<'a>) -> Option<Self> {
        let data: &[u8; 13] = chunk.data.try_into().ok()?;
        let [
            w1,
            w2,
            w3,
            w4,
            h1,
            h2,
            h3,
            h4,
            depth,
            colours,
            0,
            0,
            interlaced @ (0 | 1),
        ] = *data
        else {
            return None;
        };
        let samples = match (colours, depth) {
            (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) => 1,
            (4, 8 | 16) => 2,
            (2, 8 | 16) => 3,
            (6, 8 | 16) => 4,
            _ => return None,
        };
        (chunk.kind == b"IHDR").then_some(Self {
            data: chunk.data,
            size: Size {
                width: u32::from_be_bytes([w1, w2, w3, w4]),
                height: u32::from_be_bytes([h1, h2, h3, h4]),
            },
            colours: match colours {
                0 | 4 => b"GRAY",
                _ => b"RGB ",
            },
            bits_a_pixel: samples * u64::from(depth),
            interlaced: interlaced == 1,
        })
    }

    /// How many bytes its pixels are before they are packed.
    fn bytes(&self) -> u64 {
        let Size { width, height } = self.size;
        let (width, height) = (u64::from(width), u64::from(height));
        // Adam7: where each pass begins and how far its steps are, across and down.
        let passes: &[[u64; 4]] = match self.interlaced {
            false => &[[0, 1, 0, 1]],
            true => &[
                [0, 8, 0, 8],
                [4, 8, 0, 8],
                [0, 4, 4, 8],
                [2, 4, 0, 4],
                [0, 2, 2, 4],
                [1, 2, 0, 2],
                [0, 1, 1, 2],
            ],
        };
        let steps = |along: u64, from: u64, by: u64| along.saturating_sub(from).div_ceil(by);
        passes
            .iter()
            .map(|[left, across, top, down]| {
                let columns = steps(width, *left, *across);
                match columns {
                    0 => 0,
                    columns => {
                        let row = 1 + (columns * self.bits_a_pixel).div_ceil(8);
                        steps(height, *top, *down) * row
                    }
                }
            })
            .sum()
    }
}

fn drawn(head: &Head<'_>, mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = PNG.to_vec();
    write(&mut out, b"IHDR", head.data)?;
    let mut pixels = Vec::new();
    let mut seen = BTreeSet::new();
    let mut orientation = Orientation::default();
    loop {
        let (chunk, follows) = chunk(rest)?;
        rest = follows;
        match chunk.kind {
            b"IHDR" => return None,
            b"IDAT" => pixels.extend_from_slice(chunk.data),
            b"IEND" => break,
            // It may stand behind the pixels too.
            b"eXIf" if orientation.is_upright() => {
                orientation = Orientation::noted(chunk.data).unwrap_or_default();
            }
            b"iCCP" if pixels.is_empty() && !seen.contains(b"iCCP") => {
                if let Some(colours) = colours(chunk.data, head.colours) {
                    seen.insert(*b"iCCP");
                    write(&mut out, b"iCCP", &colours)?;
                }
            }
            kind => {
                let most = CHUNKS.iter().find(|(known, _)| *known == kind);
                let fits = most.is_some_and(|(_, most)| chunk.data.len() <= *most);
                // Each of them stands before the pixels that it is about.
                if fits && pixels.is_empty() && seen.insert(*kind) {
                    write(&mut out, kind, chunk.data)?;
                }
            }
        }
    }
    if !orientation.is_upright() {
        write(&mut out, b"eXIf", &orientation.note())?;
    }
    let length = packed(&pixels, head.bytes())?;
    write(&mut out, b"IDAT", pixels.get(..length)?)?;
    write(&mut out, b"IEND", &[])?;
    Some(out)
}

/// What a profile says of colours, packed as it was; its name goes.
fn colours(chunk: &[u8], colours: &[u8; 4]) -> Option<Vec<u8>> {
    let name = chunk.iter().position(|byte| *byte == 0)?;
    let packed = chunk.get(name + 1..)?.strip_prefix(&[0])?;
    let mut profile = Vec::new();
    ZlibDecoder::new(packed)
        .take(profile::MOST_BYTES as u64 + 1)
        .read_to_end(&mut profile)
        .ok()?;
    let profile = profile::clean(&profile, colours)?;
    let mut out = ZlibEncoder::new(b"-\0\0".to_vec(), Compression::default());
    out.write_all(&profile).ok()?;
    out.finish().ok()
}

/// How many of these bytes are the pixels: a stream that unpacks to so many bytes. They are not kept.
fn packed(stream: &[u8], bytes: u64) -> Option<usize> {
    let mut unpack = Decompress::new(true);
    let mut scratch = vec![0; 64 * 1024];
    loop {
        let (before_in, before_out) = (unpack.total_in(), unpack.total_out());
        let rest = stream.get(usize::try_from(before_in).ok()?..)?;
        let status = unpack
            .decompress(rest, &mut scratch, FlushDecompress::None)
            .ok()?;
        let went_on = unpack.total_in() > before_in || unpack.total_out() > before_out;
        if unpack.total_out() > bytes {
            return None;
        }
        match status {
            Status::StreamEnd if unpack.total_out() == bytes => {
                return usize::try_from(unpack.total_in()).ok();
            }
            Status::Ok | Status::BufError if went_on => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{exif, profile};
    use super::*;

    fn part(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut out, kind, data).expect("short");
        out
    }

    fn head(width: u32, height: u32, depth: u8, colours: u8, interlaced: u8) -> Vec<u8> {
        let mut data = width.to_be_bytes().to_vec();
        data.extend(height.to_be_bytes());
        data.extend([depth, colours, 0, 0, interlaced]);
        part(b"IHDR", &data)
    }

    fn stream(bytes: usize) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&vec![0; bytes]).expect("packed");
        packed.finish().expect("packed")
    }

    fn file(parts: &[Vec<u8>]) -> Vec<u8> {
        [PNG.to_vec(), parts.concat()].concat()
    }

    fn cleaned(file: &[u8]) -> Option<Vec<u8>> {
        clean(file, |_| Ok(())).ok()
    }

    #[test]
    fn a_png_keeps_its_pixels_and_loses_its_words_and_whatever_follows_them() {
        let pixels = [stream(13 * 10), b"after the pixels".to_vec()].concat();
        let (first, second) = pixels.split_at(7);
        let whole = file(&[
            head(4, 10, 8, 2, 0),
            part(b"tEXt", b"Author: somebody"),
            part(b"eXIf", b"place"),
            part(b"gAMA", &[0, 0, 0, 1]),
            part(b"gAMA", b"MORE"),
            part(b"tRNS", &[b'h'; 300]),
            part(b"IDAT", first),
            part(b"IDAT", second),
            part(b"bKGD", b"late"),
            part(b"IEND", b""),
            b"<script>alert(1)</script>".to_vec(),
        ]);
        let clean = cleaned(&whole).expect("a picture");
        let text = String::from_utf8_lossy(&clean).into_owned();
        assert!(text.contains("gAMA"));
        for gone in [
            "somebody", "place", "MORE", "hhh", "after", "late", "script",
        ] {
            assert!(!text.contains(gone), "{gone}");
        }
        assert_eq!(
            cleaned(&clean).as_ref(),
            Some(&clean),
            "nothing is left to take away"
        );
        for end in 0..clean.len() {
            assert!(cleaned(&clean[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn its_colours_and_the_way_up_that_it_is_meant_stay_without_what_stood_beside_them() {
        let named = [&b"Jo Bright\0\0"[..], &{
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
            packed
                .write_all(&profile(4, b"RGB ", "Jo’s screen"))
                .expect("packed");
            packed.finish().expect("packed")
        }]
        .concat();
        let noted = [&exif(6, true)[6..], b"52.6N 1.3E"].concat();
        for behind in [false, true] {
            let mut parts = vec![
                head(4, 10, 8, 2, 0),
                part(b"iCCP", &named),
                part(b"IDAT", &stream(130)),
                part(b"IEND", b""),
            ];
            parts.insert(if behind { 3 } else { 1 }, part(b"eXIf", &noted));
            let clean = cleaned(&file(&parts)).expect("a picture");
            let text = String::from_utf8_lossy(&clean).into_owned();
            assert!(text.contains("iCCP") && text.contains("eXIf"));
            for gone in ["Jo", "52.6N"] {
                assert!(!text.contains(gone), "{gone}");
            }
            let at = text.find("eXIf").map(|_| {
                let at = clean.windows(4).position(|four| four == b"eXIf");
                at.expect("a note") + 4
            });
            let says = at.and_then(|at| Orientation::noted(&clean[at..]));
            assert_eq!(says, Orientation::read(&exif(6, true)));
            assert_eq!(cleaned(&clean), Some(clean), "nothing is left to take away");
        }
        // One of other colours, or none at all, is left out; so is a note that says nothing.
        let grey = cleaned(&file(&[
            head(4, 10, 8, 0, 0),
            part(b"iCCP", &named),
            part(b"iCCP", b"name\0\0no stream"),
            part(b"eXIf", &exif(1, true)[6..]),
            part(b"IDAT", &stream(50)),
            part(b"IEND", b""),
        ]));
        let grey = grey.expect("a picture");
        assert!(
            !grey
                .windows(4)
                .any(|four| [&b"iCCP"[..], b"eXIf"].contains(&four))
        );
    }

    #[test]
    fn its_size_is_asked_before_its_pixels_are_unpacked() {
        for (width, height) in [(65_535, 65_535), (i32::MAX as u32, i32::MAX as u32), (0, 0)] {
            let whole = file(&[
                head(width, height, 8, 6, 0),
                part(b"IDAT", b"no pixels"),
                part(b"IEND", b""),
            ]);
            let mut asked = None;
            let refused = clean(&whole, |size| {
                asked = Some(size);
                size.bounded(50_000_000)
            });
            assert!(refused.is_err());
            assert_eq!(asked, Some(Size { width, height }));
        }
    }

    #[test]
    fn there_are_as_many_pixels_as_it_says_in_every_kind_of_png() {
        for (width, height, depth, colours, interlaced, bytes) in [
            (4, 10, 8, 2, 0, 130),
            (4, 10, 16, 6, 0, 330),
            (9, 2, 1, 0, 0, 6),
            (3, 3, 4, 3, 0, 9),
            (1, 1, 8, 0, 1, 2),
            // 1, 1, 1, 2, 2, 4 and 4 rows of the passes.
            (8, 8, 8, 0, 1, 79),
            (5, 5, 8, 2, 1, 86),
        ] {
            let of = |bytes: usize| {
                cleaned(&file(&[
                    head(width, height, depth, colours, interlaced),
                    part(b"IDAT", &stream(bytes)),
                    part(b"IEND", b""),
                ]))
            };
            let what = format!("{width} {height} {depth} {colours} {interlaced}");
            assert!(of(bytes).is_some(), "{what}");
            assert!(of(bytes - 1).is_none(), "{what}");
            assert!(of(bytes + 1).is_none(), "{what}");
            assert!(of(bytes + 1_000_000).is_none(), "{what}");
        }
    }

    #[test]
    fn what_is_no_png_is_none() {
        let pixels = part(b"IDAT", &stream(4));
        let mut damaged = head(1, 1, 8, 2, 0);
        damaged[9] ^= 1;
        for wrong in [
            vec![],
            vec![head(1, 1, 8, 2, 0), part(b"IEND", b"")],
            vec![pixels.clone(), head(1, 1, 8, 2, 0), part(b"IEND", b"")],
            vec![damaged, pixels.clone(), part(b"IEND", b"")],
            vec![head(1, 1, 3, 2, 0), pixels.clone(), part(b"IEND", b"")],
            vec![head(1, 1, 8, 2, 2), pixels.clone(), part(b"IEND", b"")],
            vec![
                head(1, 1, 8, 2, 0),
                head(1, 1, 8, 2, 0),
                pixels.clone(),
                part(b"IEND", b""),
            ],
            vec![head(1, 1, 8, 2, 0), pixels],
        ] {
            assert!(cleaned(&file(&wrong)).is_none());
        }
    }
}
