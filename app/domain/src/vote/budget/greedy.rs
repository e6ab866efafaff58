//! Greedy: projects by total worth per cost, the next best taken if it still fits.
//!
//! With the utility `cost` this is by votes, with `cost-score` by points. A project that costs
//! nothing but is wanted comes first; one that nobody wants comes last, and is funded if money is
//! left, as in pabutools. Ties go to the lower id.

use std::cmp::Ordering;

use num_bigint::BigUint;

use super::election::Election;
use super::model::Project;
use super::money::Pennies;
use super::rule::Utility;
use super::working::{Round, Weighed};

/// Fills up what `already` leaves. Places of the projects newly funded, in order.
pub(super) fn greedy(
    election: &Election,
    utility: Utility,
    already: &[u32],
) -> (Vec<u32>, Vec<Round>) {
    let budget = election.budget();
    let mut candidates: Vec<Candidate<'_>> = (0u32..)
        .zip(budget.projects())
        .zip(worths(election, utility))
        .zip(election.votes())
        .zip(election.scores())
        .map(|((((place, project), worth), votes), score)| Candidate {
            place,
            project,
            worth,
            votes,
            score,
        })
        .filter(|c| !already.contains(&c.place))
        .collect();
    candidates.sort_by(Candidate::order);
    let spent = Pennies::sum(
        already
            .iter()
            .filter_map(|p| budget.project(*p))
            .map(|p| p.cost),
    );
    let mut left = u64::try_from(spent)
        .ok()
        .and_then(Pennies::new)
        .and_then(|spent| budget.total().checked_sub(spent))
        .unwrap_or_default();
    let mut funded = Vec::new();
    let mut rounds = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let after = left.checked_sub(candidate.project.cost);
        rounds.push(Round::Weighed(Weighed {
            project: candidate.project.id.clone(),
            cost: candidate.project.cost,
            votes: candidate.votes,
            score: candidate.score as f64 / f64::from(election.points_scale()),
            left,
            funded: after.is_some(),
        }));
        if let Some(after) = after {
            left = after;
            funded.push(candidate.place);
        }
    }
    (funded, rounds)
}

struct Candidate<'a> {
    place: u32,
    project: &'a Project,
    worth: u128,
    votes: u64,
    score: i64,
}

impl Candidate<'_> {
    /// More worth per cost first.
    fn order(&self, other: &Self) -> Ordering {
        let per_cost = |worth: u128, cost: u64| BigUint::from(worth) * BigUint::from(cost);
        match (self.endless(), other.endless()) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (true, true) => Ordering::Equal,
            (false, false) => per_cost(other.worth, self.project.cost.minor().max(1))
                .cmp(&per_cost(self.worth, other.project.cost.minor().max(1))),
        }
        .then_with(|| self.project.id.cmp(&other.project.id))
    }

    fn endless(&self) -> bool {
        self.worth > 0 && self.project.cost.minor() == 0
    }
}

/// Total worth of each project; with scores that may be negative, their sum, at least nothing.
fn worths(election: &Election, utility: Utility) -> Vec<u128> {
    let costs = election
        .budget()
        .projects()
        .iter()
        .map(|p| u128::from(p.cost.minor()));
    let votes = election.votes().into_iter().map(u128::from);
    let scores = election
        .scores()
        .into_iter()
        .map(|s| u128::try_from(s).unwrap_or(0));
    costs
        .zip(votes.zip(scores))
        .map(|(cost, (votes, score))| match utility {
            Utility::Cost => votes * cost,
            Utility::Cardinality => votes,
            Utility::Score => score,
            Utility::CostScore => score * cost,
        })
        .collect()
}
