//! Small pictures, with what cameras and programs write into them.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let covered = [kind, data].concat();
    let mut sum = Crc::new();
    sum.update(&covered);
    let length = u32::try_from(data.len()).expect("short").to_be_bytes();
    [&length[..], &covered, &sum.sum().to_be_bytes()].concat()
}

/// A grey PNG that says to be of this size, made of one row of as many pixels as it has columns, with
/// these words in it, behind its pixels and behind its end.
pub fn png(width: u32, height: u32, words: &str) -> Vec<u8> {
    let head = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[8, 0, 0, 0, 0],
    ]
    .concat();
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::default());
    let row = vec![0; 1 + width.min(1_000) as usize];
    pixels.write_all(&row).expect("packed");
    let pixels = [&pixels.finish().expect("packed"), words.as_bytes()].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"tEXt", words.as_bytes()),
        chunk(b"IDAT", &pixels),
        chunk(b"IEND", b""),
        words.as_bytes().to_vec(),
    ]
    .concat()
}

/// A JPEG, 48 wide and 32 high as it is stored, turned as this says, with these words in its Exif, its
/// XMP, a comment and behind its end.
pub fn jpeg(orientation: u16, words: &str) -> Vec<u8> {
    let segment = |marker: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).expect("short").to_be_bytes();
        [&[0xff, marker][..], &length, data].concat()
    };
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend(orientation.to_be_bytes());
    exif.extend([0; 6]);
    exif.extend(words.as_bytes());
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{words}</x:xmpmeta>");
    let mut plain = Vec::new();
    jpeg_encoder::Encoder::new(&mut plain, 80)
        .encode(&[100; 48 * 32], 48, 32, jpeg_encoder::ColorType::Luma)
        .expect("packed");
    [
        plain[..2].to_vec(),
        segment(0xe1, &exif),
        segment(0xe1, xmp.as_bytes()),
        segment(0xfe, words.as_bytes()),
        plain[2..].to_vec(),
        words.as_bytes().to_vec(),
    ]
    .concat()
}

/// The width and height that the head of a JPEG's frame says.
pub fn jpeg_size(jpeg: &[u8]) -> (u16, u16) {
    let at = jpeg
        .windows(2)
        .position(|two| two == [0xff, 0xc0])
        .expect("a frame");
    let two = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    (two(at + 7), two(at + 5))
}
