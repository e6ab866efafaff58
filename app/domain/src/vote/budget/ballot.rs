//! Ballots: the forms there are, what each form refuses, what is left to spend while choosing.
//!
//! Not here: who may vote. Invariant: a [`Ballot`] can only be made by [`BallotForm::ballot`], so
//! none is over budget or names a project twice.

use std::cmp::Reverse;

use serde::Serialize;

use super::model::{Budget, Project};
use super::money::Pennies;

/// What a voter is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum BallotForm {
    /// Projects that together cost no more than `limit`.
    Knapsack { limit: Pennies },
    /// Any projects, at most `most`, together no dearer than `limit` where one is set.
    Approval {
        most: Option<u32>,
        limit: Option<Pennies>,
    },
    /// At most one project.
    ChooseOne,
    /// A score for each project, each within the bounds. A project left out has no score.
    Score { lowest: i32, highest: i32 },
    /// Points spread over projects, none negative, together at most `total`.
    Cumulative { total: i32 },
    /// Projects from best to worst, at most `most`.
    Ordinal { most: Option<u32> },
}

/// One line of a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    /// Place of the project in [`Budget::projects`].
    pub project: u32,
    /// 1 for a cross; points as given; on an ordinal ballot the number of projects on the ballot
    /// from this one on (the first of three has 3), which is the score Polish towns use.
    pub points: i32,
}

/// A valid ballot. Empty is valid: an abstention that still has its share of the money.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ballot(Box<[Choice]>);

/// Why a ballot is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum BallotRefusal {
    #[error("no such project")]
    UnknownProject { id: String },
    #[error("project twice")]
    Twice { id: String },
    #[error("costs more than there is")]
    OverBudget {
        /// In minor units.
        cost: u128,
        limit: Pennies,
    },
    #[error("too many projects")]
    TooMany { given: usize, most: u32 },
    #[error("points outside the bounds")]
    PointsOutside {
        id: String,
        points: i32,
        lowest: i32,
        highest: i32,
    },
    #[error("too many points")]
    OverPoints { given: i64, most: i32 },
}

impl Ballot {
    /// From most points to fewest, then by project place.
    pub fn choices(&self) -> &[Choice] {
        &self.0
    }

    /// Whether the ballot gives the project a positive score.
    pub fn supports(&self, project: u32) -> bool {
        self.0.iter().any(|c| c.project == project && c.points > 0)
    }
}

impl BallotForm {
    /// Makes a ballot. `choices` are project ids, with points where the form has them (elsewhere
    /// the number is not looked at), in order of preference where the form is ordinal.
    ///
    /// # Errors
    /// An unknown or repeated project, or whatever bound of the form is broken.
    pub fn ballot(
        &self,
        budget: &Budget,
        choices: &[(&str, i32)],
    ) -> Result<Ballot, BallotRefusal> {
        let mut made = Vec::with_capacity(choices.len());
        for (id, points) in choices {
            let project = budget
                .find(id)
                .ok_or_else(|| BallotRefusal::UnknownProject {
                    id: (*id).to_owned(),
                })?;
            made.push(Choice {
                project,
                points: *points,
            });
        }
        self.ballot_of(budget, made)
    }

    /// As [`Self::ballot`], with the projects already found.
    pub(super) fn ballot_of(
        &self,
        budget: &Budget,
        mut made: Vec<Choice>,
    ) -> Result<Ballot, BallotRefusal> {
        no_project_twice(budget, &made)?;
        match *self {
            Self::Knapsack { limit } => {
                remaining(limit, named(budget, &made))?;
                crosses(&mut made);
            }
            Self::Approval { most, limit } => {
                no_more_than(most, &made)?;
                if let Some(limit) = limit {
                    remaining(limit, named(budget, &made))?;
                }
                crosses(&mut made);
            }
            Self::ChooseOne => {
                no_more_than(Some(1), &made)?;
                crosses(&mut made);
            }
            Self::Score { lowest, highest } => {
                within(budget, &made, lowest, highest)?;
                made.sort_unstable_by_key(|c| (Reverse(c.points), c.project));
            }
            Self::Cumulative { total } => {
                within(budget, &made, 0, i32::MAX)?;
                let given: i64 = made.iter().map(|c| i64::from(c.points)).sum();
                if given > i64::from(total) {
                    return Err(BallotRefusal::OverPoints { given, most: total });
                }
                made.sort_unstable_by_key(|c| (Reverse(c.points), c.project));
            }
            Self::Ordinal { most } => {
                no_more_than(most, &made)?;
                for (points, choice) in (1i32..).zip(made.iter_mut().rev()) {
                    choice.points = points;
                }
            }
        }
        Ok(Ballot(made.into_boxed_slice()))
    }
}

/// What is left of `limit` once `chosen` are paid for: the live allocator's sum, and the rule that
/// refuses a ballot.
///
/// # Errors
/// [`BallotRefusal::OverBudget`] when they cost more.
pub fn remaining<'a>(
    limit: Pennies,
    chosen: impl IntoIterator<Item = &'a Project>,
) -> Result<Pennies, BallotRefusal> {
    let cost = Pennies::sum(chosen.into_iter().map(|p| p.cost));
    u64::try_from(cost)
        .ok()
        .and_then(Pennies::new)
        .and_then(|spent| limit.checked_sub(spent))
        .ok_or(BallotRefusal::OverBudget { cost, limit })
}

fn named<'a>(budget: &'a Budget, made: &'a [Choice]) -> impl Iterator<Item = &'a Project> {
    made.iter().filter_map(|c| budget.project(c.project))
}

fn id_of(budget: &Budget, choice: Choice) -> String {
    budget
        .project(choice.project)
        .map(|p| p.id.clone())
        .unwrap_or_default()
}

fn crosses(made: &mut [Choice]) {
    for choice in made.iter_mut() {
        choice.points = 1;
    }
    made.sort_unstable();
}

fn no_more_than(most: Option<u32>, made: &[Choice]) -> Result<(), BallotRefusal> {
    match most {
        Some(most) if made.len() > most as usize => Err(BallotRefusal::TooMany {
            given: made.len(),
            most,
        }),
        _ => Ok(()),
    }
}

pub(super) fn within(
    budget: &Budget,
    made: &[Choice],
    lowest: i32,
    highest: i32,
) -> Result<(), BallotRefusal> {
    match made
        .iter()
        .find(|c| c.points < lowest || c.points > highest)
    {
        Some(&choice) => Err(BallotRefusal::PointsOutside {
            id: id_of(budget, choice),
            points: choice.points,
            lowest,
            highest,
        }),
        None => Ok(()),
    }
}

fn no_project_twice(budget: &Budget, made: &[Choice]) -> Result<(), BallotRefusal> {
    let mut places: Vec<u32> = made.iter().map(|c| c.project).collect();
    places.sort_unstable();
    match places
        .windows(2)
        .find(|w| w.first() == w.last())
        .and_then(|w| w.first())
    {
        Some(&project) => Err(BallotRefusal::Twice {
            id: id_of(budget, Choice { project, points: 0 }),
        }),
        None => Ok(()),
    }
}
