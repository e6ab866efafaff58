//! The ballots as Equal Shares needs them: equal ballots merged, supporters listed by project.
//!
//! Invariant: a supporter gives a project a positive worth; `whole` worth is exact, `worth` the
//! float near it.

use std::collections::HashMap;

use super::super::ballot::Choice;
use super::super::election::Election;
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
    pub voters: u32,
}

/// A project with those for it.
pub(super) struct Side {
    /// Minor units.
    pub cost: u64,
    pub supporters: Vec<Supporter>,
    /// Total worth to all supporters.
    pub whole: u128,
}

/// Small, as there is one for each cross on each distinct ballot.
#[derive(Clone, Copy)]
pub(super) struct Supporter {
    pub kind: u32,
    voters: u32,
    worth: f64,
}

impl Supporter {
    #[inline]
    pub fn voters(&self) -> f64 {
        f64::from(self.voters)
    }

    /// The exact worth to one voter, where a float holds it.
    pub fn whole(&self) -> Option<u128> {
        Ball::nearest(self.worth)
            .is_exact()
            .then_some(self.worth as u128)
    }

    #[inline]
    pub fn worth(&self) -> Ball {
        Ball::nearest(self.worth)
    }
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
        drop(place);
        let votes = election.votes();
        let mut projects: Vec<Side> = election
            .budget()
            .projects()
            .iter()
            .zip(votes)
            .map(|(project, votes)| Side {
                cost: project.cost.minor(),
                supporters: Vec::with_capacity((votes as usize).min(kinds.len())),
                whole: 0,
            })
            .collect();
        for (at, kind) in (0u32..).zip(&kinds) {
            for choice in kind.choices {
                let Some(side) = projects.get_mut(choice.project as usize) else {
                    continue;
                };
                let worth = utility.worth(side.cost, choice.points);
                if worth > 0 {
                    side.whole += worth * u128::from(kind.voters);
                    side.supporters.push(Supporter {
                        kind: at,
                        voters: kind.voters,
                        worth: worth as f64,
                    });
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
