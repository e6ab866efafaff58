//! The disclosure gate for counts of people, after the Government Statistical Service's guidance
//! on disclosure control for tables produced from administrative sources.
//!
//! Invariant: a count under the threshold is never shown, nor can it be found by taking the shown
//! counts from the total: where exactly one is hidden, the smallest other is hidden with it.

use serde::{Deserialize, Serialize};

/// How counts are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Counts above zero and below this are hidden.
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

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// This many, rounded as the rule says.
    Count(u64),
    /// Hidden: fewer than the threshold, or hidden to protect another count.
    Hidden,
}

impl Rule {
    /// A count that stands alone, such as a total.
    pub fn alone(self, count: u64) -> Shown {
        if count > 0 && count < self.threshold {
            Shown::Hidden
        } else {
            Shown::Count(self.round(count))
        }
    }

    fn round(self, count: u64) -> u64 {
        let base = self.base.max(1);
        (count + base / 2) / base * base
    }

    /// The counts of one table of exclusive categories whose total is shown as well.
    pub fn table(self, counts: &[u64]) -> Vec<Shown> {
        let mut shown: Vec<Shown> = counts.iter().map(|count| self.alone(*count)).collect();
        let hidden = shown.iter().filter(|s| **s == Shown::Hidden).count();
        if hidden == 1
            && let Some((place, _)) = counts
                .iter()
                .enumerate()
                .filter(|(place, count)| **count > 0 && shown.get(*place) != Some(&Shown::Hidden))
                .min_by_key(|(_, count)| **count)
            && let Some(other) = shown.get_mut(place)
        {
            *other = Shown::Hidden;
        }
        shown
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
    fn small_counts_are_hidden_and_a_lone_one_takes_the_next_smallest_with_it() {
        assert_eq!(PUBLIC.alone(0), Shown::Count(0));
        assert_eq!(PUBLIC.alone(9), Shown::Hidden);
        assert_eq!(PUBLIC.alone(1), Shown::Hidden);
        assert_eq!(PUBLIC.alone(10), Shown::Count(10));
        assert_eq!(ANALYST.alone(4), Shown::Hidden);
        assert_eq!(ANALYST.alone(5), Shown::Count(5));
        // Nobody is no count to hide behind.
        assert_eq!(PUBLIC.table(&[0, 3]), [Shown::Count(0), Shown::Hidden]);
        assert_eq!(Shown::Count(15).number(), Some(15));
        assert_eq!(Shown::Hidden.number(), None);
        assert_eq!(PUBLIC.alone(12), Shown::Count(10));
        assert_eq!(PUBLIC.alone(13), Shown::Count(15));
        assert_eq!(
            PUBLIC.table(&[100, 3, 20]),
            [Shown::Count(100), Shown::Hidden, Shown::Hidden]
        );
        assert_eq!(
            PUBLIC.table(&[100, 3, 4]),
            [Shown::Count(100), Shown::Hidden, Shown::Hidden]
        );
    }

    proptest! {
        #[test]
        fn no_small_count_is_shown_or_stands_hidden_alone(
            counts in proptest::collection::vec(0_u64..60, 1..12)
        ) {
            for rule in [PUBLIC, ANALYST] {
                let shown = rule.table(&counts);
                let hidden = shown.iter().filter(|s| **s == Shown::Hidden).count();
                let others = counts.iter().filter(|c| **c > 0).count();
                prop_assert!(hidden != 1 || others == 1);
                for (count, shown) in counts.iter().zip(&shown) {
                    prop_assert!(*count == 0 || *count >= rule.threshold || *shown == Shown::Hidden);
                }
            }
        }
    }
}
