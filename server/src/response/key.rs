//! The idempotency key of a response: issued with the check page, signed, of limited age.
//!
//! The receipt code is derived from it, so a retry, a double click and the back button lead to
//! one response and one receipt. Invariant: neither key nor code is stored, only their hashes; these
//! begin with when the key was issued, so that what is stored together lies together.

use domain::code::Code;
use domain::ids::ConsultationId;
use jiff::Timestamp;

use crate::secret::{self, Secret};

const PURPOSE: &str = "response-key";
/// What the token of a key begins with whose hashes begin with its moment. Those of a version before do
/// not, and are stored as they were.
const IN_ORDER: char = '~';
/// How much of the hash of a token is stored behind its moment: 80 bits.
const SHORT: usize = 20;
const HOUR_MILLIS: i64 = 3_600_000;

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
        Ok(Self::of_token(&secret::token()?, now))
    }

    /// The one of this token.
    pub fn of_token(token: &str, issued: Timestamp) -> Self {
        Self {
            token: format!("{IN_ORDER}{token}"),
            issued,
        }
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
        let hash = secret::hash(&self.token);
        if !self.token.starts_with(IN_ORDER) {
            return hash;
        }
        let short = hash.get(..SHORT).unwrap_or_default();
        format!("{:012x}{short}", self.issued.as_millisecond())
    }

    /// The receipt code that goes with it.
    pub fn receipt(&self, secret: &Secret) -> Code {
        let digest = secret.mac("receipt", self.token.as_bytes());
        if !self.token.starts_with(IN_ORDER) {
            return Code::of_digest(&digest);
        }
        let hour = self.issued.as_millisecond().div_euclid(HOUR_MILLIS);
        Code::of_hour_and_digest(hour.unsigned_abs(), &digest)
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

    #[test]
    fn what_is_stored_of_keys_is_in_the_order_in_which_they_were_issued() {
        let secret = Secret::new("s");
        let at = |millis| Timestamp::from_millisecond(millis).expect("a moment");
        let keys: Vec<Key> = [1_795_000_000_000, 1_795_000_000_001, 1_799_999_999_999]
            .map(|millis| Key::issue(at(millis)).expect("random"))
            .to_vec();
        assert!(keys.is_sorted_by_key(Key::stored));
        assert!(keys.iter().all(|key| key.stored().len() == 32));
        let beginnings = |key: &Key| key.receipt(&secret).beginning().to_owned();
        assert_eq!(beginnings(&keys[0]), beginnings(&keys[1]));
        assert_ne!(beginnings(&keys[0]), beginnings(&keys[2]));
    }

    #[test]
    fn a_key_on_a_page_of_a_version_before_leads_to_what_was_stored_then() {
        let secret = Secret::new("s");
        let signed = secret.sign(PURPOSE, "7.1795000000000.abc");
        let key = Key::read(&secret, ConsultationId(7), &signed).expect("a key");
        assert_eq!(key.stored(), secret::hash("abc"));
        let code = Code::of_digest(&secret.mac("receipt", b"abc"));
        assert_eq!(key.receipt(&secret), code);
    }
}
