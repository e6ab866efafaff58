//! The ballots as Equal Shares needs them: equal ballots merged, supporters listed by project.
//!
//! Invariant: a supporter gives a project a positive worth; `whole` worth is exact, `worth` the
//! float near it.

use std::collections::HashMap;

use super::super::ballot::Choice;
use super::super::model::Election;
use super::super::rule::Utility;
use super::ball::Ball;

pub(super) struct Profile<'a> {
    pub election: &'a Election,
    pub utility: Utility,
    /// One of each distinct ballot.
    pub kinds: Vec<Kind<'a>>,
    /// By place of the project.
    pub projects: Vec<Side>,
    /// Ballots cast, empty ones included: each has a share.
    pub voters: u64,
}

pub(super) struct Kind<'a> {
    pub choices: &'a [Choice],
    /// How many voters cast it.
    pub voters: u64,
}

/// A project with those for it.
#[derive(Default)]
pub(super) struct Side {
    /// Minor units.
    pub cost: u64,
    pub supporters: Vec<Supporter>,
    /// Total worth to all supporters.
    pub whole: u128,
}

#[derive(Clone, Copy)]
pub(super) struct Supporter {
    pub kind: u32,
    pub voters: f64,
    pub worth: Ball,
}

impl<'a> Profile<'a> {
    pub fn new(election: &'a Election, utility: Utility) -> Self {
        let mut place: HashMap<&[Choice], usize> = HashMap::new();
        let mut kinds: Vec<Kind<'a>> = Vec::new();
        for ballot in election.ballots() {
            let choices = ballot.choices();
            let at = *place.entry(choices).or_insert(kinds.len());
            match kinds.get_mut(at) {
                Some(kind) => kind.voters += 1,
                None => kinds.push(Kind { choices, voters: 1 }),
            }
        }
        let mut projects: Vec<Side> = election
            .budget()
            .projects()
            .iter()
            .map(|p| Side {
                cost: p.cost.minor(),
                ..Side::default()
            })
            .collect();
        for (at, kind) in (0u32..).zip(&kinds) {
            for choice in kind.choices {
                if let Some(side) = projects.get_mut(choice.project as usize) {
                    let worth = utility.worth(side.cost, choice.points);
                    if worth > 0 {
                        side.whole += worth * u128::from(kind.voters);
                        side.supporters.push(Supporter {
                            kind: at,
                            voters: kind.voters as f64,
                            worth: Ball::whole(worth),
                        });
                    }
                }
            }
        }
        let voters = election.ballots().len() as u64;
        Self {
            election,
            utility,
            kinds,
            projects,
            voters,
        }
    }

    /// The exact worth of a project on a kind of ballot; 0 where it is not supported.
    pub fn worth(&self, choice: Choice) -> u128 {
        self.projects
            .get(choice.project as usize)
            .map_or(0, |side| self.utility.worth(side.cost, choice.points))
    }

    /// Projects that supporters can pay for at all: somebody wants them and they cost something.
    pub fn payable(&self) -> Vec<u32> {
        (0u32..)
            .zip(&self.projects)
            .filter(|(_, side)| side.whole > 0 && side.cost > 0)
            .map(|(at, _)| at)
            .collect()
    }

    /// Projects that cost nothing and are worth something to somebody: funded before the count.
    pub fn free(&self) -> Vec<u32> {
        (0u32..)
            .zip(&self.projects)
            .filter(|(_, side)| side.whole > 0 && side.cost == 0)
            .map(|(at, _)| at)
            .collect()
    }
}
