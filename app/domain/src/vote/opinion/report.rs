//! The analysis as it is written out: the fields of `soundings opinion --json`.
//!
//! Statements that are left out appear nowhere but as 0 in the components. `group_of` names people
//! by their number: it is for whoever holds the votes already, never for a page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::agreement::{CommonGround, Consensus, Divisive, Uncertain};
use super::matrix::{Person, Statement, VoteMatrix};
use super::representative::Representative;
use super::{Analysis, TooFew, letter};

/// One group in the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupReport {
    /// Its letter.
    pub letter: char,
    /// How many people.
    pub size: usize,
    /// Where its middle stands.
    pub centre: [f64; 2],
    /// What it says.
    pub representative: Vec<Representative>,
}

/// The whole report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpinionReport {
    /// Rows of the matrix.
    pub participants: usize,
    /// Columns of the matrix, those left out too.
    pub statements: usize,
    /// Columns left out by moderation.
    pub left_out: usize,
    /// Latest votes: agree, disagree and pass.
    pub votes: usize,
    /// How many groups; 0 when there is too little to say.
    pub k: usize,
    /// Why there are no groups.
    #[serde(flatten)]
    pub too_few: Option<TooFew>,
    /// Mean silhouette of the groups.
    pub silhouette: Option<f64>,
    /// The letter of everybody who is in a group.
    pub group_of: BTreeMap<Person, char>,
    /// The groups, the largest first.
    pub groups: Vec<GroupReport>,
    /// Statements every group says the same to, the most common first.
    pub common_ground: Vec<Statement>,
    /// The same with what they say and how likely it is in each group.
    pub common_ground_details: Vec<CommonGround>,
    /// What most of everybody say.
    pub consensus: Vec<Consensus>,
    /// Chance of agreement multiplied over the groups.
    pub group_aware_consensus: BTreeMap<Statement, f64>,
    /// What tells the groups apart.
    pub divisive: Vec<Divisive>,
    /// What people are unsure of.
    pub uncertain: Vec<Uncertain>,
    /// The statements in the order of the components.
    pub statement_ids: Vec<Statement>,
    /// The two components.
    pub components: [Vec<f64>; 2],
}

impl OpinionReport {
    /// The report of an analysis of this matrix.
    pub fn new(matrix: &VoteMatrix, analysis: &Analysis) -> Self {
        let found = analysis.groups.as_ref().ok();
        let shown = |values: &[f64]| {
            matrix
                .statements()
                .iter()
                .zip(values)
                .zip(&analysis.hidden)
                .filter(|(_, hidden)| !**hidden)
                .map(|((id, value), _)| (*id, *value))
                .collect()
        };
        let common_ground = found.map_or(Vec::new(), |found| found.common_ground.clone());
        OpinionReport {
            participants: matrix.people().len(),
            statements: matrix.statements().len(),
            left_out: analysis.hidden.iter().filter(|hidden| **hidden).count(),
            votes: matrix.votes(),
            k: found.map_or(0, |found| found.sizes.len()),
            too_few: analysis.groups.as_ref().err().copied(),
            silhouette: found.map(|found| found.silhouette),
            group_of: found.map_or(BTreeMap::new(), |found| {
                matrix
                    .people()
                    .iter()
                    .zip(&found.group_of)
                    .filter_map(|(person, group)| Some((*person, letter((*group)?))))
                    .collect()
            }),
            groups: found.map_or(Vec::new(), |found| {
                let groups = found.sizes.iter().zip(&found.centres);
                groups
                    .zip(&found.representative)
                    .enumerate()
                    .map(|(group, ((size, centre), representative))| GroupReport {
                        letter: letter(group),
                        size: *size,
                        centre: *centre,
                        representative: representative.clone(),
                    })
                    .collect()
            }),
            common_ground: common_ground.iter().map(|one| one.statement).collect(),
            common_ground_details: common_ground,
            consensus: analysis.consensus.clone(),
            group_aware_consensus: found.map_or(BTreeMap::new(), |found| shown(&found.together)),
            divisive: found.map_or(Vec::new(), |found| found.divisive.clone()),
            uncertain: analysis.uncertain.clone(),
            statement_ids: matrix.statements().to_vec(),
            components: analysis.components.axes.clone(),
        }
    }
}
