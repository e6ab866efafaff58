//! The exact side of a run of Equal Shares: rates as fractions, worked out only when asked for.
//!
//! A rate is money per unit of worth. What a voter has left is the share less rate times worth for
//! each funded project they support, or nothing once they had to give all. So the fraction of any
//! sum of leftovers needs only the rates so far and whole numbers.

use std::cell::OnceCell;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::profile::Profile;

/// A project bought in a run.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    pub project: u32,
    /// Kinds of ballot that still had money and gave all of it.
    pub drained: Vec<u32>,
    /// Total worth to those who paid the full price.
    pub whole: u128,
    rate: OnceCell<BigRational>,
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

/// The purchases of a run, and each voter's share at its start.
pub(super) struct Ledger<'p, 'a> {
    pub profile: &'p Profile<'a>,
    pub share: BigRational,
    pub picks: Vec<Pick>,
    /// By project: which purchase it was.
    pub bought: Vec<Option<u32>>,
}

impl<'p, 'a> Ledger<'p, 'a> {
    pub fn new(profile: &'p Profile<'a>, share: BigRational) -> Self {
        Self {
            profile,
            share,
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
    pub fn left(&self, kinds: impl IntoIterator<Item = u32>, before: usize) -> BigRational {
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
        let mut left = &self.share * BigInt::from(voters);
        for (at, worth) in paid.into_iter().enumerate() {
            if worth > 0 {
                left -= self.rate(at) * BigInt::from(worth);
            }
        }
        left
    }

    /// The rate of a purchase: what its drained supporters did not cover, over the worth to the
    /// others.
    pub fn rate(&self, at: usize) -> BigRational {
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
            .unwrap_or_else(BigRational::zero)
    }

    /// The rate that a purchase as number `at` has, be it made or only weighed.
    pub fn rate_of(&self, pick: &Pick, at: usize) -> BigRational {
        let cost = self
            .profile
            .projects
            .get(pick.project as usize)
            .map_or(0, |side| side.cost);
        let covered = self.left(pick.drained.iter().copied(), at);
        (BigRational::from_integer(BigInt::from(cost)) - covered) / BigInt::from(pick.whole)
    }
}
