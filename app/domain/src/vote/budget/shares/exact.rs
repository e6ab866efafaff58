//! The exact side of a run of Equal Shares: rates as fractions, worked out only when asked for.
//!
//! A rate is money per unit of worth. What a voter has left is the share less rate times worth for
//! each funded project they support, or nothing once they had to give all. So the fraction of any
//! sum of leftovers needs only the rates so far and whole numbers.
//!
//! As long as the same projects are bought and the same voters drained in the same order, all of
//! this is linear in the share: two shares are worked side by side (a lane each), and what holds in
//! both holds between them.

use std::cell::OnceCell;
use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::profile::Profile;

/// A fraction for each lane: one where the run has one share, else the lower and the upper.
pub(super) type Fractions = Vec<BigRational>;

/// The lanes of a run do not agree on a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Undecided;

/// How the lanes compare.
///
/// # Errors
/// When not all alike.
pub(super) fn compare(one: &Fractions, other: &Fractions) -> Result<Ordering, Undecided> {
    let mut orders = one.iter().zip(other).map(|(a, b)| a.cmp(b));
    let first = orders.next().ok_or(Undecided)?;
    if orders.all(|o| o == first) {
        Ok(first)
    } else {
        Err(Undecided)
    }
}

/// A project bought in a run.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    pub project: u32,
    /// Kinds of ballot that still had money and gave all of it.
    pub drained: Vec<u32>,
    /// Total worth to those who paid the full price.
    pub whole: u128,
    rate: OnceCell<Fractions>,
}

impl Pick {
    pub fn new(project: u32, drained: Vec<u32>, whole: u128) -> Self {
        Self {
            project,
            drained,
            whole,
            rate: OnceCell::new(),
        }
    }
}

/// The purchases of a run, and each voter's share at its start, in each lane.
pub(super) struct Ledger<'p, 'a> {
    pub profile: &'p Profile<'a>,
    pub shares: Fractions,
    pub picks: Vec<Pick>,
    /// By project: which purchase it was.
    pub bought: Vec<Option<u32>>,
}

impl<'p, 'a> Ledger<'p, 'a> {
    pub fn new(profile: &'p Profile<'a>, shares: Fractions) -> Self {
        Self {
            profile,
            shares,
            picks: Vec::new(),
            bought: vec![None; profile.projects.len()],
        }
    }

    pub fn push(&mut self, pick: Pick) {
        if let Some(bought) = self.bought.get_mut(pick.project as usize) {
            *bought = u32::try_from(self.picks.len()).ok();
        }
        self.picks.push(pick);
    }

    /// What these kinds of ballot, none of them drained, had left together before purchase
    /// `before`.
    pub fn left(&self, kinds: impl IntoIterator<Item = u32>, before: usize) -> Fractions {
        let mut voters = 0u128;
        let mut paid = vec![0u128; before];
        for kind in kinds {
            let Some(kind) = self.profile.kinds.get(kind as usize) else {
                continue;
            };
            voters += u128::from(kind.voters);
            for choice in kind.choices {
                let at = self.bought.get(choice.project as usize).copied().flatten();
                if let Some(sum) = at.and_then(|at| paid.get_mut(at as usize)) {
                    *sum += self.profile.worth(*choice) * u128::from(kind.voters);
                }
            }
        }
        let mut left: Fractions = self
            .shares
            .iter()
            .map(|share| share * BigInt::from(voters))
            .collect();
        for (at, worth) in paid.into_iter().enumerate().filter(|(_, worth)| *worth > 0) {
            for (left, rate) in left.iter_mut().zip(self.rate(at)) {
                *left -= rate * BigInt::from(worth);
            }
        }
        left
    }

    /// The rate of a purchase: what its drained supporters did not cover, over the worth to the
    /// others.
    pub fn rate(&self, at: usize) -> Fractions {
        // Rates build on earlier rates: in order, so that the depth of calls stays one.
        for (earlier, pick) in self.picks.iter().enumerate().take(at + 1) {
            if pick.rate.get().is_none() {
                let rate = self.rate_of(pick, earlier);
                let _ = pick.rate.set(rate);
            }
        }
        self.picks
            .get(at)
            .and_then(|p| p.rate.get())
            .cloned()
            .unwrap_or_default()
    }

    /// The rate that a purchase as number `at` has, be it made or only weighed.
    pub fn rate_of(&self, pick: &Pick, at: usize) -> Fractions {
        let cost = self
            .profile
            .projects
            .get(pick.project as usize)
            .map_or(0, |side| side.cost);
        let covered = self.left(pick.drained.iter().copied(), at);
        let rate = |covered| (whole(cost) - covered) / BigInt::from(pick.whole);
        covered.into_iter().map(rate).collect()
    }

    /// The same number in each lane.
    pub fn lanes(&self, value: u64) -> Fractions {
        vec![whole(value); self.shares.len()]
    }
}

fn whole(value: u64) -> BigRational {
    BigRational::from_integer(BigInt::from(value))
}
