//! Letters by email that did not leave: why, and when they are tried again.
//!
//! Deliberately not here: what a letter says, and how it is sent.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

/// Why a letter did not leave. Nothing of whoever it is for is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is to no address.
    NotAnAddress,
    /// The mail server can't be reached.
    NoConnection,
    /// The mail server does not answer.
    NoAnswer,
    /// Mail server and we agree on no encryption, or its certificate is not good.
    NoEncryption,
    /// Mail server and we do not understand one another.
    NotUnderstood,
    /// The mail server said no, with this number (RFC 5321 §4.2.3).
    Answered(u16),
    /// The folder for letters can't be written.
    Folder,
    /// Something else, of another version of this program.
    Other,
}

const WORDS: [(Trouble, &str); 7] = [
    (Trouble::NotAnAddress, "not-an-address"),
    (Trouble::NoConnection, "no-connection"),
    (Trouble::NoAnswer, "no-answer"),
    (Trouble::NoEncryption, "no-encryption"),
    (Trouble::NotUnderstood, "not-understood"),
    (Trouble::Folder, "folder"),
    (Trouble::Other, "other"),
];

/// The word stored for it.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered(code) => write!(f, "smtp-{code}"),
            other => {
                let word = WORDS.iter().find(|(trouble, _)| trouble == other);
                f.write_str(word.map_or("other", |(_, word)| word))
            }
        }
    }
}

impl Trouble {
    /// The trouble of a stored word.
    pub fn from_word(word: &str) -> Self {
        if let Some(code) = word
            .strip_prefix("smtp-")
            .and_then(|code| code.parse().ok())
        {
            return Self::Answered(code);
        }
        let known = WORDS.iter().find(|(_, known)| *known == word);
        known.map_or(Self::Other, |(trouble, _)| *trouble)
    }

    /// Whether it will be the same at every try: no such mailbox, for one. What is wrong with our own
    /// way in to the mail server (530 to 538, RFC 4954 §6) can be put right.
    pub fn is_for_good(self) -> bool {
        match self {
            Self::NotAnAddress => true,
            Self::Answered(code) => (500..600).contains(&code) && !(530..=538).contains(&code),
            _ => false,
        }
    }
}

/// How long a letter is tried: a mail server that is down over a weekend loses none.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(72);
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(5);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

/// How long to wait for the next try of what has been tried since then: as long as it has been tried
/// already, so ever longer, an hour at most.
pub fn wait(since: Timestamp, now: Timestamp) -> SignedDuration {
    now.duration_since(since).clamp(FIRST_WAIT, LONGEST_WAIT)
}

/// When a letter that is tried since then and has just failed is tried again; nothing where it is given
/// up.
pub fn try_again(trouble: Trouble, since: Timestamp, now: Timestamp) -> Option<Timestamp> {
    if trouble.is_for_good() || now.duration_since(since) >= TRIED_FOR {
        return None;
    }
    now.checked_add(wait(since, now)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_for_each_trouble() {
        for (trouble, word) in WORDS {
            assert_eq!(trouble.to_string(), word);
            assert_eq!(Trouble::from_word(word), trouble);
        }
        assert_eq!(Trouble::from_word("smtp-550"), Trouble::Answered(550));
        assert_eq!(Trouble::Answered(421).to_string(), "smtp-421");
        for odd in ["", "smtp-", "mail not sent: not an address", "smtp-x"] {
            assert_eq!(Trouble::from_word(odd), Trouble::Other, "{odd}");
        }
    }

    #[test]
    fn a_letter_is_tried_for_three_days_and_at_least_each_hour() {
        let began = Timestamp::UNIX_EPOCH;
        let (mut now, mut tries, mut last) = (began, 1, began);
        while let Some(next) = try_again(Trouble::NoConnection, began, now) {
            let wait = next.duration_since(now);
            assert!(
                (FIRST_WAIT..=LONGEST_WAIT).contains(&wait),
                "{tries}: {wait:?}"
            );
            tries += 1;
            (last, now) = (now, next);
        }
        assert!(last.duration_since(began) >= SignedDuration::from_hours(70));
        assert!((60..120).contains(&tries), "{tries}");
        assert_eq!(wait(began, began), FIRST_WAIT);
        assert_eq!(wait(began, Timestamp::MAX), LONGEST_WAIT);
        assert_eq!(wait(Timestamp::MAX, began), FIRST_WAIT);
    }

    #[test]
    fn what_is_refused_for_good_is_not_tried_again() {
        let again = |trouble| try_again(trouble, Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH);
        for code in [550, 551, 553, 554, 500] {
            assert_eq!(again(Trouble::Answered(code)), None, "{code}");
        }
        assert_eq!(again(Trouble::NotAnAddress), None);
        // Full, busy, greylisted; and a password of ours that is wrong.
        for code in [421, 450, 451, 452, 454, 530, 535] {
            assert!(again(Trouble::Answered(code)).is_some(), "{code}");
        }
        assert!(again(Trouble::NoAnswer).is_some() && again(Trouble::Folder).is_some());
    }
}
