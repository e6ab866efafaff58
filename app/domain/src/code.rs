//! Codes that people hold: on a receipt, a ballot paper, a letter, for a concern.
//!
//! A person reads a code aloud, copies it from paper, or pastes it from an email that has put in
//! dashes of its own. So a code is its letters and digits, in capitals, and nothing else: what is
//! typed between them never matters. Deliberately not here: randomness and what is stored of a code
//! (`server::secret`). Invariant: what is hashed of a code that was once issued never changes.

use std::fmt;

/// Without I, O, 0 and 1: for codes that the server works out.
const RECEIPT: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Crockford's base 32, without I, L, O and U: for codes of ballot papers.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The letters of a code, five bits each.
const LETTERS: usize = 16;
/// More than any code has; what is typed after that is not read.
const MOST_LETTERS: usize = 40;

/// A code as letters and digits in capitals. `Display` puts it in groups of four, as it is shown
/// and, for most kinds, hashed; `Debug` keeps it out of logs.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Code(String);

impl Code {
    /// What somebody typed, whatever its case, and whatever dashes, spaces and stops are in it.
    pub fn typed(typed: &str) -> Self {
        Self(
            typed
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(MOST_LETTERS)
                .map(|c| c.to_ascii_uppercase())
                .collect(),
        )
    }

    /// The code that goes with a keyed digest: 80 bits of it.
    pub fn of_digest(digest: &[u8; 32]) -> Self {
        let bits = digest
            .iter()
            .take(10)
            .fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        Self(
            (1..=LETTERS)
                .map(|place| letter(RECEIPT, bits >> (5 * (LETTERS - place))))
                .collect(),
        )
    }

    /// The code that goes with a keyed digest, behind two letters that say at which hour of 1,024 it was
    /// issued: codes of one hour begin alike, so that what is stored of them lies together, and 70 bits of
    /// the digest follow.
    pub fn of_hour_and_digest(hour: u64, digest: &[u8; 32]) -> Self {
        let digest = Self::of_digest(digest);
        let hour = u128::from(hour);
        let mut letters: String = [letter(RECEIPT, hour >> 5), letter(RECEIPT, hour)]
            .iter()
            .collect();
        letters.extend(digest.0.chars().skip(letters.len()));
        Self(letters)
    }

    /// Its first two letters; fewer where it has fewer.
    pub fn beginning(&self) -> &str {
        self.0.get(..2).unwrap_or(&self.0)
    }

    /// A new voting code of random bytes: five bits of each.
    pub fn fresh(random: &[u8; LETTERS]) -> Self {
        Self(
            random
                .iter()
                .map(|byte| letter(CROCKFORD, u128::from(*byte)))
                .collect(),
        )
    }

    /// The code with letters that look like digits as those digits: O as 0, I and L as 1. Voting
    /// codes and codes of letters are compared and hashed in this form; receipt codes have L.
    #[must_use]
    pub fn look_alikes_as_digits(&self) -> Self {
        Self(
            self.0
                .chars()
                .map(|c| match c {
                    'O' => '0',
                    'I' | 'L' => '1',
                    other => other,
                })
                .collect(),
        )
    }

    /// The letters and digits alone.
    pub fn letters(&self) -> &str {
        &self.0
    }

    /// Whether nothing that counts was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The letter of the lowest five bits.
fn letter(alphabet: &[u8; 32], bits: u128) -> char {
    alphabet
        .get(usize::try_from(bits & 31).unwrap_or_default())
        .map_or('?', |letter| char::from(*letter))
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting() -> [u8; 32] {
        std::array::from_fn(|place| place as u8)
    }

    #[test]
    fn a_digest_gives_the_code_that_it_always_gave() {
        assert_eq!(
            Code::of_digest(&counting()).to_string(),
            "AAAS-EA2E-AWDA-QCAK"
        );
        assert_eq!(
            Code::of_digest(&[255; 32]).to_string(),
            "9999-9999-9999-9999"
        );
    }

    #[test]
    fn random_bytes_give_a_voting_code_of_sixteen_without_look_alikes() {
        let random = std::array::from_fn(|place| 16 + place as u8);
        let code = Code::fresh(&random);
        assert_eq!(code.to_string(), "GHJK-MNPQ-RSTV-WXYZ");
        assert_eq!(code.look_alikes_as_digits(), code);
        assert_eq!(Code::fresh(&[32; 16]).to_string(), "0000-0000-0000-0000");
    }

    #[test]
    fn a_code_is_the_same_whatever_is_typed_between_its_letters() {
        let code = Code::typed("8MNP-MGS2-M9UV-TWY5");
        for typed in [
            "8mnp-mgs2-m9uv-twy5",
            "8MNP MGS2 M9UV TWY5",
            "8MNPMGS2M9UVTWY5",
            " 8MNP\u{2013}MGS2\u{2014}M9UV\u{2212}TWY5 ",
            "8MNP\u{2010}MGS2\u{2011}M9UV\u{2012}TWY5.",
            "8MNP\u{ad}-MGS2\u{a0}M9UV\u{202f}TWY5\n",
            "“8MNP-MGS2-M9UV-TWY5”,",
            "8.M.N.P/MGS2_M9UV\u{fe63}TWY5",
        ] {
            assert_eq!(Code::typed(typed), code, "{typed}");
        }
        assert_eq!(code.to_string(), "8MNP-MGS2-M9UV-TWY5");
        assert_ne!(Code::typed("8MNP-MGS2-M9UV-TWY"), code);
        assert_ne!(Code::typed("8MNP-MGS2-M9UV-TWY55"), code);
    }

    #[test]
    fn look_alikes_are_one_for_voting_codes_and_two_for_receipts() {
        let typed = Code::typed("oO0i-IlL1");
        assert_eq!(typed.letters(), "OO0IILL1");
        assert_eq!(typed.look_alikes_as_digits().to_string(), "0001-1111");
        assert_ne!(Code::typed("L"), Code::typed("1"));
    }

    #[test]
    fn nothing_is_empty_a_page_of_text_is_cut_and_a_log_says_nothing() {
        for typed in ["", " - ", "\u{2013}.", "…"] {
            assert!(Code::typed(typed).is_empty(), "{typed}");
        }
        assert!(!Code::typed("8").is_empty());
        assert_eq!(Code::typed("").to_string(), "");
        assert_eq!(Code::typed(&"ab".repeat(1_000)).letters().len(), 40);
        assert_eq!(format!("{:?}", Code::typed("8MNP")), "Code(…)");
    }
}
