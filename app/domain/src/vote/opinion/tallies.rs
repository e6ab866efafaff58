//! Counts of agree, disagree and pass, by statement and by group, and the two tests.
#![allow(
    clippy::indexing_slicing,
    reason = "columns and groups are those the tables were made for"
)]

use serde::{Deserialize, Serialize};

use super::matrix::VoteMatrix;

/// A test value above this is significant: 90 %, one-sided, as the Polis server has it.
pub const SIGNIFICANT: f64 = 1.2816;

/// The votes on one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Who agree.
    pub agrees: u32,
    /// Who disagree.
    pub disagrees: u32,
    /// Who pass.
    pub passes: u32,
}

impl Tally {
    /// Everybody who voted on it.
    pub fn all(self) -> u32 {
        self.agrees + self.disagrees + self.passes
    }

    /// The chance of agreement, (n + 1) / (N + 2).
    pub fn p_agree(self) -> f64 {
        chance(self.agrees, self.all())
    }

    /// The chance of disagreement.
    pub fn p_disagree(self) -> f64 {
        chance(self.disagrees, self.all())
    }

    /// The chance of a pass.
    pub fn p_pass(self) -> f64 {
        chance(self.passes, self.all())
    }

    /// What the others said, when `self` is what everybody said.
    pub(super) fn without(self, group: Tally) -> Tally {
        Tally {
            agrees: self.agrees - group.agrees,
            disagrees: self.disagrees - group.disagrees,
            passes: self.passes - group.passes,
        }
    }
}

fn chance(count: u32, all: u32) -> f64 {
    (f64::from(count) + 1.0) / (f64::from(all) + 2.0)
}

/// How far `count` of `all` is from half: 2√(N+1)·((n+1)/(N+1) − ½).
pub fn one_proportion(count: u32, all: u32) -> f64 {
    let all = f64::from(all) + 1.0;
    2.0 * all.sqrt() * ((f64::from(count) + 1.0) / all - 0.5)
}

/// How far the share in a group is from that outside it, with one added to every count.
pub fn two_proportions(inside: (u32, u32), outside: (u32, u32)) -> f64 {
    let [count_in, all_in, count_out, all_out] =
        [inside.0, inside.1, outside.0, outside.1].map(|count| f64::from(count) + 1.0);
    let pooled = (count_in + count_out) / (all_in + all_out);
    if (pooled - 1.0).abs() < f64::EPSILON {
        return 0.0;
    }
    (count_in / all_in - count_out / all_out)
        / (pooled * (1.0 - pooled) * (1.0 / all_in + 1.0 / all_out)).sqrt()
}

/// Everybody's votes on each statement, by column.
pub fn everybody(matrix: &VoteMatrix) -> Vec<Tally> {
    let rows = matrix.people().len();
    by_group(matrix, &vec![Some(0); rows], 1)
        .pop()
        .unwrap_or_default()
}

/// The votes of each group on each statement: by group, by column. `group_of` has the group of each
/// row, if it has one.
pub fn by_group(matrix: &VoteMatrix, group_of: &[Option<usize>], groups: usize) -> Vec<Vec<Tally>> {
    // Counted by cell code, without a branch for each vote.
    let mut counts = vec![vec![[0_u32; 4]; matrix.statements().len()]; groups];
    for (row, group) in group_of.iter().enumerate() {
        let Some(group) = group else { continue };
        let counts = &mut counts[*group];
        for cell in matrix.row(row) {
            counts[(*cell >> 2) as usize][(*cell & 3) as usize] += 1;
        }
    }
    counts
        .into_iter()
        .map(|group| {
            group
                .into_iter()
                .map(|[disagrees, passes, agrees, _]| Tally {
                    agrees,
                    disagrees,
                    passes,
                })
                .collect()
        })
        .collect()
}
