//! Ranked pairs, by margins: one seat.
//!
//! T. N. Tideman, *Independence of clones as a criterion for voting rules* (1987). Victories are
//! locked from the largest margin down, leaving out any that would close a circle of those locked
//! before; whoever no locked victory beats wins. Victories of one margin are locked together where
//! that closes no circle; where it would, the candidates concerned are drawn by lot one after the
//! other, and victories are locked in the order of their winners in the draw, then of their losers.

#![expect(
    clippy::indexing_slicing,
    reason = "square tables over the candidates who stand, indexed by their row"
)]

use super::desk::{Closing, Desk};
use super::election::Election;
use super::pairs::Pairs;
use super::rule::Rule;
use super::tie::{Purpose, TieBreak};
use super::working::{Action, Count};

type Victory = (u64, usize, usize);

pub(super) fn count(election: &Election, tie: &TieBreak) -> Count {
    let mut desk = Desk::new(Rule::RankedPairs, election, tie);
    let pairs = Pairs::of(election, &desk);
    let mut victories: Vec<Victory> = Vec::new();
    for a in 0..pairs.size() {
        for b in 0..pairs.size() {
            let margin = pairs.margin(a, b);
            if margin > 0 {
                victories.push((margin, a, b));
            }
        }
    }
    victories.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
    let mut locked = Locked::new(pairs.size());
    for level in victories.chunk_by(|x, y| x.0 == y.0) {
        let mut level = level.to_vec();
        if circular(&locked, &level) {
            let order = drawn(&mut desk, &pairs, &level);
            level.sort_by_key(|(_, winner, loser)| (order[*winner], order[*loser]));
        }
        for (margin, winner, loser) in level {
            let (first, second) = (desk.label(pairs.who[winner]), desk.label(pairs.who[loser]));
            desk.close(Closing::only(if locked.lock(winner, loser) {
                Action::Locked {
                    winner: first,
                    loser: second,
                    margin,
                }
            } else {
                Action::LeftOut {
                    winner: first,
                    loser: second,
                    margin,
                }
            }));
        }
    }
    let ranking = pairs.layers(|a, b| locked.above[a][b]);
    if let Some(unbeaten) = ranking.first() {
        let winner = desk.lot(unbeaten, Purpose::Win);
        desk.elect_one(winner);
    }
    let published = pairs.published(&desk, None);
    desk.finish(None, Some(ranking), Some(published))
}

/// Whether these cannot all be locked: of those that no earlier victory forbids, some close a
/// circle among themselves.
fn circular(locked: &Locked, level: &[Victory]) -> bool {
    if level.len() < 2 {
        return false;
    }
    let mut trial = locked.clone();
    level
        .iter()
        .filter(|(_, winner, loser)| !locked.above[*loser][*winner])
        .any(|(_, winner, loser)| !trial.lock(*winner, *loser))
}

/// The place of each row in a draw among those concerned.
fn drawn(desk: &mut Desk, pairs: &Pairs, level: &[Victory]) -> Vec<usize> {
    let mut concerned: Vec<usize> = level
        .iter()
        .flat_map(|(_, winner, loser)| [*winner, *loser])
        .collect();
    concerned.sort_unstable();
    concerned.dedup();
    let places: Vec<usize> = concerned.iter().map(|row| pairs.who[*row]).collect();
    let drawn = desk.draw_all(&places, Purpose::LockFirst);
    let rank = |place: &usize| {
        drawn
            .iter()
            .position(|one| one == place)
            .unwrap_or(drawn.len())
    };
    pairs.who.iter().map(rank).collect()
}

/// Who is above whom by what is locked, directly or through others.
#[derive(Clone)]
struct Locked {
    above: Vec<Vec<bool>>,
}

impl Locked {
    fn new(size: usize) -> Self {
        Self {
            above: vec![vec![false; size]; size],
        }
    }

    /// Locks a victory unless it would close a circle.
    fn lock(&mut self, winner: usize, loser: usize) -> bool {
        if self.above[loser][winner] {
            return false;
        }
        let mut below = self.above[loser].clone();
        below[loser] = true;
        for row in 0..self.above.len() {
            if (row == winner || self.above[row][winner]) && !self.above[row][loser] {
                for (cell, new) in self.above[row].iter_mut().zip(&below) {
                    *cell |= *new;
                }
            }
        }
        true
    }
}
