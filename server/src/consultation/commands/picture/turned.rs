//! A photograph the way up that it is meant: unpacked, turned and packed again, since the note that
//! says so goes with everything else that the camera wrote.

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::exif::Orientation;
use super::jpeg::{Read, Samples};
use super::size::MOST_ALONG;

/// Of the first nobody sees the difference; the others are for what is too large.
const QUALITIES: [u8; 3] = [90, 75, 60];

/// The same picture, upright, in no more bytes than these; none where it can't be turned. Its size has
/// been looked at.
pub(super) fn upright(read: &Read, most_bytes: usize) -> Option<Vec<u8>> {
    let stored = Stored::unpacked(read)?;
    // A profile of inks says nothing of the colours that were made of them.
    let profile = read
        .profile
        .as_deref()
        .filter(|_| read.samples != Samples::Inks);
    for quality in QUALITIES {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        if let Some(profile) = profile {
            encoder.add_icc_profile(profile).ok()?;
        }
        encoder.encode_image(&stored).ok()?;
        if out.len() <= most_bytes {
            return Some(out);
        }
    }
    None
}

/// Adobe's segment says of three samples what they are, which has been read and is not for the decoder:
/// it hands them on as they are.
fn without_adobe(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut at = 2;
    while *jpeg.get(at + 1)? != 0xda {
        let length = jpeg.get(at + 2..at + 4)?.try_into().ok()?;
        let next = at + 2 + usize::from(u16::from_be_bytes(length));
        if *jpeg.get(at + 1)? == 0xee {
            return Some([jpeg.get(..at)?, jpeg.get(next..)?].concat());
        }
        at = next;
    }
    Some(jpeg.to_vec())
}

/// Pixels as they are stored, read as they are meant.
struct Stored {
    pixels: Vec<u8>,
    columns: usize,
    rows: usize,
    samples: Samples,
    orientation: Orientation,
}

impl Stored {
    fn unpacked(read: &Read) -> Option<Self> {
        let options = DecoderOptions::default()
            .set_max_width(MOST_ALONG as usize)
            .set_max_height(MOST_ALONG as usize)
            .set_strict_mode(false);
        let jpeg = match read.samples {
            Samples::YCbCr | Samples::Rgb => without_adobe(&read.bytes)?,
            Samples::Grey | Samples::Inks => read.bytes.clone(),
            Samples::Others => return None,
        };
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&jpeg), options);
        decoder.decode_headers().ok()?;
        let (colours, samples) = match read.samples {
            Samples::Inks => (ColorSpace::RGB, Samples::Rgb),
            as_they_are => (decoder.input_colorspace()?, as_they_are),
        };
        decoder.set_options(decoder.options().jpeg_set_out_colorspace(colours));
        let (columns, rows) = decoder.dimensions()?;
        let stored = Self {
            pixels: decoder.decode().ok()?,
            columns,
            rows,
            samples,
            orientation: read.orientation,
        };
        let whole = columns * rows * stored.samples();
        (stored.pixels.len() == whole).then_some(stored)
    }

    fn samples(&self) -> usize {
        if self.samples == Samples::Grey { 1 } else { 3 }
    }

    /// Width and height as they are meant.
    fn size(&self) -> (usize, usize) {
        match self.orientation.swapped {
            true => (self.rows, self.columns),
            false => (self.columns, self.rows),
        }
    }

    /// The samples of the pixel that is meant to be here.
    fn at(&self, across: usize, down: usize) -> Option<&[u8]> {
        let (mut column, mut row) = match self.orientation.swapped {
            true => (down, across),
            false => (across, down),
        };
        if self.orientation.from_right {
            column = self.columns.checked_sub(1 + column)?;
        }
        if self.orientation.from_bottom {
            row = self.rows.checked_sub(1 + row)?;
        }
        let samples = self.samples();
        let from = (row * self.columns + column) * samples;
        self.pixels.get(from..from + samples)
    }
}

impl ImageBuffer for &Stored {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        match self.samples {
            Samples::Grey => JpegColorType::Luma,
            _ => JpegColorType::Ycbcr,
        }
    }

    fn width(&self) -> u16 {
        u16::try_from(self.size().0).unwrap_or(u16::MAX)
    }

    fn height(&self) -> u16 {
        u16::try_from(self.size().1).unwrap_or(u16::MAX)
    }

    fn fill_buffers(&self, down: u16, buffers: &mut [Vec<u8>; 4]) {
        for across in 0..self.size().0 {
            let samples = self.at(across, usize::from(down)).unwrap_or_default();
            let mixed;
            let samples = match (self.samples, samples) {
                (Samples::Rgb, [red, green, blue]) => {
                    let (light, bluish, reddish) = rgb_to_ycbcr(*red, *green, *blue);
                    mixed = [light, bluish, reddish];
                    &mixed
                }
                (_, as_they_are) => as_they_are,
            };
            for (sample, buffer) in samples.iter().zip(buffers.iter_mut()) {
                buffer.push(*sample);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Most;
    use super::super::samples::{exif, profile, segment};
    use super::*;
    use crate::consultation::commands::uploaded::DocumentRefused;
    use jpeg_encoder::ColorType;

    const MOST: Most = Most {
        pixels: 10_000,
        bytes: 100_000,
    };

    /// Orange, on its side: its samples are these, four times four of them.
    fn orange(kind: ColorType, samples: &[u8], before: &[u8], progressive: bool) -> Vec<u8> {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, 95);
        encoder.set_progressive(progressive);
        let pixels = samples.repeat(32 * 16);
        encoder.encode(&pixels, 32, 16, kind).expect("packed");
        let noted = segment(0xe1, &exif(6, false));
        [&jpeg[..2], &noted, before, &jpeg[2..]].concat()
    }

    /// The colours of the middle of a picture, and its size.
    fn middle(jpeg: &[u8]) -> ([u8; 3], (usize, usize)) {
        let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
        let pixels = decoder.decode().expect("a picture");
        let (width, height) = decoder.dimensions().expect("a size");
        let at = (height / 2 * width + width / 2) * 3;
        (
            pixels[at..at + 3].try_into().expect("three"),
            (width, height),
        )
    }

    fn is_orange(jpeg: &[u8]) {
        let (seen, size) = middle(jpeg);
        assert_eq!(size, (16, 32), "upright");
        for (seen, meant) in seen.iter().zip([230_u8, 120, 20]) {
            assert!(seen.abs_diff(meant) < 12, "{seen} for {meant}");
        }
    }

    #[test]
    fn a_photograph_is_turned_whatever_its_samples_are_and_however_they_are_packed() {
        let mut rgb = Vec::new();
        for progressive in [false, true] {
            let photograph = orange(ColorType::Rgb, &[230, 120, 20], &[], progressive);
            is_orange(&super::super::clean(&photograph, MOST).expect("turned"));
            // Four inks, as Adobe's programs store them: the other way round.
            for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
                let inks = [25, 135, 235, 0];
                let photograph = orange(kind, &inks, &[], progressive);
                is_orange(&super::super::clean(&photograph, MOST).expect("turned"));
            }
            rgb.push(as_rgb(&orange(
                ColorType::Ycbcr,
                &[230, 120, 20],
                &[],
                progressive,
            )));
        }
        for photograph in rgb.concat() {
            is_orange(&super::super::clean(&photograph, MOST).expect("turned"));
        }
    }

    /// The same samples said to be red, green and blue: by Adobe's segment, and by their names.
    fn as_rgb(jpeg: &[u8]) -> Vec<Vec<u8>> {
        let jfif = jpeg.windows(4).position(|four| four == b"JFIF");
        let from = jfif.expect("a head") - 4;
        let plain = [&jpeg[..from], &jpeg[from + 18..]].concat();
        let adobe = segment(0xee, b"Adobe\0\x64\0\0\0\0\0");
        let said = [&plain[..2], &adobe, &plain[2..]].concat();
        let frame = |two: &[u8]| matches!(two, [0xff, 0xc0 | 0xc2]);
        let mut named = plain.clone();
        let at = plain.windows(2).position(frame).expect("a frame") + 10;
        let names = [0, 3, 6].map(|nth| plain[at + nth]);
        for (nth, name) in b"RGB".iter().enumerate() {
            named[at + nth * 3] = *name;
        }
        // Each scan names its components.
        let mut from = 2;
        while let Some(scan) = named[from..].windows(2).position(|two| two == [0xff, 0xda]) {
            let of = from + scan + 4;
            for nth in 0..usize::from(named[of]) {
                let component = of + 1 + nth * 2;
                let known = names.iter().position(|name| *name == named[component]);
                named[component] = b"RGB"[known.expect("a component")];
            }
            from = of;
        }
        vec![said, named]
    }

    #[test]
    fn a_turned_photograph_keeps_its_profile_and_has_no_more_bytes_than_are_taken() {
        let own = segment(
            0xe2,
            &[
                &b"ICC_PROFILE\0\x01\x01"[..],
                &profile(2, b"RGB ", "Jo’s camera"),
            ]
            .concat(),
        );
        let photograph = orange(ColorType::Rgb, &[230, 120, 20], &own, false);
        let clean = super::super::clean(&photograph, MOST).expect("turned");
        is_orange(&clean);
        let says = |what: &[u8]| clean.windows(what.len()).any(|some| some == what);
        assert!(says(b"ICC_PROFILE") && !says(b"camera"));
        let tight = |bytes| super::super::clean(&photograph, Most { bytes, ..MOST });
        assert!(tight(clean.len()).is_ok());
        let smaller = tight(clean.len() - 1).expect("not so good a copy");
        assert!(smaller.len() < clean.len());
        assert_eq!(tight(500), Err(DocumentRefused::NotTurned));
    }

    #[test]
    fn what_is_drawn_in_passes_is_turned_up_to_a_third_of_the_pixels() {
        let photograph = |passes| orange(ColorType::Rgb, &[230, 120, 20], &[], passes);
        let clean = |passes, pixels| {
            super::super::clean(&photograph(passes), Most { pixels, ..MOST }).map(|_| ())
        };
        assert_eq!(clean(false, 512), Ok(()));
        assert_eq!(clean(true, 512), Err(DocumentRefused::NotTurned));
        assert_eq!(clean(true, 3 * 512), Ok(()));
        assert_eq!(clean(false, 511), Err(DocumentRefused::TooManyPixels));
    }

    /// Black, but for one white corner; wider than high.
    fn photograph(orientation: u16) -> Vec<u8> {
        let (width, height) = (48, 32);
        let mut pixels = vec![0_u8; width * height * 3];
        for row in 0..16 {
            for column in 0..16 {
                let from = (row * width + column) * 3;
                pixels[from..from + 3].fill(255);
            }
        }
        let mut jpeg = Vec::new();
        Encoder::new(&mut jpeg, 95)
            .encode(&pixels, 48, 32, jpeg_encoder::ColorType::Rgb)
            .expect("packed");
        let noted = segment(0xe1, &exif(orientation, false));
        [&jpeg[..2], &noted, &jpeg[2..]].concat()
    }

    /// Its size, and which corner is white.
    fn seen(jpeg: &[u8]) -> (usize, usize, &'static str) {
        let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
        let pixels = decoder.decode().expect("a picture");
        let (width, height) = decoder.dimensions().expect("a size");
        let corners = [
            ("top left", 4 * width + 4),
            ("top right", 4 * width + width - 5),
            ("bottom left", (height - 5) * width + 4),
            ("bottom right", (height - 5) * width + width - 5),
        ];
        let white: Vec<_> = corners
            .iter()
            .filter(|(_, at)| pixels[*at] > 200)
            .map(|(corner, _)| *corner)
            .collect();
        assert_eq!(white.len(), 1, "{white:?}");
        (width, height, white[0])
    }

    #[test]
    fn a_photograph_is_shown_as_it_was_taken_without_a_note_that_says_so() {
        for (orientation, looks) in [
            (1, (48, 32, "top left")),
            (2, (48, 32, "top right")),
            (3, (48, 32, "bottom right")),
            (4, (48, 32, "bottom left")),
            (5, (32, 48, "top left")),
            (6, (32, 48, "top right")),
            (7, (32, 48, "bottom right")),
            (8, (32, 48, "bottom left")),
        ] {
            let clean = super::super::clean(&photograph(orientation), MOST).expect("a picture");
            assert_eq!(seen(&clean), looks, "{orientation}");
            assert!(
                !clean.windows(4).any(|four| four == b"Exif"),
                "{orientation}"
            );
        }
    }

    #[test]
    fn a_photograph_whose_pixels_are_none_is_none() {
        let mut broken = photograph(6);
        let scan = broken.windows(2).rposition(|two| two == [0xff, 0xda]);
        broken.drain(scan.expect("a scan") + 4..broken.len() - 2);
        assert!(super::super::clean(&broken, MOST).is_err());
    }
}
