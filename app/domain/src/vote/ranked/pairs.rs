//! Each candidate against each: what Schulze's method and ranked pairs count from.
//!
//! A ranked candidate is preferred to one not ranked; between two not ranked a ballot says nothing.
//! Only candidates who stand have a row.

#![expect(
    clippy::indexing_slicing,
    reason = "square tables over the candidates who stand, indexed by their row"
)]

use super::desk::Desk;
use super::election::Election;
use super::working::Pairwise;

/// A square table.
pub(super) type Table = Vec<Vec<u64>>;

/// Ballots that prefer the row to the column.
pub(super) struct Pairs {
    /// Places of the candidates who stand; rows and columns in this order.
    pub(super) who: Vec<usize>,
    pub(super) preferred: Table,
}

impl Pairs {
    pub(super) fn of(election: &Election, desk: &Desk) -> Self {
        let who = desk.continuing();
        let size = who.len();
        let mut row_of = vec![0; election.candidates().len()];
        for (row, place) in who.iter().enumerate() {
            row_of[*place] = row;
        }
        let mut preferred = vec![vec![0; size]; size];
        let mut worse = vec![true; size];
        for (count, ranking) in election.ballots().iter() {
            worse.fill(true);
            for candidate in ranking {
                let row = row_of[usize::from(*candidate)];
                worse[row] = false;
                for (column, cell) in preferred[row].iter_mut().enumerate() {
                    if worse[column] {
                        *cell += count;
                    }
                }
            }
        }
        Self { who, preferred }
    }

    pub(super) fn size(&self) -> usize {
        self.who.len()
    }

    /// By how many more ballots prefer `a` to `b` than `b` to `a`; 0 if not more.
    pub(super) fn margin(&self, a: usize, b: usize) -> u64 {
        self.preferred[a][b].saturating_sub(self.preferred[b][a])
    }

    pub(super) fn published(&self, desk: &Desk, paths: Option<Table>) -> Pairwise {
        Pairwise {
            candidates: self.who.iter().map(|place| desk.label(*place)).collect(),
            preferred: self.preferred.clone(),
            paths,
        }
    }

    /// Layers of places: those nobody left beats, then those nobody else left beats, and so on.
    pub(super) fn layers(&self, beats: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
        let mut left: Vec<usize> = (0..self.size()).collect();
        let mut layers = Vec::new();
        while !left.is_empty() {
            let unbeaten: Vec<usize> = left
                .iter()
                .copied()
                .filter(|b| !left.iter().any(|a| beats(*a, *b)))
                .collect();
            if unbeaten.is_empty() {
                break;
            }
            left.retain(|row| !unbeaten.contains(row));
            layers.push(unbeaten.into_iter().map(|row| self.who[row]).collect());
        }
        layers
    }
}
