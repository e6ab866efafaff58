//! Ballot papers in piles, one pile a candidate, in parcels of equal value.
//!
//! Shared by the Scottish rules and the instant run-off. Values are in hundred-thousandths. The
//! invariant: piles, papers not transferable and what is lost by fractions sum to the ballots.

#![expect(
    clippy::indexing_slicing,
    reason = "one pile a candidate, and every preference is a candidate's place"
)]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::desk::{Closing, Desk};
use super::election::Election;
use super::votes::Votes;
use super::working::{Action, Transfer};

/// Hundred-thousandths in a vote.
pub(super) const WHOLE: u64 = 100_000;

struct Parcel {
    /// Of each paper, in hundred-thousandths.
    value: u64,
    /// Places among the different rankings.
    papers: Vec<u32>,
}

/// All piles.
pub(super) struct Piles<'a> {
    election: &'a Election,
    parcels: Vec<Vec<Parcel>>,
    totals: Vec<u64>,
    non_transferable: u64,
    lost: u64,
}

/// Papers by value, largest first, and by whom they go to, nobody last.
type Moved = BTreeMap<(Reverse<u64>, bool, Option<usize>), Vec<u32>>;

impl<'a> Piles<'a> {
    /// Sorted by first preference.
    pub(super) fn first(election: &'a Election) -> Self {
        let candidates = election.candidates().len();
        let mut papers = vec![Vec::new(); candidates];
        let mut totals = vec![0; candidates];
        for (place, (count, ranking)) in (0_u32..).zip(election.ballots().iter()) {
            if let Some(&first) = ranking.first() {
                papers[usize::from(first)].push(place);
                totals[usize::from(first)] += count * WHOLE;
            }
        }
        let parcels = papers.into_iter().map(|papers| {
            vec![Parcel {
                value: WHOLE,
                papers,
            }]
        });
        Self {
            election,
            parcels: parcels.collect(),
            totals,
            non_transferable: 0,
            lost: 0,
        }
    }

    /// What a candidate has, in hundred-thousandths.
    pub(super) fn total(&self, candidate: usize) -> u64 {
        self.totals[candidate]
    }

    /// These candidates with what they have.
    pub(super) fn figures(&self, candidates: &[usize]) -> Vec<(usize, Votes)> {
        let votes = |one: &usize| (*one, Votes::hundred_thousandths(self.totals[*one]));
        candidates.iter().map(votes).collect()
    }

    /// Passes on the whole pile of an excluded candidate, each paper at the value it came with.
    pub(super) fn exclude(&mut self, from: usize, desk: &Desk) -> Vec<Transfer> {
        self.pass(from, self.totals[from], desk, |value| value)
    }

    /// Passes on a surplus: each paper at surplus × value when received ÷ total, cut after five
    /// places (SSI 2011/399, schedule 1, transfer of ballot papers). What papers without a next
    /// preference would carry is not transferable; what the cut drops is lost.
    pub(super) fn pass_surplus(&mut self, from: usize, surplus: u64, desk: &Desk) -> Vec<Transfer> {
        let total = u128::from(self.totals[from]);
        self.pass(from, surplus, desk, |value| {
            let value = u128::from(surplus) * u128::from(value) / total.max(1);
            u64::try_from(value).unwrap_or_default()
        })
    }

    fn pass(
        &mut self,
        from: usize,
        leaving: u64,
        desk: &Desk,
        value: impl Fn(u64) -> u64,
    ) -> Vec<Transfer> {
        let mut moved = Moved::new();
        for parcel in std::mem::take(&mut self.parcels[from]) {
            let worth = value(parcel.value);
            for paper in parcel.papers {
                let (_, ranking) = self.election.ballots().get(paper as usize);
                let mut next = ranking.iter().map(|one| usize::from(*one));
                let next = next.find(|candidate| desk.continues(*candidate));
                moved
                    .entry((Reverse(worth), next.is_none(), next))
                    .or_default()
                    .push(paper);
            }
        }
        let mut transfers = Vec::new();
        let mut arrived = 0;
        for ((Reverse(value), _, to), papers) in moved {
            let count: u64 = papers
                .iter()
                .map(|paper| self.election.ballots().get(*paper as usize).0)
                .sum();
            let votes = count * value;
            arrived += votes;
            match to {
                Some(candidate) => {
                    self.totals[candidate] += votes;
                    self.parcels[candidate].push(Parcel { value, papers });
                }
                None => self.non_transferable += votes,
            }
            transfers.push(Transfer {
                to: to.map(|candidate| desk.label(candidate)),
                papers: count,
                value: Votes::hundred_thousandths(value),
                votes: Votes::hundred_thousandths(votes),
            });
        }
        self.totals[from] -= leaving;
        self.lost += leaving.saturating_sub(arrived);
        transfers
    }

    /// The stage as it stands.
    pub(super) fn closing(
        &self,
        action: Action,
        quota: Votes,
        transfers: Vec<Transfer>,
    ) -> Closing {
        Closing {
            action,
            quota: Some(quota),
            totals: self
                .totals
                .iter()
                .map(|units| Votes::hundred_thousandths(*units))
                .collect(),
            keeps: None,
            transfers,
            non_transferable: Votes::hundred_thousandths(self.non_transferable),
            lost: Votes::hundred_thousandths(self.lost),
        }
    }
}
