//! The one way to take a digest of a text or of bytes.

use sha2::{Digest, Sha256};

/// The SHA-256 (FIPS 180-4) in lower-case hexadecimal digits.
pub fn hash(of: impl AsRef<[u8]>) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(of);
    let mut digits = String::with_capacity(64);
    for byte in digest {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_standard() {
        // FIPS 180-4, the example of one block.
        assert_eq!(
            hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
