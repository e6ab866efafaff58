//! The disclosure gate for counts of people, after the Government Statistical Service's guidance
//! on disclosure control for tables produced from administrative sources.
//!
//! Invariants: a count under the threshold is never shown, nought included; a count of people
//! ([`People`]) can neither be written nor sent, and only a [`Rule`] makes a [`Shown`] of one. Whether
//! what is hidden can be worked out from what is shown beside it, is for `release`.

use serde::{Deserialize, Serialize};

/// How counts are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Counts below this are hidden.
    pub threshold: u64,
    /// The others are rounded to a multiple of this.
    pub base: u64,
}

/// For everybody: below 10 hidden, others rounded to 5.
pub const PUBLIC: Rule = Rule {
    threshold: 10,
    base: 5,
};
/// For analysts: below 5 hidden, others as they are.
pub const ANALYST: Rule = Rule {
    threshold: 5,
    base: 1,
};

/// So many people. It is not for showing: it has no text and can't be sent, so that whoever wants to
/// show it asks a [`Rule`].
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct People(u64);

impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("People(..)")
    }
}

impl People {
    /// So many, as they were counted.
    pub fn counted(number: u64) -> Self {
        Self(number)
    }

    /// The number, for keeping it where nobody reads it.
    pub fn to_keep(self) -> u64 {
        self.0
    }

    /// These and those.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0.saturating_add(others.0))
    }

    /// How many more or fewer they are than others.
    pub(super) fn apart_from(self, others: Self) -> u64 {
        self.0.abs_diff(others.0)
    }

    /// Whether there are at least so many.
    pub fn at_least(self, number: u64) -> bool {
        self.0 >= number
    }
}

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Hidden: fewer than the threshold, or hidden to protect another count.
    Hidden,
    /// This many, rounded as the rule says.
    Count(u64),
}

/// A count with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What is counted.
    pub label: String,
    /// How many, as far as it may be shown.
    pub count: Shown,
    /// Of how many categories it is made, where small ones are shown as one; else 0.
    #[serde(default)]
    pub merges: u64,
}

impl Rule {
    /// A count by itself: hidden below the threshold, else rounded, by what it is and nothing else.
    pub fn alone(self, count: u64) -> Shown {
        if count < self.threshold {
            Shown::Hidden
        } else {
            Shown::Count(self.round(count))
        }
    }

    /// The same of people.
    pub fn people(self, people: People) -> Shown {
        self.alone(people.0)
    }

    fn round(self, count: u64) -> u64 {
        let base = self.base.max(1);
        (count + base / 2) / base * base
    }

    /// The counts of one table of exclusive categories for somebody who sees the total too: where one
    /// alone is hidden, the smallest other is hidden with it. What everybody sees is made by `release`.
    pub fn table(self, counts: &[u64]) -> Vec<Shown> {
        let mut shown: Vec<Shown> = counts.iter().map(|count| self.alone(*count)).collect();
        let hidden = shown.iter().filter(|one| **one == Shown::Hidden).count();
        if hidden == 1
            && let Some((place, _)) = counts
                .iter()
                .enumerate()
                .filter(|(place, _)| shown.get(*place) != Some(&Shown::Hidden))
                .min_by_key(|(_, count)| **count)
            && let Some(other) = shown.get_mut(place)
        {
            *other = Shown::Hidden;
        }
        shown
    }

    /// The counts that are shown as this one.
    pub(super) fn behind(self, shown: u64) -> (u64, u64) {
        let base = self.base.max(1);
        let low = shown.saturating_sub(base / 2).max(self.threshold);
        (low, shown + (base - 1) / 2)
    }
}

impl Shown {
    /// The number, where it is shown.
    pub fn number(self) -> Option<u64> {
        match self {
            Shown::Count(count) => Some(count),
            Shown::Hidden => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_counts_are_hidden_nought_like_any_and_the_others_rounded() {
        assert_eq!(PUBLIC.alone(0), Shown::Hidden);
        assert_eq!(PUBLIC.alone(1), Shown::Hidden);
        assert_eq!(PUBLIC.alone(9), Shown::Hidden);
        assert_eq!(PUBLIC.alone(10), Shown::Count(10));
        assert_eq!(PUBLIC.alone(12), Shown::Count(10));
        assert_eq!(PUBLIC.alone(13), Shown::Count(15));
        assert_eq!(ANALYST.alone(4), Shown::Hidden);
        assert_eq!(ANALYST.alone(5), Shown::Count(5));
        assert_eq!(ANALYST.people(People::counted(7)), Shown::Count(7));
        assert_eq!(Shown::Count(15).number(), Some(15));
        assert_eq!(Shown::Hidden.number(), None);
    }

    #[test]
    fn a_lone_hidden_count_of_a_table_takes_the_next_smallest_with_it() {
        let count = Shown::Count;
        assert_eq!(
            ANALYST.table(&[100, 3, 20]),
            [count(100), Shown::Hidden, Shown::Hidden]
        );
        assert_eq!(
            ANALYST.table(&[100, 3, 4]),
            [count(100), Shown::Hidden, Shown::Hidden]
        );
        assert_eq!(ANALYST.table(&[100, 7]), [count(100), count(7)]);
    }

    #[test]
    fn people_say_no_number() {
        let some = People::counted(1_204).and(People::counted(1));
        assert_eq!(format!("{some:?}"), "People(..)");
        assert!(some.at_least(1_205) && !some.at_least(1_206));
        assert_eq!(some.to_keep(), 1_205);
    }

    proptest! {
        #[test]
        fn what_is_shown_has_the_count_behind_it(count in 0_u64..5_000) {
            for rule in [PUBLIC, ANALYST] {
                match rule.alone(count) {
                    Shown::Hidden => prop_assert!(count < rule.threshold),
                    Shown::Count(shown) => {
                        let (low, high) = rule.behind(shown);
                        prop_assert!(low <= count && count <= high);
                        prop_assert!(low >= rule.threshold);
                        let others = (low..=high).all(|one| rule.alone(one) == Shown::Count(shown));
                        prop_assert!(others);
                    }
                }
            }
        }
    }
}
