//! What each group says: the statements in which it differs from the others and is of one mind.
//!
//! The selection of the Polis server: statements where both the group's own share and its
//! difference from the others are significant, by the product of both measures and both tests, five
//! a group, with the best agreement among them; agreements before disagreements. A group without
//! any significant statement gets its nearest one, marked as not significant.
#![allow(
    clippy::indexing_slicing,
    reason = "columns and groups are those the tallies were made for"
)]

use serde::{Deserialize, Serialize};

use super::matrix::Statement;
use super::tallies::{SIGNIFICANT, Tally, one_proportion, two_proportions};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// For the statement.
    Agree,
    /// Against it.
    Disagree,
}

/// A statement that is typical of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Representative {
    /// Which.
    pub statement: Statement,
    /// What the group says to it.
    pub stance: Stance,
    /// How many of the group say so.
    pub count: u32,
    /// How many of the group voted on it.
    pub votes: u32,
    /// The chance that one of the group says so, (n + 1) / (N + 2).
    pub chance: f64,
    /// The test of that chance against a half.
    pub chance_test: f64,
    /// How many times likelier than outside the group.
    pub times: f64,
    /// The test of the difference from outside.
    pub times_test: f64,
    /// Whether this is the group's best agreement, shown in any case.
    pub best_agreement: bool,
    /// Whether both tests are significant.
    pub significant: bool,
}

/// Chance, its test, ratio, its test.
#[derive(Clone, Copy)]
struct Measure {
    chance: f64,
    chance_test: f64,
    times: f64,
    times_test: f64,
}

impl Measure {
    fn of(inside: (u32, u32), outside: (u32, u32)) -> Self {
        let chance = |(count, all): (u32, u32)| (f64::from(count) + 1.0) / (f64::from(all) + 2.0);
        Measure {
            chance: chance(inside),
            chance_test: one_proportion(inside.0, inside.1),
            times: chance(inside) / chance(outside),
            times_test: two_proportions(inside, outside),
        }
    }

    fn significant(self) -> bool {
        self.chance_test > SIGNIFICANT && self.times_test > SIGNIFICANT
    }

    fn product(self) -> f64 {
        self.times * self.times_test * self.chance * self.chance_test
    }
}

#[derive(Clone, Copy)]
struct Row {
    statement: Statement,
    tally: Tally,
    agree: Measure,
    disagree: Measure,
}

impl Row {
    fn significant(self) -> bool {
        self.agree.significant() || self.disagree.significant()
    }

    fn finished(self) -> Representative {
        let (stance, count, measure) = if self.agree.times_test > self.disagree.times_test {
            (Stance::Agree, self.tally.agrees, self.agree)
        } else {
            (Stance::Disagree, self.tally.disagrees, self.disagree)
        };
        Representative {
            statement: self.statement,
            stance,
            count,
            votes: self.tally.all(),
            chance: measure.chance,
            chance_test: measure.chance_test,
            times: measure.times,
            times_test: measure.times_test,
            best_agreement: false,
            significant: measure.significant(),
        }
    }

    fn beats(self, best: Option<Row>) -> bool {
        if self.tally.agrees == 0 && self.tally.disagrees == 0 {
            return false;
        }
        match best {
            Some(best) if best.agree.times > 1.0 => self.agree.product() > best.agree.product(),
            Some(best) => {
                self.agree.chance * self.agree.chance_test
                    > best.agree.chance * best.agree.chance_test
            }
            None => {
                self.agree.chance_test > SIGNIFICANT
                    || (self.agree.times > 1.0 && self.agree.chance > 0.5)
            }
        }
    }
}

/// The statements that are typical of each group, at most `most` each, from the groups' tallies. Columns
/// in `hidden` are never chosen.
pub fn representative(
    statements: &[Statement],
    hidden: &[bool],
    groups: &[Vec<Tally>],
    most: usize,
) -> Vec<Vec<Representative>> {
    groups
        .iter()
        .map(|group| {
            let rows = statements
                .iter()
                .enumerate()
                .filter(|(column, _)| !hidden[*column])
                .map(|(column, statement)| {
                    let all = total(groups, column);
                    let (inside, outside) = (group[column], all.without(group[column]));
                    Row {
                        statement: *statement,
                        tally: inside,
                        agree: Measure::of(
                            (inside.agrees, inside.all()),
                            (outside.agrees, outside.all()),
                        ),
                        disagree: Measure::of(
                            (inside.disagrees, inside.all()),
                            (outside.disagrees, outside.all()),
                        ),
                    }
                })
                .collect::<Vec<_>>();
            chosen(&rows, most)
        })
        .collect()
}

fn total(groups: &[Vec<Tally>], column: usize) -> Tally {
    groups.iter().fold(Tally::default(), |sum, group| Tally {
        agrees: sum.agrees + group[column].agrees,
        disagrees: sum.disagrees + group[column].disagrees,
        passes: sum.passes + group[column].passes,
    })
}

fn chosen(rows: &[Row], most: usize) -> Vec<Representative> {
    let best_agreement =
        rows.iter().fold(
            None::<Row>,
            |best, row| {
                if row.beats(best) { Some(*row) } else { best }
            },
        );
    let mut enough: Vec<Representative> = rows
        .iter()
        .filter(|row| row.significant())
        .map(|row| row.finished())
        .collect();
    let product = |r: &Representative| r.times * r.times_test * r.chance * r.chance_test;
    enough.sort_by(|a, b| product(b).total_cmp(&product(a)));
    let head = match best_agreement {
        Some(best) => Some(Representative {
            best_agreement: true,
            ..best.finished()
        }),
        None if enough.is_empty() => {
            let test = |row: &Row| row.agree.times_test.max(row.disagree.times_test);
            rows.iter()
                .filter(|row| row.tally.all() > 0)
                .fold(None::<&Row>, |best, row| match best {
                    Some(best) if test(best) >= test(row) => Some(best),
                    _ => Some(row),
                })
                .map(|row| row.finished())
        }
        None => None,
    };
    let first = head.as_ref().map(|head| head.statement);
    let mut chosen: Vec<Representative> = head
        .into_iter()
        .chain(enough.into_iter().filter(|r| Some(r.statement) != first))
        .take(most)
        .collect();
    chosen.sort_by_key(|r| r.stance);
    chosen
}
