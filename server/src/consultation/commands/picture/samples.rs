//! Parts of pictures, for the tests here.

/// Exif that says this, in this order of bytes, with something else before it.
pub(super) fn exif(orientation: u16, little: bool) -> Vec<u8> {
    let two = |n: u16| match little {
        true => n.to_le_bytes(),
        false => n.to_be_bytes(),
    };
    let four = |n: u32| match little {
        true => n.to_le_bytes(),
        false => n.to_be_bytes(),
    };
    let mut data = b"Exif\0\0".to_vec();
    data.extend(if little { b"II" } else { b"MM" });
    data.extend(two(42));
    data.extend(four(8));
    data.extend(two(2));
    for (tag, value) in [(271, 7), (274, orientation)] {
        data.extend(two(tag));
        data.extend(two(3));
        data.extend(four(1));
        data.extend(two(value));
        data.extend(two(0));
    }
    data.extend(four(0));
    data
}

/// A segment of a JPEG.
pub(super) fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, marker];
    out.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(data);
    out
}
