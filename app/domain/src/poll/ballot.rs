//! What a ballot may say.
//!
//! Invariant: [`Choices`] are made only by [`Poll::choices`], so none is over budget, over its
//! points, ranks twice or names an option that is not on the paper; their text is canonical, so
//! equal ballots have equal texts.

use super::model::{BudgetForm, Method, Poll, PollOption};
use crate::vote::tally;

/// One mark on a ballot: an option by its position, with points, a score, or a rank from 1 (best).
/// Where a form has crosses only, `value` is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    /// The option's position on the paper, from 1.
    pub option: i32,
    /// Points, score or rank.
    pub value: u32,
}

/// What one ballot says, within the rules of its poll. Empty is a blank ballot, which is counted as
/// blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choices(Vec<Choice>);

impl Choices {
    /// The marks: ranked ones best first, others by position.
    pub fn marks(&self) -> &[Choice] {
        &self.0
    }

    /// Whether nothing is marked.
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// The one text of these marks: `3:1 1:2`; empty for a blank ballot.
    pub fn text(&self) -> String {
        let marks: Vec<String> = self
            .0
            .iter()
            .map(|mark| format!("{}:{}", mark.option, mark.value))
            .collect();
        marks.join(" ")
    }
}

/// Reads the text of marks without asking whether a poll allows them.
pub fn marks(text: &str) -> Option<Vec<Choice>> {
    text.split_ascii_whitespace()
        .map(|mark| {
            let (option, value) = mark.split_once(':')?;
            Some(Choice {
                option: option.parse().ok()?,
                value: value.parse().ok()?,
            })
        })
        .collect()
}

/// Why a ballot is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum BallotRefused {
    /// An option that is not on the paper, or is there twice.
    NotOnThePaper,
    /// Two options have the same rank, or a rank is left out.
    Ranks {
        /// The rank.
        rank: u32,
    },
    /// More options than may be chosen.
    TooMany {
        /// How many were.
        given: u32,
        /// How many may be.
        most: u32,
    },
    /// More for one option than may be given.
    TooMuchForOne {
        /// The option's position.
        option: i32,
        /// The most.
        most: u32,
    },
    /// More points in all than there are.
    TooManyPoints {
        /// How many were given.
        given: u64,
        /// How many there are.
        most: u32,
    },
    /// The projects cost more than there is, in pence.
    OverBudget {
        /// What they cost.
        cost: u64,
        /// What there is.
        total: u64,
    },
}

impl Poll {
    /// Makes a ballot of marks. Marks of value 0 are no marks. In a ranked or ordinal poll `value`
    /// is the rank from 1, and the order given does not matter.
    ///
    /// # Errors
    /// [`BallotRefused`]: nothing is cut to fit.
    pub fn choices(&self, given: &[Choice]) -> Result<Choices, BallotRefused> {
        let mut marks: Vec<Choice> = given.iter().copied().filter(|c| c.value > 0).collect();
        marks.sort_unstable_by_key(|mark| mark.option);
        if marks.windows(2).any(|two| same(two, |mark| mark.option))
            || marks.iter().any(|mark| self.option(mark.option).is_none())
        {
            return Err(BallotRefused::NotOnThePaper);
        }
        match &self.method {
            Method::Points { form, .. } => points(*form, &marks)?,
            Method::Ranked { .. } => ranks(&mut marks, None)?,
            Method::Budget { total, form, .. } => match form {
                BudgetForm::Knapsack => {
                    crosses(&marks)?;
                    self.within(&marks, *total)?;
                }
                BudgetForm::Approval { most } => {
                    crosses(&marks)?;
                    no_more_than(&marks, *most)?;
                }
                BudgetForm::Score { top } => each(&marks, *top)?,
                BudgetForm::Cumulative { points } => no_more_points(&marks, *points)?,
                BudgetForm::Ordinal { most } => ranks(&mut marks, *most)?,
            },
        }
        Ok(Choices(marks))
    }

    /// The option at a position of the paper.
    pub fn option(&self, position: i32) -> Option<&PollOption> {
        self.options.iter().find(|one| one.position == position)
    }

    /// What the marked projects cost, in pence.
    pub fn cost(&self, marks: &[Choice]) -> u64 {
        marks
            .iter()
            .filter_map(|mark| self.option(mark.option)?.cost)
            .fold(0, u64::saturating_add)
    }

    fn within(&self, marks: &[Choice], total: u64) -> Result<(), BallotRefused> {
        let cost = self.cost(marks);
        if cost > total {
            return Err(BallotRefused::OverBudget { cost, total });
        }
        Ok(())
    }
}

fn same<T: PartialEq>(two: &[Choice], of: impl Fn(&Choice) -> T) -> bool {
    matches!(two, [a, b] if of(a) == of(b))
}

fn points(form: tally::Rule, marks: &[Choice]) -> Result<(), BallotRefused> {
    match form {
        tally::Rule::Approval { most } => {
            crosses(marks)?;
            no_more_than(marks, most)
        }
        tally::Rule::Score { top } => each(marks, top),
        tally::Rule::Dot { points, most_each } => {
            if let Some(most) = most_each {
                each(marks, most)?;
            }
            no_more_points(marks, points)
        }
    }
}

fn crosses(marks: &[Choice]) -> Result<(), BallotRefused> {
    each(marks, 1)
}

fn each(marks: &[Choice], most: u32) -> Result<(), BallotRefused> {
    match marks.iter().find(|mark| mark.value > most) {
        Some(mark) => Err(BallotRefused::TooMuchForOne {
            option: mark.option,
            most,
        }),
        None => Ok(()),
    }
}

fn no_more_than(marks: &[Choice], most: Option<u32>) -> Result<(), BallotRefused> {
    let given = u32::try_from(marks.len()).unwrap_or(u32::MAX);
    match most {
        Some(most) if given > most => Err(BallotRefused::TooMany { given, most }),
        _ => Ok(()),
    }
}

fn no_more_points(marks: &[Choice], most: u32) -> Result<(), BallotRefused> {
    let given = marks.iter().map(|mark| u64::from(mark.value)).sum();
    if given > u64::from(most) {
        return Err(BallotRefused::TooManyPoints { given, most });
    }
    Ok(())
}

/// Sorts by rank and asks that ranks run 1, 2, 3 … without a gap or a double.
fn ranks(marks: &mut [Choice], most: Option<u32>) -> Result<(), BallotRefused> {
    marks.sort_unstable_by_key(|mark| mark.value);
    for (rank, mark) in (1_u32..).zip(marks.iter()) {
        if mark.value != rank {
            return Err(BallotRefused::Ranks {
                rank: rank.min(mark.value),
            });
        }
    }
    no_more_than(marks, most)
}
