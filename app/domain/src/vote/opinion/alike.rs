//! Statements that say nearly the same, to be offered before another one is posted.
//!
//! Runs of four letters of the words in lower case, without punctuation; the measure is Jaccard's:
//! what both have, of what either has. Deliberately no meaning: "more trees" and "fewer cars" are
//! far apart, and so is a translation.

use std::collections::BTreeSet;

use super::matrix::Statement;

/// From this likeness on a statement is offered.
pub const NEARLY_THE_SAME: f64 = 0.5;
/// Letters in a run.
const RUN: usize = 4;

/// A statement that is much like the new one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// Which.
    pub statement: Statement,
    /// From 0 to 1, the same.
    pub likeness: f64,
}

/// The statements nearly the same as `text`, the nearest first.
pub fn alike<'a>(text: &str, others: impl IntoIterator<Item = (Statement, &'a str)>) -> Vec<Alike> {
    let runs = shingles(text);
    let mut found: Vec<Alike> = others
        .into_iter()
        .map(|(statement, other)| Alike {
            statement,
            likeness: jaccard(&runs, &shingles(other)),
        })
        .filter(|one| one.likeness >= NEARLY_THE_SAME)
        .collect();
    found.sort_by(|a, b| {
        b.likeness
            .total_cmp(&a.likeness)
            .then(a.statement.cmp(&b.statement))
    });
    found
}

/// How alike two texts are, from 0 to 1.
pub fn likeness(a: &str, b: &str) -> f64 {
    jaccard(&shingles(a), &shingles(b))
}

fn shingles(text: &str) -> BTreeSet<String> {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '\'' && *c != '’')
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = words.chars().collect();
    if letters.len() <= RUN {
        return BTreeSet::from([words]);
    }
    letters
        .windows(RUN)
        .map(|run| run.iter().collect())
        .collect()
}

fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    both as f64 / either.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_other_dress_are_the_same() {
        let likeness = likeness("Don't build on the green!", "dont BUILD, on the green");
        assert!((likeness - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_slip_is_offered_and_another_matter_is_not() {
        let others = [
            (1, "The buses should run later at night."),
            (2, "The library should open on Sundays."),
            (3, "Buses should run later at night in winter"),
        ];
        let found = alike("Buses should run later at night", others);
        let ids: Vec<_> = found.iter().map(|one| one.statement).collect();
        assert_eq!(ids, [1, 3]);
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert!(alike("", [(1, "Trees")]).is_empty());
    }
}
