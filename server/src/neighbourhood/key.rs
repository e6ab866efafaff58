//! The key of a concern: issued with its form, signed, and carried to its receipt.
//!
//! The code by which it is followed is derived from it, so that a retry and a double click lead to
//! one concern and one code. Invariant: neither key nor code is stored, only their hashes.

use domain::code::Code;

use crate::secret::{self, Secret};

const PURPOSE: &str = "concern";

/// A key of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernKey(String);

impl ConcernKey {
    /// A fresh one.
    ///
    /// # Errors
    /// Where the operating system gives no randomness.
    pub fn issue() -> Result<Self, getrandom::Error> {
        secret::token().map(Self)
    }

    /// The key of these words, for concerns that no form sends.
    pub fn of(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// The key of this form with these words: the same words sent twice are one concern, and whoever
    /// goes back and types others means another.
    pub fn with(&self, says: &impl std::fmt::Debug) -> Self {
        Self(secret::hash(format!("{}/{says:?}", self.0)))
    }

    /// The key as it stands in a form or a cookie.
    pub fn sign(&self, secret: &Secret) -> String {
        secret.sign(PURPOSE, &self.0)
    }

    /// Reads a key that we signed.
    pub fn read(secret: &Secret, signed: &str) -> Option<Self> {
        secret
            .verify(PURPOSE, signed)
            .map(|key| Self(key.to_owned()))
    }

    /// What is stored of it.
    pub fn stored(&self) -> String {
        secret::hash(&self.0)
    }

    /// The code that goes with it.
    pub fn receipt(&self, secret: &Secret) -> Code {
        Code::of_digest(&secret.mac(PURPOSE, self.0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_ours_or_none_and_gives_one_code() {
        let secret = Secret::new("s");
        let key = ConcernKey::issue().expect("random");
        let signed = key.sign(&secret);
        assert_eq!(ConcernKey::read(&secret, &signed), Some(key.clone()));
        assert_eq!(ConcernKey::read(&Secret::new("t"), &signed), None);
        assert_eq!(ConcernKey::read(&secret, "mine"), None);
        assert_eq!(key.receipt(&secret), key.receipt(&secret));
    }
}
