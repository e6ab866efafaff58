//! Across the groups: common ground, consensus, what divides, and what people are unsure of.
#![allow(
    clippy::indexing_slicing,
    reason = "columns and groups are those the tallies were made for"
)]

use serde::{Deserialize, Serialize};

use super::matrix::Statement;
use super::representative::Stance;
use super::tallies::{SIGNIFICANT, Tally, one_proportion, two_proportions};

/// A statement that most of everybody says the same to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consensus {
    /// Which.
    pub statement: Statement,
    /// What they say.
    pub stance: Stance,
    /// How many.
    pub count: u32,
    /// Of how many who voted on it.
    pub votes: u32,
    /// The chance that somebody says so, (n + 1) / (N + 2).
    pub chance: f64,
    /// The test of that chance against a half.
    pub chance_test: f64,
}

/// A statement that most of every group say the same to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommonGround {
    /// Which.
    pub statement: Statement,
    /// What they say.
    pub stance: Stance,
    /// The chance of it, multiplied over the groups: group-informed consensus.
    pub together: f64,
    /// The chance in each group, from group A.
    pub by_group: Vec<f64>,
}

/// A statement that one group is for and another against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Divisive {
    /// Which.
    pub statement: Statement,
    /// Place of the group most for it.
    pub for_it: usize,
    /// The chance that one of that group agrees.
    pub agree: f64,
    /// Place of the group most against it.
    pub against: usize,
    /// The chance that one of that group disagrees.
    pub disagree: f64,
}

/// A statement passed on more than others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uncertain {
    /// Which.
    pub statement: Statement,
    /// Who passed.
    pub passes: u32,
    /// Of how many who voted on it.
    pub votes: u32,
    /// The chance of a pass, (n + 1) / (N + 2).
    pub chance: f64,
}

/// What most of everybody say, at most `most` agreements and as many disagreements: chance above a
/// half, and significantly. Best first.
pub fn consensus(
    statements: &[Statement],
    hidden: &[bool],
    everybody: &[Tally],
    most: usize,
) -> Vec<Consensus> {
    let side = |stance: Stance| {
        let mut found: Vec<Consensus> = shown(statements, hidden)
            .map(|(column, statement)| {
                let tally = everybody[column];
                let (count, chance) = said(tally, stance);
                Consensus {
                    statement,
                    stance,
                    count,
                    votes: tally.all(),
                    chance,
                    chance_test: one_proportion(count, tally.all()),
                }
            })
            .filter(|found| found.chance > 0.5 && found.chance_test > SIGNIFICANT)
            .collect();
        found.sort_by(|a, b| {
            let worth = |c: &Consensus| c.chance * c.chance_test;
            worth(b).total_cmp(&worth(a))
        });
        found.truncate(most);
        found
    };
    let mut all = side(Stance::Agree);
    all.extend(side(Stance::Disagree));
    all
}

/// The chance of agreement multiplied over the groups, by column: group-informed consensus (Small
/// and others, 2021).
pub fn together(groups: &[Vec<Tally>], stance: Stance) -> Vec<f64> {
    let columns = groups.first().map_or(0, Vec::len);
    (0..columns)
        .map(|column| {
            groups
                .iter()
                .map(|group| said(group[column], stance).1)
                .product()
        })
        .collect()
}

/// What every group says by more than half, and everybody together significantly; the most common
/// first.
pub fn common_ground(
    statements: &[Statement],
    hidden: &[bool],
    groups: &[Vec<Tally>],
    everybody: &[Tally],
) -> Vec<CommonGround> {
    let mut found = Vec::new();
    for stance in [Stance::Agree, Stance::Disagree] {
        let together = together(groups, stance);
        for (column, statement) in shown(statements, hidden) {
            let (count, _) = said(everybody[column], stance);
            let by_group: Vec<f64> = groups
                .iter()
                .map(|group| said(group[column], stance).1)
                .collect();
            if by_group.iter().all(|chance| *chance > 0.5)
                && one_proportion(count, everybody[column].all()) > SIGNIFICANT
            {
                found.push(CommonGround {
                    statement,
                    stance,
                    together: together[column],
                    by_group,
                });
            }
        }
    }
    found.sort_by(|a, b| b.together.total_cmp(&a.together));
    found
}

/// What tells the groups apart: one is significantly for it and another significantly against. The
/// sharpest first, at most `most`.
pub fn divisive(
    statements: &[Statement],
    hidden: &[bool],
    groups: &[Vec<Tally>],
    most: usize,
) -> Vec<Divisive> {
    let of_one_mind = |column: usize, stance: Stance| {
        groups
            .iter()
            .enumerate()
            .map(|(group, tallies)| (group, tallies[column]))
            .filter(|(_, tally)| {
                let (count, chance) = said(*tally, stance);
                chance > 0.5 && one_proportion(count, tally.all()) > SIGNIFICANT
            })
            .map(|(group, tally)| (group, said(tally, stance).1))
            .fold(None::<(usize, f64)>, |best, one| match best {
                Some(best) if best.1 >= one.1 => Some(best),
                _ => Some(one),
            })
    };
    let mut found: Vec<Divisive> = shown(statements, hidden)
        .filter_map(|(column, statement)| {
            let (for_it, agree) = of_one_mind(column, Stance::Agree)?;
            let (against, disagree) = of_one_mind(column, Stance::Disagree)?;
            Some(Divisive {
                statement,
                for_it,
                agree,
                against,
                disagree,
            })
        })
        .collect();
    found.sort_by(|a, b| (b.agree * b.disagree).total_cmp(&(a.agree * a.disagree)));
    found.truncate(most);
    found
}

/// What people pass on significantly more than on the rest. The most passed first, at most `most`.
pub fn uncertain(
    statements: &[Statement],
    hidden: &[bool],
    everybody: &[Tally],
    most: usize,
) -> Vec<Uncertain> {
    let (passes, votes) = shown(statements, hidden).fold((0, 0), |(passes, votes), (column, _)| {
        let tally = everybody[column];
        (passes + tally.passes, votes + tally.all())
    });
    let mut found: Vec<Uncertain> = shown(statements, hidden)
        .map(|(column, statement)| (everybody[column], statement))
        .filter(|(tally, _)| {
            let rest = (passes - tally.passes, votes - tally.all());
            two_proportions((tally.passes, tally.all()), rest) > SIGNIFICANT
        })
        .map(|(tally, statement)| Uncertain {
            statement,
            passes: tally.passes,
            votes: tally.all(),
            chance: tally.p_pass(),
        })
        .filter(|found| found.passes > 0)
        .collect();
    found.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    found.truncate(most);
    found
}

fn said(tally: Tally, stance: Stance) -> (u32, f64) {
    match stance {
        Stance::Agree => (tally.agrees, tally.p_agree()),
        Stance::Disagree => (tally.disagrees, tally.p_disagree()),
    }
}

fn shown<'a>(
    statements: &'a [Statement],
    hidden: &'a [bool],
) -> impl Iterator<Item = (usize, Statement)> + 'a {
    statements
        .iter()
        .copied()
        .enumerate()
        .filter(|(column, _)| !hidden[*column])
}
