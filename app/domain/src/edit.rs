//! Two people who change one thing: the version that each had before them.
//!
//! A form carries the version of what it shows; a change of anything newer is refused, and the
//! person sees both. Deliberately not here: where versions are kept.

use jiff::Timestamp;

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
        self.0.fmt(f)
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
    fn a_form_without_a_version_saw_the_first_one() {
        assert_eq!(Version::typed(" 7 "), Version(7));
        assert_eq!(Version::typed(""), Version(0));
        assert_eq!(Version::typed("seven"), Version(0));
    }
}
