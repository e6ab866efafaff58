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

/// A profile of these colours that names its owner, its maker and its device.
pub(super) fn profile(version: u8, colours: &[u8; 4], owner: &str) -> Vec<u8> {
    let mut head = vec![0; 128];
    head[4..8].copy_from_slice(b"JOBR");
    head[8] = version;
    head[12..16].copy_from_slice(b"mntr");
    head[16..20].copy_from_slice(colours);
    head[20..24].copy_from_slice(b"XYZ ");
    head[24..36].copy_from_slice(&[7; 12]);
    head[36..40].copy_from_slice(b"acsp");
    head[48..52].copy_from_slice(b"SCRN");
    let named = [b"desc\0\0\0\0", owner.as_bytes()].concat();
    let tags: [(&[u8; 4], &[u8]); 9] = [
        (b"desc", &named),
        (b"rXYZ", b"XYZ \0\0\0\0red red red "),
        (b"gXYZ", b"XYZ \0\0\0\0greengreen  "),
        (b"bXYZ", b"XYZ \0\0\0\0blueblueblue"),
        (b"rTRC", b"curv\0\0\0\0\0\0\0\x03curve "),
        (b"gTRC", b"curv\0\0\0\0\0\0\0\x03curve "),
        (b"bTRC", b"curv\0\0\0\0\0\0\0\x03curve "),
        (b"kTRC", b"curv\0\0\0\0\0\0\0\x03curve "),
        (b"wtpt", b"text\0\0\0\0a hidden note"),
    ];
    let four = |n: usize| (n as u32).to_be_bytes();
    let mut table = four(tags.len()).to_vec();
    let mut data = Vec::new();
    for (name, bytes) in tags {
        table.extend_from_slice(name);
        table.extend(four(132 + 12 * tags.len() + data.len()));
        table.extend(four(bytes.len()));
        data.extend_from_slice(bytes);
    }
    let whole = head.len() + table.len() + data.len();
    head[..4].copy_from_slice(&four(whole));
    [head, table, data].concat()
}

/// A segment of a JPEG.
pub(super) fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, marker];
    out.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(data);
    out
}
