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
    /// The mail server said that there is no such mailbox, with this number.
    NoMailbox(u16),
    /// The mail server said no otherwise, with this number (RFC 5321 §4.2.3).
    Answered(u16),
    /// What is kept of it can't be read.
    Unreadable,
    /// The folder for letters can't be written.
    Folder,
    /// Something else, of another version of this program.
    Other,
}

const WORDS: [(Trouble, &str); 8] = [
    (Trouble::NotAnAddress, "not-an-address"),
    (Trouble::NoConnection, "no-connection"),
    (Trouble::NoAnswer, "no-answer"),
    (Trouble::NoEncryption, "no-encryption"),
    (Trouble::NotUnderstood, "not-understood"),
    (Trouble::Unreadable, "unreadable"),
    (Trouble::Folder, "folder"),
    (Trouble::Other, "other"),
];

/// The word stored for it.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered(code) => write!(f, "smtp-{code}"),
            Self::NoMailbox(code) => write!(f, "no-mailbox-{code}"),
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
        let number = |prefix| word.strip_prefix(prefix)?.parse().ok();
        if let Some(code) = number("smtp-") {
            return Self::Answered(code);
        }
        if let Some(code) = number("no-mailbox-") {
            return Self::NoMailbox(code);
        }
        let known = WORDS.iter().find(|(_, known)| *known == word);
        known.map_or(Self::Other, |(trouble, _)| *trouble)
    }

    /// What a mail server’s answer means: its number and its first words, of which no more is looked at
    /// than the code of RFC 3463 that they may begin with.
    ///
    /// That there is no such mailbox is said by 550, 551 or 553 with a code about the recipient’s address
    /// (5.1.x, but not 5.1.7 and 5.1.8, which are about ours), and by 551 and 553 without a code. A bare
    /// 550 says as often that we are not let in.
    pub fn answered(number: u16, words: &str) -> Self {
        let no_mailbox = match (number, enhanced(words)) {
            (550 | 551 | 553, Some((5, 1, detail))) => !matches!(detail, 7 | 8),
            (551 | 553, None) => true,
            _ => false,
        };
        if no_mailbox {
            Self::NoMailbox(number)
        } else {
            Self::Answered(number)
        }
    }

    /// Whether it will be the same at every try, because it lies in the address that was given. Whatever
    /// else a mail server says no to, us, our password, the size or the day, can be put right meanwhile.
    pub fn is_for_good(self) -> bool {
        matches!(self, Self::NotAnAddress | Self::NoMailbox(_))
    }

    /// Whether it would be the same for every other letter now, and takes long to find out.
    pub fn is_of_the_way(self) -> bool {
        matches!(self, Self::NoConnection | Self::NoAnswer)
    }
}

/// The code of RFC 3463 with which an answer begins.
fn enhanced(words: &str) -> Option<(u8, u16, u16)> {
    let first = words.split_whitespace().next()?;
    let mut parts = first.splitn(3, '.');
    let class = parts.next()?.parse().ok()?;
    let subject = parts.next()?.parse().ok()?;
    Some((class, subject, parts.next()?.parse().ok()?))
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
        let gone = Trouble::NoMailbox(550);
        assert_eq!(gone.to_string(), "no-mailbox-550");
        assert_eq!(Trouble::from_word("no-mailbox-550"), gone);
        for odd in [
            "",
            "smtp-",
            "no-mailbox-",
            "mail not sent: not an address",
            "smtp-x",
        ] {
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
    fn only_what_is_said_of_the_recipient_is_for_good() {
        let again = |trouble| try_again(trouble, Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH);
        for (number, words) in [
            (550, "5.1.1 <x@example.org>: no such user"),
            (550, "5.1.10 the domain takes no email"),
            (551, "not here"),
            (551, "5.1.6 moved away"),
            (553, "mailbox name not allowed"),
            (553, "5.1.3 not an address"),
        ] {
            let trouble = Trouble::answered(number, words);
            assert_eq!(trouble, Trouble::NoMailbox(number), "{words}");
            assert_eq!(again(trouble), None, "{words}");
        }
        // Of us, of the letter, of the day: full, busy, blocked, a password of ours that is wrong.
        for (number, words) in [
            (421, "4.7.0 too many"),
            (450, ""),
            (451, "4.7.1 greylisted"),
            (452, "4.1.1 later"),
            (500, "what?"),
            (530, "5.7.0 sign in first"),
            (535, "5.7.8 wrong"),
            (550, ""),
            (550, "no such user"),
            (550, "5.7.1 your network is blocked"),
            (550, "5.1.7 bad sender"),
            (550, "5.2.1 mailbox disabled"),
            (552, "5.2.2 mailbox full"),
            (553, "5.7.1 relaying denied"),
            (553, "5.1.8 sender unknown"),
            (554, "5.1.1 service refused"),
        ] {
            let trouble = Trouble::answered(number, words);
            assert_eq!(trouble, Trouble::Answered(number), "{words}");
            assert!(again(trouble).is_some(), "{number} {words}");
        }
        assert_eq!(again(Trouble::NotAnAddress), None);
        for trouble in [Trouble::NoAnswer, Trouble::Folder, Trouble::Unreadable] {
            assert!(again(trouble).is_some(), "{trouble}");
        }
    }
}
