//! Two people who change one thing: the version that each had before them.
//!
//! A form carries the version of what it shows; a change of anything newer is refused, and the
//! person sees both. Deliberately not here: where versions are kept.

use std::collections::BTreeMap;
use std::fmt::Debug;

use jiff::Timestamp;

use crate::digest::hash;

/// How often a thing has been changed: 0 as it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub i64);

impl Version {
    /// The version that a form carried; the first one where it carried none.
    pub fn typed(text: &str) -> Self {
        Self(text.trim().parse().unwrap_or_default())
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

/// The versions of several things, by what each is kept under.
///
/// They are read before the words they are of: were it the other way round, a change between the two
/// readings would be overwritten unseen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions(BTreeMap<String, Version>);

impl Versions {
    /// Of these things; whatever is not among them was never changed.
    pub fn new(known: impl IntoIterator<Item = (String, Version)>) -> Self {
        Self(known.into_iter().collect())
    }

    /// The version of one thing.
    pub fn of(&self, subject: &str) -> Version {
        self.0.get(subject).copied().unwrap_or_default()
    }
}

/// A thing as somebody read it: another value as soon as it says something else. For what is made of
/// many parts, each with a version of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AsRead(String);

impl AsRead {
    /// Of what it says.
    pub fn of(says: &impl Debug) -> Self {
        Self(hash(format!("{says:?}")))
    }

    /// What a form carried; nothing that could have been read where it carried none.
    pub fn typed(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// As a form carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The key of one form that makes something: sent twice, it makes one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreationKey(String);

impl CreationKey {
    /// The longest key that is looked at.
    const MOST: usize = 64;

    /// The key that a form carried; an empty one makes a new thing each time.
    pub fn typed(text: &str) -> Self {
        Self(text.trim().chars().take(Self::MOST).collect())
    }

    /// As it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Somebody changed a thing since this person saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Who, by name; a word for the program where it was no person.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The version it has now.
    pub version: Version,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_known_again_and_nothing_else_is() {
        let read = AsRead::of(&("A crossing", 3));
        assert_eq!(AsRead::typed(&format!(" {} ", read.as_str())), read);
        assert_ne!(AsRead::of(&("A crossing", 4)), read);
        assert_ne!(AsRead::typed(""), read);
        let versions = Versions::new([("option/1".to_owned(), Version(2))]);
        assert_eq!(versions.of("option/1"), Version(2));
        assert_eq!(versions.of("option/2"), Version(0));
    }

    #[test]
    fn a_form_without_a_version_saw_the_first_one() {
        assert_eq!(Version::typed(" 7 "), Version(7));
        assert_eq!(Version::typed(""), Version(0));
        assert_eq!(Version::typed("seven"), Version(0));
    }
}
