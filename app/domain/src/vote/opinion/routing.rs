//! Which statement to show next.
//!
//! Drawn by chance, weighed by the priority of the Polis server: statements many agree with, few
//! pass on and that move people far from the middle weigh more, and new ones are lifted so that
//! they get votes. The draw comes from a seed and is kept whole, so that it can be drawn again.

use serde::{Deserialize, Serialize};

use super::draw;
use super::matrix::{Statement, VoteMatrix};
use super::tallies::Tally;
use super::{Analysis, by_group};

/// The priority of questions about the voter, before squaring.
const META: f64 = 7.0;
/// How much a statement without votes is lifted.
const NEW: f64 = 8.0;
/// Votes after which the lift has halved.
const HALVED: f64 = 5.0;

/// The priority of a statement with these votes: (p(agree)·(1 − p(pass))·(1 + extremity)·lift)².
pub fn priority(tally: Tally, extremity: f64, meta: bool) -> f64 {
    let lift = 1.0 + NEW * (-f64::from(tally.all()) / HALVED).exp2();
    let priority = if meta {
        META
    } else {
        tally.p_agree() * (1.0 - tally.p_pass()) * (1.0 + extremity) * lift
    };
    priority * priority
}

/// The priority of every statement that is not left out, after an analysis: from the votes of those
/// who are in groups, or of everybody where there are none.
pub fn priorities(matrix: &VoteMatrix, analysis: &Analysis) -> Vec<Weighed> {
    let tallies = match &analysis.groups {
        Ok(groups) => {
            let grouped: Vec<Option<usize>> = groups
                .group_of
                .iter()
                .map(|group| group.map(|_| 0))
                .collect();
            by_group(matrix, &grouped, 1).pop().unwrap_or_default()
        }
        Err(_) => analysis.everybody.clone(),
    };
    let columns = matrix.statements().iter().zip(matrix.about());
    columns
        .zip(&analysis.hidden)
        .zip(tallies.iter().zip(analysis.components.extremity()))
        .filter(|((_, hidden), _)| !**hidden)
        .map(|(((statement, about), _), (tally, extremity))| Weighed {
            statement: *statement,
            priority: priority(*tally, extremity, about.meta),
        })
        .collect()
}

/// A statement and its priority.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighed {
    /// Which.
    pub statement: Statement,
    /// Above 0; twice as much is drawn twice as often.
    pub priority: f64,
}

/// A statement that was drawn, with what it takes to draw it again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    /// Which.
    pub statement: Statement,
    /// Its priority.
    pub priority: f64,
    /// All priorities it was drawn from, added up.
    pub of: f64,
    /// The seed.
    pub seed: u64,
    /// The number drawn, from 0 to 1.
    pub drawn: f64,
}

/// Draws one of the statements that is not among those `seen`; `None` when there is none.
pub fn next(weighed: &[Weighed], seen: &[Statement], seed: u64) -> Option<Chosen> {
    let open = || {
        weighed
            .iter()
            .filter(|one| one.priority > 0.0 && !seen.contains(&one.statement))
    };
    let of: f64 = open().map(|one| one.priority).sum();
    let mut state = seed;
    let drawn = draw::unit(&mut state);
    let mut left = drawn * of;
    // Rounding may leave a last crumb: then the last statement it is.
    let found = open()
        .find(|one| {
            left -= one.priority;
            left < 0.0
        })
        .or_else(|| open().next_back())?;
    Some(Chosen {
        statement: found.statement,
        priority: found.priority,
        of,
        seed,
        drawn,
    })
}
