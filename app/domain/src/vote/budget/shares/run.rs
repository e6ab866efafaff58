//! One run of Equal Shares with a given share: round by round the project with the lowest rate
//! that its supporters can pay.
//!
//! Peters, Pierczyński, Skowron: "Proportional Participatory Budgeting with Additive Utilities"
//! (NeurIPS 2021). The rate of a project is the least ρ such that its supporters, each paying
//! ρ × worth or all they have left, cover the cost. Rates never fall as money is spent, so a rate
//! found in an earlier round bounds the next from below and most projects need no new look.
//!
//! Invariant: every comparison is decided by floats with error bounds where these suffice and by
//! fractions where not, so that the result is that of exact arithmetic.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::ball::{Ball, Sum, above, below};
use super::exact::{Ledger, Pick};
use super::profile::{Profile, Side, Supporter};

/// The buffers of runs on one profile, kept between runs.
pub(super) struct Runner<'p, 'a> {
    profile: &'p Profile<'a>,
    left: Vec<Ball>,
    drained: Vec<bool>,
    /// By project, a lower bound of its rate.
    bound: Vec<f64>,
}

/// What a project would be bought for now.
struct Offer {
    rate: Ball,
    /// Those who have less than this rate times their worth are drained…
    limit: f64,
    /// … and these kinds too, of which floats could not tell.
    also: Vec<u32>,
}

impl<'p, 'a> Runner<'p, 'a> {
    pub fn new(profile: &'p Profile<'a>) -> Self {
        Self {
            profile,
            left: Vec::new(),
            drained: Vec::new(),
            bound: Vec::new(),
        }
    }

    /// Runs with `share` minor units for each voter. Stops early, its result to be thrown away,
    /// once the cost is over `stop_above`.
    pub fn run(&mut self, share: BigRational, stop_above: Option<u64>) -> Ledger<'p, 'a> {
        let profile = self.profile;
        self.start(&share);
        let mut ledger = Ledger::new(profile, share);
        let mut open = profile.payable();
        let mut spent = 0u128;
        loop {
            open.sort_by(|a, b| self.bound(*a).total_cmp(&self.bound(*b)));
            let mut best: Option<(u32, Offer)> = None;
            let mut unpayable = Vec::new();
            for &project in &open {
                if best
                    .as_ref()
                    .is_some_and(|(_, o)| self.bound(project) > o.rate.high())
                {
                    break;
                }
                let Some(side) = profile.projects.get(project as usize) else {
                    continue;
                };
                let Some(offer) = self.offer(&ledger, side, project) else {
                    unpayable.push(project);
                    continue;
                };
                if let Some(bound) = self.bound.get_mut(project as usize) {
                    *bound = offer.rate.low().max(*bound);
                }
                let better = match &best {
                    None => true,
                    Some((other, of_other)) => {
                        self.before(&ledger, (project, &offer), (*other, of_other))
                    }
                };
                if better {
                    best = Some((project, offer));
                }
            }
            let Some((project, offer)) = best else {
                return ledger;
            };
            open.retain(|p| *p != project && !unpayable.contains(p));
            if let Some(side) = profile.projects.get(project as usize) {
                spent += u128::from(side.cost);
                let pick = self.pick(side, project, &offer);
                self.pay(side, &offer, &pick);
                ledger.push(pick);
            }
            if stop_above.is_some_and(|most| spent > u128::from(most)) {
                return ledger;
            }
        }
    }

    fn start(&mut self, share: &BigRational) {
        let mid = share.to_f64().unwrap_or(0.0);
        let share = Ball {
            mid,
            rad: above(mid) - below(mid),
        };
        self.left.clear();
        self.left.resize(self.profile.kinds.len(), share);
        self.drained.clear();
        self.drained.resize(self.profile.kinds.len(), false);
        self.bound.clear();
        self.bound.extend(self.profile.projects.iter().map(|side| {
            Ball::whole(u128::from(side.cost))
                .over(Ball::whole(side.whole))
                .map_or(f64::INFINITY, Ball::low)
        }));
    }

    fn bound(&self, project: u32) -> f64 {
        self.bound
            .get(project as usize)
            .copied()
            .unwrap_or(f64::INFINITY)
    }

    fn left(&self, supporter: &Supporter) -> Ball {
        self.left
            .get(supporter.kind as usize)
            .copied()
            .unwrap_or(Ball::ZERO)
    }

    fn is_drained(&self, kind: u32) -> bool {
        self.drained.get(kind as usize).copied().unwrap_or(true)
    }

    /// The offer of a project, `None` when its supporters cannot pay for it any more.
    fn offer(&self, ledger: &Ledger<'p, 'a>, side: &Side, project: u32) -> Option<Offer> {
        let mut all = Sum::default();
        for supporter in &side.supporters {
            all.add(supporter.voters, self.left(supporter));
        }
        let (all, cost) = (all.ball(), Ball::whole(u128::from(side.cost)));
        if all.high() < cost.mid {
            return None;
        }
        if all.low() < cost.mid {
            let kinds = side
                .supporters
                .iter()
                .map(|s| s.kind)
                .filter(|k| !self.is_drained(*k));
            let left = ledger.left(kinds, ledger.picks.len());
            if left < BigRational::from_integer(BigInt::from(side.cost)) {
                return None;
            }
        }
        let mut offer = Offer {
            rate: Ball::ZERO,
            limit: self.bound(project),
            also: Vec::new(),
        };
        loop {
            self.settle(side, &mut offer)?;
            if !self.drain_undecided(ledger, side, project, &mut offer) {
                return Some(offer);
            }
        }
    }

    /// Raises the rate until nobody else is surely drained by it.
    fn settle(&self, side: &Side, offer: &mut Offer) -> Option<()> {
        let cost = Ball::whole(u128::from(side.cost));
        let mut before = None;
        loop {
            let (mut covered, mut worth, mut poor) = (Sum::default(), Sum::default(), 0usize);
            for supporter in &side.supporters {
                if self.gives_all(supporter, offer) {
                    covered.add(supporter.voters, self.left(supporter));
                    poor += 1;
                } else {
                    worth.add(supporter.voters, supporter.worth);
                }
            }
            offer.rate = cost.minus(covered.ball()).over(worth.ball())?;
            if before == Some(poor) {
                return Some(());
            }
            before = Some(poor);
            offer.limit = offer.limit.max(offer.rate.low());
        }
    }

    fn gives_all(&self, supporter: &Supporter, offer: &Offer) -> bool {
        let price = below((supporter.worth.mid - supporter.worth.rad) * offer.limit);
        let left = self.left(supporter);
        left.mid + left.rad < below(price) || offer.also.contains(&supporter.kind)
    }

    /// Decides by fractions those of whom floats cannot tell whether they can pay the full price.
    /// Whether there were any who cannot.
    fn drain_undecided(
        &self,
        ledger: &Ledger<'p, 'a>,
        side: &Side,
        project: u32,
        offer: &mut Offer,
    ) -> bool {
        let mut exact = None;
        let mut found = Vec::new();
        for supporter in &side.supporters {
            let price = offer.rate.times(supporter.worth);
            if self.left(supporter).low() >= price.high() || self.gives_all(supporter, offer) {
                continue;
            }
            let rate = exact.get_or_insert_with(|| {
                ledger.rate_of(&self.pick(side, project, offer), ledger.picks.len())
            });
            let short = if self.is_drained(supporter.kind) {
                true
            } else {
                let left = ledger.left([supporter.kind], ledger.picks.len());
                let voters = self.voters(supporter.kind);
                left < &*rate * BigInt::from(self.worth(supporter.kind, project) * voters)
            };
            if short {
                found.push(supporter.kind);
            }
        }
        offer.also.extend(&found);
        !found.is_empty()
    }

    fn voters(&self, kind: u32) -> u128 {
        self.profile
            .kinds
            .get(kind as usize)
            .map_or(0, |k| u128::from(k.voters))
    }

    fn worth(&self, kind: u32, project: u32) -> u128 {
        self.profile
            .kinds
            .get(kind as usize)
            .and_then(|k| k.choices.iter().find(|c| c.project == project))
            .map_or(0, |c| self.profile.worth(*c))
    }

    /// Whether the first is bought before the second: the lower rate, then the lower id.
    fn before(
        &self,
        ledger: &Ledger<'p, 'a>,
        (one, of_one): (u32, &Offer),
        (other, of_other): (u32, &Offer),
    ) -> bool {
        if of_one.rate.high() < of_other.rate.low() {
            return true;
        }
        if of_other.rate.high() < of_one.rate.low() {
            return false;
        }
        let exact = |project: u32, offer: &Offer| {
            self.profile
                .projects
                .get(project as usize)
                .map(|side| ledger.rate_of(&self.pick(side, project, offer), ledger.picks.len()))
        };
        match exact(one, of_one).cmp(&exact(other, of_other)) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => {
                let budget = self.profile.election.budget();
                let id = |place| budget.project(place).map(|p| p.id.as_str());
                id(one) < id(other)
            }
        }
    }

    /// The purchase that an offer stands for.
    fn pick(&self, side: &Side, project: u32, offer: &Offer) -> Pick {
        let mut drained = Vec::new();
        let mut whole = 0u128;
        for supporter in &side.supporters {
            if self.gives_all(supporter, offer) {
                if !self.is_drained(supporter.kind) {
                    drained.push(supporter.kind);
                }
            } else {
                whole += self.worth(supporter.kind, project) * self.voters(supporter.kind);
            }
        }
        Pick::new(project, drained, whole)
    }

    fn pay(&mut self, side: &Side, offer: &Offer, pick: &Pick) {
        for &kind in &pick.drained {
            if let (Some(left), Some(drained)) = (
                self.left.get_mut(kind as usize),
                self.drained.get_mut(kind as usize),
            ) {
                *left = Ball::ZERO;
                *drained = true;
            }
        }
        for supporter in &side.supporters {
            if self.is_drained(supporter.kind) {
                continue;
            }
            if let Some(left) = self.left.get_mut(supporter.kind as usize) {
                *left = left.minus(offer.rate.times(supporter.worth));
            }
        }
    }
}
