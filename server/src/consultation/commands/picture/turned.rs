//! A photograph the way up that it is meant: unpacked, turned and packed again, since the note that
//! says so goes with everything else that the camera wrote.

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::exif::Orientation;
use super::size::MOST_ALONG;

/// Nobody sees the difference.
const QUALITY: u8 = 90;

/// The same picture, upright; none where its pixels can't be read. Its size has been looked at.
pub(super) fn upright(jpeg: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let options = DecoderOptions::default()
        .set_max_width(MOST_ALONG as usize)
        .set_max_height(MOST_ALONG as usize)
        .set_strict_mode(false);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    decoder.decode_headers().ok()?;
    let grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let colours = match grey {
        true => ColorSpace::Luma,
        false => ColorSpace::YCbCr,
    };
    decoder.set_options(decoder.options().jpeg_set_out_colorspace(colours));
    let (columns, rows) = decoder.dimensions()?;
    let stored = Stored {
        pixels: decoder.decode().ok()?,
        columns,
        rows,
        grey,
        orientation,
    };
    let whole = columns * rows * stored.samples();
    (stored.pixels.len() == whole).then_some(())?;
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode_image(stored).ok()?;
    Some(out)
}

/// Pixels as they are stored, read as they are meant.
struct Stored {
    pixels: Vec<u8>,
    columns: usize,
    rows: usize,
    grey: bool,
    orientation: Orientation,
}

impl Stored {
    fn samples(&self) -> usize {
        if self.grey { 1 } else { 3 }
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

impl ImageBuffer for Stored {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        match self.grey {
            true => JpegColorType::Luma,
            false => JpegColorType::Ycbcr,
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
            for (sample, buffer) in samples.iter().zip(buffers.iter_mut()) {
                buffer.push(*sample);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{exif, segment};
    use super::*;

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
            let clean = super::super::clean(&photograph(orientation), 10_000).expect("a picture");
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
        assert!(super::super::clean(&broken, 10_000).is_err());
    }
}
