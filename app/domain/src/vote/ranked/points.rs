//! Borda's points and approvals, added up from ranked ballots in one stage.
//!
//! Borda is a report only and elects nobody: with n candidates the first has n − 1 points, the next
//! n − 2 and so on; those a ballot does not rank share equally what is left. Approval takes every
//! ranked candidate as approved; equal approvals are decided by lot.

#![expect(
    clippy::indexing_slicing,
    reason = "one total a candidate, and every preference is a candidate's place"
)]

use super::desk::{Closing, Desk};
use super::election::Election;
use super::rule::Rule;
use super::tie::TieBreak;
use super::votes::{UNIT, Votes};
use super::working::{Action, Count};

pub(super) fn borda(election: &Election, tie: &TieBreak) -> Count {
    let mut desk = Desk::new(Rule::Borda, election, tie);
    let standing = desk.continuing();
    let mut halves = vec![0_i128; election.candidates().len()];
    let mut ranked = vec![false; halves.len()];
    for (count, ranking) in election.ballots().iter() {
        let count = i128::from(count);
        ranked.fill(false);
        let mut left = standing.len() as i128;
        for &candidate in ranking {
            left -= 1;
            halves[usize::from(candidate)] += count * left * 2;
            ranked[usize::from(candidate)] = true;
        }
        for &other in standing.iter().filter(|one| !ranked[**one]) {
            halves[other] += count * (left - 1);
        }
    }
    let totals: Vec<Votes> = halves
        .into_iter()
        .map(|half| Votes::billionths(half * UNIT / 2))
        .collect();
    let ranking = by_total(&standing, &totals);
    desk.close(Closing {
        totals,
        ..Closing::only(Action::PointsAdded)
    });
    desk.finish(None, Some(ranking), None)
}

pub(super) fn approval(election: &Election, tie: &TieBreak) -> Count {
    let mut desk = Desk::new(Rule::Approval, election, tie);
    let standing = desk.continuing();
    let mut totals = vec![Votes::ZERO; election.candidates().len()];
    for (count, ranking) in election.ballots().iter() {
        for &candidate in ranking {
            totals[usize::from(candidate)] += Votes::whole(count);
        }
    }
    let ranking = by_total(&standing, &totals);
    let figures = standing.into_iter().map(|one| (one, totals[one])).collect();
    desk.close(Closing {
        totals,
        ..Closing::only(Action::PointsAdded)
    });
    desk.elect(figures);
    desk.finish(None, Some(ranking), None)
}

fn by_total(standing: &[usize], totals: &[Votes]) -> Vec<Vec<usize>> {
    let mut order = standing.to_vec();
    order.sort_by(|a, b| totals[*b].cmp(&totals[*a]));
    order
        .chunk_by(|a, b| totals[*a] == totals[*b])
        .map(<[usize]>::to_vec)
        .collect()
}
