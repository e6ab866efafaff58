//! Keys derived from the one configured secret, each for one purpose.
//!
//! Invariant: a token or a receipt code is stored only as its hash.

pub use domain::digest::hash;

use domain::code::Code;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The server's secret. Its `Debug` says nothing.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// Takes the configured words.
    pub fn new(words: &str) -> Self {
        Self(words.as_bytes().to_vec())
    }

    /// A keyed digest of `message` for one purpose (HMAC-SHA-256, RFC 2104).
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any key length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// `value` with its signature behind it, for a cookie or a form.
    pub fn sign(&self, purpose: &str, value: &str) -> String {
        format!(
            "{value}.{}",
            hex(&self.mac(purpose, value.as_bytes())[..16])
        )
    }

    /// The value of a signed text, if the signature is ours.
    pub fn verify<'a>(&self, purpose: &str, signed: &'a str) -> Option<&'a str> {
        let (value, signature) = signed.rsplit_once('.')?;
        let expected = hex(&self.mac(purpose, value.as_bytes())[..16]);
        bool::from(expected.as_bytes().ct_eq(signature.as_bytes())).then_some(value)
    }
}

/// A fresh unguessable token of 128 bits, in hexadecimal.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn token() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// The lowest of the ids that chance gives: those that count up are below it.
pub const RANDOM_IDS: i64 = 1 << 40;

/// A fresh id that says nothing of when it was given: 52 random bits above [`RANDOM_IDS`], a number
/// that JavaScript holds exactly too.
///
/// # Errors
/// Where the operating system gives no randomness.
pub fn random_id() -> Result<i64, getrandom::Error> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes)?;
    Ok(RANDOM_IDS + (i64::from_be_bytes(bytes) & ((1 << 52) - 1)))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// How much of a hash is stored behind what says where it lies: 128 bits.
const SHORT: usize = 32;

/// What is stored of the receipt code of a response: behind the code's beginning, so that receipts of one
/// hour lie together and a million stored before cost the next one nothing.
pub fn receipt_hash(code: &Code) -> String {
    let whole = code_hash(code);
    format!(
        "{}{}",
        code.beginning(),
        whole.get(..SHORT).unwrap_or_default()
    )
}

/// Everything that may be stored of a receipt code: that, or the whole hash, as it was stored at first.
pub fn receipt_hashes(code: &Code) -> [String; 2] {
    [receipt_hash(code), code_hash(code)]
}

/// What is stored of the code of a concern.
pub fn code_hash(code: &Code) -> String {
    hash(code.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_value_comes_back_and_a_changed_one_does_not() {
        let secret = Secret::new("s");
        let signed = secret.sign("voter", "abc");
        assert_eq!(secret.verify("voter", &signed), Some("abc"));
        assert_eq!(secret.verify("receipt", &signed), None);
        assert_eq!(secret.verify("voter", &signed.replace("abc", "abd")), None);
        assert_eq!(secret.verify("voter", "nonsense"), None);
    }

    #[test]
    fn receipts_of_one_hour_lie_together_and_those_issued_before_are_still_found() {
        let digest = Secret::new("s").mac("receipt", b"key");
        let code = Code::of_hour_and_digest(490_911, &digest);
        assert_eq!(code.to_string(), "N9NP-MGS2-M9UV-TWY5");
        let next = Code::of_hour_and_digest(490_912, &digest);
        assert_eq!(next.to_string(), "PANP-MGS2-M9UV-TWY5");
        let typed = Code::typed("n9np mgs2 m9uv twy5");
        let [stored, before] = receipt_hashes(&typed);
        assert_eq!((stored.len(), stored.get(..2)), (34, Some("N9")));
        assert_eq!(stored, receipt_hash(&code));
        assert_eq!(before, code_hash(&code));
        assert!(!receipt_hash(&Code::typed("n")).is_empty());
    }

    #[test]
    fn receipt_codes_and_what_is_stored_of_them_are_those_issued_so_far() {
        let code = Code::of_digest(&Secret::new("s").mac("receipt", b"key"));
        assert_eq!(code.to_string(), "8MNP-MGS2-M9UV-TWY5");
        for typed in ["8MNP-MGS2-M9UV-TWY5", "8mnp mgs2\u{2013}m9uv\u{2011}twy5."] {
            assert_eq!(
                code_hash(&Code::typed(typed)),
                "cea118d8d53fcefdd50dcf9c46f476fd1226c179a5d18a88dd1a1fb7009a0ac3"
            );
        }
    }
}
