//! The idempotency key of a response: issued with the check page, signed, of limited age.
//!
//! The receipt code is derived from it, so a retry, a double click and the back button lead to
//! one response and one receipt. Invariant: neither key nor code is stored, only their hashes.

use domain::code::Code;
use domain::ids::ConsultationId;
use jiff::Timestamp;

use crate::secret::{self, Secret};

const PURPOSE: &str = "response-key";

/// A key of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    token: String,
    /// When its check page was made.
    pub issued: Timestamp,
}

impl Key {
    /// A fresh one.
    ///
    /// # Errors
    /// Where the operating system gives no randomness.
    pub fn issue(now: Timestamp) -> Result<Self, getrandom::Error> {
        Ok(Self {
            token: secret::token()?,
            issued: now,
        })
    }

    /// The key as it stands in the form of this consultation.
    pub fn sign(&self, secret: &Secret, on: ConsultationId) -> String {
        let value = format!("{on}.{}.{}", self.issued.as_millisecond(), self.token);
        secret.sign(PURPOSE, &value)
    }

    /// Reads a key that we signed for this consultation.
    pub fn read(secret: &Secret, on: ConsultationId, signed: &str) -> Option<Self> {
        let value = secret.verify(PURPOSE, signed)?;
        let mut parts = value.split('.');
        let (for_one, issued, token) = (parts.next()?, parts.next()?, parts.next()?);
        (for_one == on.to_string() && parts.next().is_none()).then_some(())?;
        Some(Self {
            token: token.to_owned(),
            issued: Timestamp::from_millisecond(issued.parse().ok()?).ok()?,
        })
    }

    /// What is stored of it.
    pub fn stored(&self) -> String {
        secret::hash(&self.token)
    }

    /// The receipt code that goes with it.
    pub fn receipt(&self, secret: &Secret) -> Code {
        Code::of_digest(&secret.mac("receipt", self.token.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_ours_for_one_consultation_only_and_gives_one_receipt() {
        let secret = Secret::new("s");
        let key = Key::issue(Timestamp::UNIX_EPOCH).expect("random");
        let signed = key.sign(&secret, ConsultationId(7));
        assert_eq!(
            Key::read(&secret, ConsultationId(7), &signed),
            Some(key.clone())
        );
        assert_eq!(Key::read(&secret, ConsultationId(8), &signed), None);
        assert_eq!(
            Key::read(&Secret::new("t"), ConsultationId(7), &signed),
            None
        );
        assert_eq!(Key::read(&secret, ConsultationId(7), ""), None);
        assert_eq!(key.receipt(&secret), key.receipt(&secret));
    }
}
