//! Opinion groups from agree / disagree / pass: the method of Polis, as published (Small,
//! Bjorkegren, Erkkilä, Shaw and Megill, 2021) and as its server's own results confirm it.
//!
//! [`analyse`] goes from a [`VoteMatrix`] to groups, what each says, common ground, what divides
//! and what people are unsure of, or to a [`TooFew`] that says why nothing can be said. The rest of
//! the folder: readers of conversations, which statement to show next, near-duplicates, a picture.
//!
//! Invariants: the same votes give the same answer to the last bit, in whatever order they came and
//! whether started warm or cold; a statement that is left out is in no result; no group is smaller
//! than the disclosure threshold.

mod agreement;
mod alike;
mod base;
mod components;
mod draw;
mod generate;
mod grouping;
mod kmeans;
mod matrix;
mod picture;
pub mod read;
mod report;
mod representative;
mod routing;
mod tallies;
mod tridiagonal;

pub use agreement::{
    CommonGround, Consensus, Divisive, Uncertain, common_ground, consensus, divisive, together,
    uncertain,
};
pub use alike::{Alike, NEARLY_THE_SAME, alike, likeness};
pub use components::{Components, components};
pub use generate::generate;
pub use grouping::{Grouping, Tried, grouping, inertia, rand_index, silhouette, tried};
pub use kmeans::Point;
pub use matrix::{About, Cast, Moderation, Person, Statement, VoteMatrix};
pub use picture::{Cell, Ellipse, Picture, picture};
pub use report::{GroupReport, OpinionReport};
pub use representative::{Representative, Stance, representative};
pub use routing::{Chosen, Weighed, next, priorities, priority};
pub use tallies::{SIGNIFICANT, Tally, by_group, everybody, one_proportion, two_proportions};

use serde::{Deserialize, Serialize};

/// What may be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether statements nobody has moderated are left out too.
    pub strict: bool,
    /// Only people with this many votes are grouped (or with all there are, if fewer).
    pub fewest_votes: usize,
    /// The most groups that are tried.
    pub most_groups: usize,
    /// The disclosure threshold: no group is smaller.
    pub smallest_group: usize,
    /// The most statements of a kind in the answer.
    pub most_statements: usize,
    /// Above this many people, groups are sought over base clusters first.
    pub exact_up_to: usize,
    /// The most base clusters.
    pub base_clusters: usize,
}

impl Settings {
    /// For what everybody sees: strict, and no group below ten.
    pub fn public() -> Self {
        Settings {
            strict: true,
            smallest_group: 10,
            ..Self::open_data()
        }
    }

    /// For votes that are published already: not strict, groups of any size.
    pub fn open_data() -> Self {
        Settings {
            strict: false,
            fewest_votes: 7,
            most_groups: 5,
            smallest_group: 1,
            most_statements: 5,
            exact_up_to: 3_000,
            base_clusters: 100,
        }
    }

    /// With fewer people who can be grouped nothing is said of groups.
    pub fn fewest_people(&self) -> usize {
        (2 * self.smallest_group).max(5)
    }
}

/// What of the last result makes the next one quicker.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Warm {
    /// The two components, by statement.
    pub axes: Vec<(Statement, [f64; 2])>,
}

/// Why nothing can be said of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "too_few")]
#[error("{self:?}")]
pub enum TooFew {
    /// Too few statements that may be shown have votes.
    Statements {
        /// How many it takes.
        need: usize,
    },
    /// Too few people have voted enough.
    People {
        /// How many it takes.
        need: usize,
    },
    /// Everybody is in the same place.
    NothingTellsApart,
    /// Fewer than two groups reach the disclosure threshold.
    GroupsTooSmall {
        /// The threshold.
        need: usize,
    },
}

/// The fewest statements with votes that groups are made of.
const FEWEST_STATEMENTS: usize = 2;

/// All that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Which columns were left out.
    pub hidden: Vec<bool>,
    /// The components.
    pub components: Components,
    /// Where each row stands.
    pub positions: Vec<Point>,
    /// Everybody's votes, by column.
    pub everybody: Vec<Tally>,
    /// What most of everybody say.
    pub consensus: Vec<Consensus>,
    /// What people are unsure of.
    pub uncertain: Vec<Uncertain>,
    /// The groups, or why there are none.
    pub groups: Result<Groups, TooFew>,
}

/// The groups and what they say, from group A, the largest.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    /// The group of each row, if it has one.
    pub group_of: Vec<Option<usize>>,
    /// How many are in each.
    pub sizes: Vec<usize>,
    /// The middle of each.
    pub centres: Vec<Point>,
    /// Mean silhouette.
    pub silhouette: f64,
    /// The votes of each group, by column.
    pub tallies: Vec<Vec<Tally>>,
    /// What each group says.
    pub representative: Vec<Vec<Representative>>,
    /// What all groups say.
    pub common_ground: Vec<CommonGround>,
    /// Chance of agreement multiplied over the groups, by column.
    pub together: Vec<f64>,
    /// What tells them apart.
    pub divisive: Vec<Divisive>,
}

/// The letter of a group: A for the first.
pub fn letter(group: usize) -> char {
    ('A'..='Z').nth(group).unwrap_or('Z')
}

/// What the votes say. A `warm` start makes it quicker and changes nothing.
pub fn analyse(matrix: &VoteMatrix, settings: &Settings, warm: Option<&Warm>) -> Analysis {
    let hidden = matrix.hidden(settings.strict);
    let everybody = everybody(matrix);
    let most = settings.most_statements;
    let statements = matrix.statements();
    let warm = warm.map(|warm| warm.axes.as_slice());
    let components = components(matrix, &hidden, &everybody, warm);
    let positions = components.positions(matrix, &hidden);
    let groups = groups(matrix, settings, &hidden, &everybody, &positions);
    Analysis {
        consensus: consensus(statements, &hidden, &everybody, most),
        uncertain: uncertain(statements, &hidden, &everybody, most),
        hidden,
        components,
        positions,
        everybody,
        groups,
    }
}

impl Analysis {
    /// What makes the next analysis quicker.
    pub fn warm(&self, matrix: &VoteMatrix) -> Warm {
        let [x, y] = &self.components.axes;
        Warm {
            axes: matrix
                .statements()
                .iter()
                .zip(x.iter().zip(y))
                .map(|(id, (x, y))| (*id, [*x, *y]))
                .collect(),
        }
    }
}

fn groups(
    matrix: &VoteMatrix,
    settings: &Settings,
    hidden: &[bool],
    everybody: &[Tally],
    positions: &[Point],
) -> Result<Groups, TooFew> {
    let have = everybody
        .iter()
        .zip(hidden)
        .filter(|(tally, hidden)| !**hidden && tally.all() > 0)
        .count();
    if have < FEWEST_STATEMENTS {
        return Err(TooFew::Statements {
            need: FEWEST_STATEMENTS,
        });
    }
    let fewest = settings.fewest_votes.min(hidden.len());
    let (rows, points): (Vec<usize>, Vec<Point>) = positions
        .iter()
        .enumerate()
        .filter(|(row, _)| matrix.row(*row).len() >= fewest)
        .map(|(row, point)| (row, *point))
        .unzip();
    let found = grouping(&points, settings)?;
    let mut group_of = vec![None; positions.len()];
    for (row, label) in rows.iter().zip(&found.labels) {
        if let Some(group) = group_of.get_mut(*row) {
            *group = Some(*label);
        }
    }
    let most = settings.most_statements;
    let statements = matrix.statements();
    let tallies = by_group(matrix, &group_of, found.sizes.len());
    Ok(Groups {
        representative: representative(statements, hidden, &tallies, most),
        common_ground: common_ground(statements, hidden, &tallies, everybody),
        together: together(&tallies, Stance::Agree),
        divisive: divisive(statements, hidden, &tallies, most),
        sizes: found.sizes,
        centres: found.centres,
        silhouette: found.silhouette,
        group_of,
        tallies,
    })
}
