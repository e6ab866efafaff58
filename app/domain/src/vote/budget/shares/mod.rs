//! The Method of Equal Shares, alone or with the add-one completion; exact.
//!
//! Every voter gets an equal share of the budget. Round by round the project is bought whose
//! supporters can pay for it at the least money per unit of worth, each paying in proportion to
//! what it is worth to them, those who have less giving all they have.
//!
//! Add-one as in pabutools (`voter_budget_increment=1`): while the result is neither dearer than
//! the budget nor exhaustive, everybody's share is raised by one unit of currency and the count is
//! made again from the start; a result over budget is dropped for the one before. The result is
//! not monotone in the share, so no step is passed over unless a run has proved that it changes
//! nothing.
//!
//! Not here: what is done with money left over (`greedy`).

mod ball;
mod exact;
mod profile;
mod run;
#[cfg(test)]
mod tests;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::election::Election;
use super::rule::Utility;
use super::working::{Bought, Round};
use exact::Ledger;
use profile::Profile;
use run::Runner;

/// One unit of currency, in minor units.
const UNIT: u32 = 100;

/// What Equal Shares bought.
pub(super) struct Shares {
    /// Places of the projects, in the order bought, those that cost nothing first.
    pub funded: Vec<u32>,
    pub rounds: Vec<Round>,
    /// How many units of currency were added to each share.
    pub added: u64,
}

/// Counts by Equal Shares; with `add_one` until exhaustive or just before overspending.
pub(super) fn equal_shares(election: &Election, utility: Utility, add_one: bool) -> Shares {
    let profile = Profile::new(election, utility);
    let free = profile.free();
    if profile.voters == 0 {
        return Shares {
            funded: free,
            rounds: Vec::new(),
            added: 0,
        };
    }
    let total = election.budget().total().minor();
    let mut runner = Runner::new(&profile);
    let added = if add_one {
        raised(&profile, &mut runner, total)
    } else {
        Some(0)
    };
    let ledger = added.and_then(|added| runner.run(vec![share(&profile, total, added)], None).ok());
    let rounds = ledger.as_ref().map(rounds).unwrap_or_default();
    let bought = ledger
        .iter()
        .flat_map(|l| l.picks.iter().map(|p| p.project));
    Shares {
        funded: free.iter().copied().chain(bought).collect(),
        rounds,
        added: added.unwrap_or(0),
    }
}

fn share(profile: &Profile<'_>, total: u64, added: u64) -> BigRational {
    BigRational::new(BigInt::from(total), BigInt::from(profile.voters))
        + BigInt::from(added) * BigInt::from(UNIT)
}

/// How much add-one adds to each share; `None` when even the plain count overspends, so that
/// nothing is bought.
///
/// Several steps are taken at once where a run with both ends shows that they change nothing. The
/// stride doubles with each success; after a failure single steps are taken for a while, longer
/// with each failure.
fn raised<'p, 'a>(
    profile: &'p Profile<'a>,
    runner: &mut Runner<'p, 'a>,
    total: u64,
) -> Option<u64> {
    let (mut added, mut stride, mut single, mut pause) = (0u64, 1u64, 0u32, 1u32);
    loop {
        let last = added + if single > 0 { 0 } else { stride - 1 };
        let mut shares = vec![share(profile, total, added)];
        if last > added {
            shares.push(share(profile, total, last));
        }
        let Ok(ledger) = runner.run(shares, Some(total)) else {
            (stride, single) = ((stride / 4).max(2), pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
            continue;
        };
        if last > added {
            pause = 1;
        }
        single = single.saturating_sub(1);
        if single == 0 {
            stride = (stride * 2).min(LONGEST_STRIDE);
        }
        match standing(profile, &ledger, total) {
            Standing::Over => return added.checked_sub(1),
            Standing::Exhaustive => return Some(added),
            Standing::Open => added = last + 1,
        }
    }
}

/// Single steps after many failures to take more at once.
const LONGEST_PAUSE: u32 = 16;
/// Far more steps than any share can be raised by, and no overflow.
const LONGEST_STRIDE: u64 = 1 << 50;

enum Standing {
    /// Dearer than the budget.
    Over,
    /// Nothing that is wanted fits any more.
    Exhaustive,
    Open,
}

fn standing(profile: &Profile<'_>, ledger: &Ledger<'_, '_>, total: u64) -> Standing {
    let cost = |p: u32| {
        profile
            .projects
            .get(p as usize)
            .map_or(0, |side| u128::from(side.cost))
    };
    let spent: u128 = ledger.picks.iter().map(|p| cost(p.project)).sum();
    let Some(left) = u128::from(total).checked_sub(spent) else {
        return Standing::Over;
    };
    let is_bought = |p: u32| ledger.bought.get(p as usize).is_some_and(Option::is_some);
    if profile
        .payable()
        .into_iter()
        .any(|p| cost(p) <= left && !is_bought(p))
    {
        Standing::Open
    } else {
        Standing::Exhaustive
    }
}

fn rounds(ledger: &Ledger<'_, '_>) -> Vec<Round> {
    let budget = ledger.profile.election.budget();
    let mut rounds = Vec::with_capacity(ledger.picks.len());
    for (at, pick) in ledger.picks.iter().enumerate() {
        let (Some(project), Some(side)) = (
            budget.project(pick.project),
            ledger.profile.projects.get(pick.project as usize),
        ) else {
            continue;
        };
        let Some(rate) = ledger.rate(at).into_iter().next() else {
            continue;
        };
        let dearest = side.supporters.iter().map(|s| s.kind).filter_map(|kind| {
            let kind = ledger.profile.kinds.get(kind as usize)?;
            let choice = kind.choices.iter().find(|c| c.project == pick.project)?;
            Some(ledger.profile.worth(*choice))
        });
        let price = &rate * BigInt::from(dearest.max().unwrap_or(0));
        rounds.push(Round::Bought(Bought {
            project: project.id.clone(),
            cost: project.cost,
            supporters: voters(ledger, side.supporters.iter().map(|s| s.kind)),
            gave_all: voters(ledger, pick.drained.iter().copied()),
            rate: rate.to_string(),
            full_price: decimal(&(price / BigInt::from(UNIT))),
        }));
    }
    rounds
}

fn voters(ledger: &Ledger<'_, '_>, kinds: impl Iterator<Item = u32>) -> u64 {
    kinds
        .filter_map(|k| ledger.profile.kinds.get(k as usize))
        .map(|k| u64::from(k.voters))
        .sum()
}

/// Four decimals, rounded to nearest: for reading only, the fraction is beside it.
fn decimal(value: &BigRational) -> String {
    let tenthousandths = (value * BigInt::from(10_000))
        .round()
        .to_integer()
        .to_i128()
        .unwrap_or(i128::MAX);
    format!(
        "{}.{:04}",
        tenthousandths / 10_000,
        tenthousandths.rem_euclid(10_000)
    )
}
