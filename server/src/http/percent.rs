//! Bytes written as `%XX`, as addresses and forms have them.

/// What such bytes are.
pub(super) struct Unescaped {
    /// The bytes. A `%` that begins nothing stands for itself.
    pub bytes: Vec<u8>,
    /// Whether there was one.
    pub broken: bool,
}

/// Reads them; `plain` says what one is that is written as itself.
pub(super) fn unescaped(raw: &[u8], plain: impl Fn(u8) -> u8) -> Unescaped {
    let mut read = Unescaped {
        bytes: Vec::with_capacity(raw.len()),
        broken: false,
    };
    let mut rest = raw;
    while let [byte, after @ ..] = rest {
        rest = after;
        read.bytes.push(match byte {
            b'%' => match hexadecimal(after) {
                Some((byte, after)) => {
                    rest = after;
                    byte
                }
                None => {
                    read.broken = true;
                    b'%'
                }
            },
            other => plain(*other),
        });
    }
    read
}

/// The byte that these begin with in hexadecimal, and what comes behind it.
fn hexadecimal(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, after @ ..] = bytes else {
        return None;
    };
    let digit = |d: u8| (d as char).to_digit(16);
    let byte = digit(*high)? * 16 + digit(*low)?;
    Some((u8::try_from(byte).ok()?, after))
}
