//! Schulze's method, by margins: one seat.
//!
//! Markus Schulze, *A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
//! single-winner election method* (2011). A path is as strong as its weakest margin; a candidate beats
//! another to whom their strongest path is the stronger of the two. Whoever nobody beats wins; among
//! several, by lot.

#![expect(
    clippy::indexing_slicing,
    reason = "square tables over the candidates who stand, indexed by their row"
)]

use super::desk::{Closing, Desk};
use super::election::Election;
use super::pairs::{Pairs, Table};
use super::rule::Rule;
use super::tie::{Purpose, TieBreak};
use super::working::{Action, Count};

pub(super) fn count(election: &Election, tie: &TieBreak) -> Count {
    let mut desk = Desk::new(Rule::Schulze, election, tie);
    let pairs = Pairs::of(election, &desk);
    let paths = strongest(&pairs);
    for a in 0..pairs.size() {
        for b in a + 1..pairs.size() {
            let (first, second) = if paths[b][a] > paths[a][b] {
                (b, a)
            } else {
                (a, b)
            };
            desk.close(Closing::only(Action::PathsCompared {
                winner: desk.label(pairs.who[first]),
                loser: desk.label(pairs.who[second]),
                path: paths[first][second],
                back: paths[second][first],
            }));
        }
    }
    let ranking = pairs.layers(|a, b| paths[a][b] > paths[b][a]);
    if let Some(unbeaten) = ranking.first() {
        let winner = desk.lot(unbeaten, Purpose::Win);
        desk.elect_one(winner);
    }
    let published = pairs.published(&desk, Some(paths));
    desk.finish(None, Some(ranking), Some(published))
}

/// The widest paths, by Floyd and Warshall.
fn strongest(pairs: &Pairs) -> Table {
    let size = pairs.size();
    let mut paths: Table = (0..size)
        .map(|a| (0..size).map(|b| pairs.margin(a, b)).collect())
        .collect();
    for via in 0..size {
        let onward = paths[via].clone();
        for (from, row) in paths.iter_mut().enumerate() {
            let reach = row[via];
            for (to, cell) in row.iter_mut().enumerate() {
                if from != to {
                    *cell = (*cell).max(reach.min(onward[to]));
                }
            }
        }
    }
    paths
}
