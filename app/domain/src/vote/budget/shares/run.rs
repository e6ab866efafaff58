//! One run of Equal Shares with a given share: round by round the project with the lowest rate
//! that its supporters can pay.
//!
//! Peters, Pierczyński, Skowron: "Proportional Participatory Budgeting with Additive Utilities"
//! (NeurIPS 2021). The rate of a project is the least ρ such that its supporters, each paying
//! ρ × worth or all they have left, cover the cost. Rates never fall as money is spent, so a rate
//! found in an earlier round bounds the next from below and most projects need no new look.
//!
//! A run may be given two shares: it then decides every comparison for both, and everything being
//! linear between two equal decisions, its result holds for every share from the one to the other.
//! Where they part it stops, undecided. So add-one passes over steps that change nothing.
//!
//! Invariant: every comparison is decided by floats with error bounds where these suffice and by
//! fractions where not, so that the result is that of exact arithmetic.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::ball::{Ball, Lanes, Sum, all, below, zip};
use super::exact::{Fractions, Ledger, Pick, Undecided, compare};
use super::profile::{Profile, Side, Supporter};

/// The buffers of runs on one profile, kept between runs.
pub(super) struct Runner<'p, 'a> {
    profile: &'p Profile<'a>,
    left: Vec<Ball>,
    drained: Vec<bool>,
    /// By project, a lower bound of its rate.
    bound: Vec<Lanes>,
}

/// A supporter who may be able to pay the full price, with what they have left.
type Able = (Supporter, Ball);

/// What a project would be bought for now.
struct Offer {
    rate: Ball,
    /// Those who have less than this rate times their worth are drained…
    limit: Lanes,
    /// … and these kinds too, where floats could not decide.
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

    /// Runs with a share of minor units for each voter, or for a lower and an upper share at once.
    /// Stops early, its result to be thrown away, once the cost is over `stop_above`.
    ///
    /// # Errors
    /// When the two shares lead to different decisions; never with one.
    pub fn run(
        &mut self,
        shares: Fractions,
        stop_above: Option<u64>,
    ) -> Result<Ledger<'p, 'a>, Undecided> {
        let profile = self.profile;
        self.start(&shares);
        let mut ledger = Ledger::new(profile, shares);
        let mut open = profile.payable();
        let mut spent = 0u128;
        let mut able = Vec::new();
        loop {
            open.sort_by(|a, b| least(self.bound(*a)).total_cmp(&least(self.bound(*b))));
            let mut best: Option<(u32, Offer)> = None;
            let mut unpayable = Vec::new();
            for &project in &open {
                let dearer = |o: &Offer| least(self.bound(project)) > most(o.rate.high());
                if best.as_ref().is_some_and(|(_, offer)| dearer(offer)) {
                    break;
                }
                let Some(side) = profile.projects.get(project as usize) else {
                    continue;
                };
                let Some(offer) = self.offer(&ledger, side, project, &mut able)? else {
                    unpayable.push(project);
                    continue;
                };
                if let Some(bound) = self.bound.get_mut(project as usize) {
                    *bound = zip(offer.rate.low(), *bound, f64::max);
                }
                let better = match &best {
                    None => true,
                    Some((other, of_other)) => {
                        self.before(&ledger, (project, &offer), (*other, of_other))?
                    }
                };
                if better {
                    best = Some((project, offer));
                }
            }
            let Some((project, offer)) = best else {
                return Ok(ledger);
            };
            open.retain(|p| *p != project && !unpayable.contains(p));
            if let Some(side) = profile.projects.get(project as usize) {
                spent += u128::from(side.cost);
                let pick = self.pick(side, project, &offer);
                self.pay(side, &offer, &pick);
                ledger.push(pick);
            }
            if stop_above.is_some_and(|most| spent > u128::from(most)) {
                return Ok(ledger);
            }
        }
    }

    fn start(&mut self, shares: &Fractions) {
        let lane = |share: Option<&BigRational>| share.and_then(|s| s.to_f64()).unwrap_or(0.0);
        let share = Ball::near([lane(shares.first()), lane(shares.last())]);
        self.left.clear();
        self.left.resize(self.profile.kinds.len(), share);
        self.drained.clear();
        self.drained.resize(self.profile.kinds.len(), false);
        self.bound.clear();
        self.bound.extend(self.profile.projects.iter().map(|side| {
            Ball::whole(u128::from(side.cost))
                .over(Ball::whole(side.whole))
                .map_or([f64::INFINITY; 2], Ball::low)
        }));
    }

    fn bound(&self, project: u32) -> Lanes {
        self.bound
            .get(project as usize)
            .copied()
            .unwrap_or([f64::INFINITY; 2])
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

    /// The offer of a project, `None` when its supporters cannot pay for it any more. `able` is
    /// room to work in.
    fn offer(
        &self,
        ledger: &Ledger<'p, 'a>,
        side: &Side,
        project: u32,
        able: &mut Vec<Able>,
    ) -> Result<Option<Offer>, Undecided> {
        let cost = Ball::whole(u128::from(side.cost));
        let mut offer = Offer {
            rate: Ball::ZERO,
            limit: self.bound(project),
            also: Vec::new(),
        };
        able.clear();
        let mut all = Sum::default();
        let mut covered = Sum::default();
        let mut worth = Sum::default();
        for supporter in &side.supporters {
            let left = self.left(supporter);
            all.add(supporter.voters(), left);
            if is_short(left, supporter.worth(), offer.limit) {
                covered.add(supporter.voters(), left);
            } else {
                worth.add(supporter.voters(), supporter.worth());
                able.push((*supporter, left));
            }
        }
        if !self.is_payable(ledger, side, all.ball())? {
            return Ok(None);
        }
        loop {
            let Some(rate) = cost.minus(covered.ball()).over(worth.ball()) else {
                return Ok(None);
            };
            offer.rate = rate;
            offer.limit = zip(offer.limit, rate.low(), f64::max);
            let before = able.len();
            worth = Sum::default();
            able.retain(|(supporter, left)| {
                let stays = !is_short(*left, supporter.worth(), offer.limit)
                    && !offer.also.contains(&supporter.kind);
                if stays {
                    worth.add(supporter.voters(), supporter.worth());
                } else {
                    covered.add(supporter.voters(), *left);
                }
                stays
            });
            if able.len() == before {
                let short = self.short_after_all(ledger, side, project, &offer, able)?;
                if short.is_empty() {
                    return Ok(Some(offer));
                }
                offer.also.extend(short);
            }
        }
    }

    /// Whether what the supporters have left, `all`, covers the cost.
    fn is_payable(
        &self,
        ledger: &Ledger<'p, 'a>,
        side: &Side,
        all: Ball,
    ) -> Result<bool, Undecided> {
        let cost = Ball::whole(u128::from(side.cost));
        if all.is_below(cost) {
            return Ok(false);
        }
        if all.is_not_below(cost) {
            return Ok(true);
        }
        let kinds = side.supporters.iter().map(|s| s.kind);
        let left = ledger.left(kinds.filter(|k| !self.is_drained(*k)), ledger.picks.len());
        Ok(compare(&left, &ledger.lanes(side.cost))? != Ordering::Less)
    }

    fn gives_all(&self, supporter: &Supporter, offer: &Offer) -> bool {
        is_short(self.left(supporter), supporter.worth(), offer.limit)
            || offer.also.contains(&supporter.kind)
    }

    /// Decides by fractions who can pay the full price where floats cannot tell:
    /// the kinds that cannot.
    fn short_after_all(
        &self,
        ledger: &Ledger<'p, 'a>,
        side: &Side,
        project: u32,
        offer: &Offer,
        able: &[Able],
    ) -> Result<Vec<u32>, Undecided> {
        let mut exact = None;
        let mut found = Vec::new();
        for (supporter, left) in able {
            if left.is_not_below(offer.rate.times(supporter.worth())) {
                continue;
            }
            let rate = exact.get_or_insert_with(|| {
                ledger.rate_of(&self.pick(side, project, offer), ledger.picks.len())
            });
            let left = ledger.left([supporter.kind], ledger.picks.len());
            let worth = self.whole(supporter, project);
            let price = rate.iter().map(|rate| rate * BigInt::from(worth)).collect();
            if compare(&left, &price)? == Ordering::Less {
                found.push(supporter.kind);
            }
        }
        Ok(found)
    }

    /// The exact worth of a project to all voters of a kind.
    fn whole(&self, supporter: &Supporter, project: u32) -> u128 {
        let kind = self.profile.kinds.get(supporter.kind as usize);
        let worth = supporter.whole().unwrap_or_else(|| {
            kind.and_then(|k| k.choices.iter().find(|c| c.project == project))
                .map_or(0, |c| self.profile.worth(*c))
        });
        worth * kind.map_or(0, |k| u128::from(k.voters))
    }

    /// Whether the first is bought before the second: the lower rate, then the lower id.
    fn before(
        &self,
        ledger: &Ledger<'p, 'a>,
        (one, of_one): (u32, &Offer),
        (other, of_other): (u32, &Offer),
    ) -> Result<bool, Undecided> {
        if of_one.rate.is_below(of_other.rate) {
            return Ok(true);
        }
        if of_other.rate.is_below(of_one.rate) {
            return Ok(false);
        }
        let exact = |project: u32, offer: &Offer| {
            let side = self.profile.projects.get(project as usize);
            let pick = side.map(|side| self.pick(side, project, offer));
            pick.map(|pick| ledger.rate_of(&pick, ledger.picks.len()))
                .unwrap_or_default()
        };
        Ok(
            match compare(&exact(one, of_one), &exact(other, of_other))? {
                Ordering::Less => true,
                Ordering::Greater => false,
                Ordering::Equal => {
                    let budget = self.profile.election.budget();
                    let id = |place| budget.project(place).map(|p| p.id.as_str());
                    id(one) < id(other)
                }
            },
        )
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
                whole += self.whole(supporter, project);
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
                *left = left.minus(offer.rate.times(supporter.worth()));
            }
        }
    }
}

/// Whether what is left is surely less than the price at a rate.
#[inline]
fn is_short(left: Ball, worth: Ball, rate: Lanes) -> bool {
    let [worth, _] = worth.low();
    all(left.high(), rate, |left, rate| left < below(worth * rate))
}

fn least([a, b]: Lanes) -> f64 {
    a.min(b)
}

fn most([a, b]: Lanes) -> f64 {
    a.max(b)
}
