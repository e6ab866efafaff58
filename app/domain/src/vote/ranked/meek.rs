//! Single transferable vote by Meek's method.
//!
//! Hill, Wichmann and Woodall, *Algorithm 123: Single Transferable Vote by Meek's Method* (1987),
//! in the fixed-point form of the Proportional Representation Foundation's Reference Meek Rule:
//! nine decimal places, keep values rounded up, quota votes ÷ (seats + 1) cut plus one billionth,
//! surpluses shared out until they are below 0.000001 votes in all or shrink no more, then the
//! lowest is excluded. Two departures: candidates count as tied only on exactly equal votes, and a
//! tie is broken by the stages before, else by lot, as in the Scottish rules.
//!
//! A ballot goes no further than the first candidate who keeps everything that reaches them, so
//! for one round ballots are grouped by the preferences up to there.

#![expect(
    clippy::indexing_slicing,
    reason = "every vector here has one entry a candidate and every index is a candidate's place"
)]

use std::collections::HashMap;

use super::desk::{Closing, Desk};
use super::election::Election;
use super::rule::Rule;
use super::tie::{Extreme, Purpose, TieBreak};
use super::votes::{UNIT, Votes};
use super::working::{Action, Count};

/// Surpluses below this in all, in billionths, are shared enough.
const SHARED: i128 = 1_000;

/// One sharing out: votes and quota, in billionths.
struct Pass {
    votes: Vec<i128>,
    exhausted: i128,
    quota: i128,
}

/// What an iteration came to: its last pass, and how many there were.
struct Round {
    pass: Pass,
    passes: u32,
    reached: Vec<usize>,
}

pub(super) fn count(election: &Election, tie: &TieBreak) -> Count {
    let mut desk = Desk::new(Rule::Meek, election, tie);
    let mut keep: Vec<i128> = (0..election.candidates().len())
        .map(|one| i128::from(desk.continues(one)) * UNIT)
        .collect();
    let mut excluded = None;
    let quota = loop {
        let round = iterate(election, &desk, &mut keep);
        let action = match excluded.take() {
            Some(action) => action,
            None if desk.stages() == 0 => Action::FirstPreferences,
            None => Action::SurplusesShared {
                passes: round.passes,
            },
        };
        let Pass {
            votes,
            exhausted,
            quota,
        } = round.pass;
        let billionths = |all: &[i128]| all.iter().map(|one| Votes::billionths(*one)).collect();
        desk.close(Closing {
            quota: Some(Votes::billionths(quota)),
            totals: billionths(&votes),
            keeps: Some(billionths(&keep)),
            non_transferable: Votes::billionths(exhausted),
            ..Closing::only(action)
        });
        let figures = |some: &[usize]| -> Vec<(usize, Votes)> {
            some.iter()
                .map(|one| (*one, Votes::billionths(votes[*one])))
                .collect()
        };
        desk.elect(figures(&round.reached));
        let continuing = desk.continuing();
        if continuing.len() <= desk.vacancies() || desk.vacancies() == 0 {
            desk.elect(figures(&continuing));
            break quota;
        }
        if round.reached.is_empty() {
            let lowest = desk.extreme(&figures(&continuing), Extreme::Fewest, Purpose::Exclude);
            let Some(lowest) = lowest else { break quota };
            excluded = Some(Action::Excluded {
                candidate: desk.label(lowest),
                votes: Votes::billionths(votes[lowest]),
            });
            desk.exclude(lowest);
            keep[lowest] = 0;
        } else {
            lower(&mut keep, &desk, &votes, quota);
        }
    };
    desk.finish(Some(Votes::billionths(quota)), None, None)
}

/// Shares surpluses out until somebody reaches the quota or there is no surplus to speak of.
fn iterate(election: &Election, desk: &Desk, keep: &mut [i128]) -> Round {
    let groups = group(election, desk, keep);
    let mut before = i128::MAX;
    let mut passes = 0;
    loop {
        passes += 1;
        let pass = share(&groups, keep, election.valid(), desk.seats());
        let reached: Vec<usize> = desk
            .continuing()
            .into_iter()
            .filter(|one| pass.votes[*one] >= pass.quota)
            .collect();
        let surplus: i128 = desk
            .elected()
            .iter()
            .map(|one| (pass.votes[*one] - pass.quota).max(0))
            .sum();
        if !reached.is_empty() || surplus < SHARED || surplus >= before {
            return Round {
                pass,
                passes,
                reached,
            };
        }
        before = surplus;
        lower(keep, desk, &pass.votes, pass.quota);
    }
}

/// New keep values for the elected: keep × quota ÷ votes, rounded up at each step. They only fall:
/// who is elected has the quota, and what reaches them only grows. Where nearly everything is
/// exhausted and keep values are a few billionths, rounding up alone would raise one.
fn lower(keep: &mut [i128], desk: &Desk, votes: &[i128], quota: i128) {
    for &elected in desk.elected() {
        if votes[elected] > 0 {
            let kept = up(keep[elected] * quota, UNIT);
            keep[elected] = up(kept * UNIT, votes[elected]).clamp(1, keep[elected].max(1));
        }
    }
}

fn up(number: i128, by: i128) -> i128 {
    (number + by - 1) / by
}

/// Ballots by their preferences among the elected, up to the first who is not.
fn group(election: &Election, desk: &Desk, keep: &[i128]) -> Vec<(Vec<u16>, u64)> {
    let mut groups: HashMap<Vec<u16>, u64> = HashMap::new();
    let mut path = Vec::new();
    for (count, ranking) in election.ballots().iter() {
        path.clear();
        for &candidate in ranking {
            let place = usize::from(candidate);
            if keep[place] > 0 {
                path.push(candidate);
            }
            if desk.continues(place) {
                break;
            }
        }
        match groups.get_mut(path.as_slice()) {
            Some(same) => *same += count,
            None => {
                groups.insert(path.clone(), count);
            }
        }
    }
    groups.into_iter().collect()
}

/// Passes every ballot along its preferences, each candidate keeping their part of what is left.
fn share(groups: &[(Vec<u16>, u64)], keep: &[i128], valid: u64, seats: u32) -> Pass {
    let mut votes = vec![0; keep.len()];
    let mut exhausted = 0;
    for (path, count) in groups {
        let count = i128::from(*count);
        let mut left = UNIT;
        for &candidate in path {
            let place = usize::from(candidate);
            let kept = up(left * keep[place], UNIT);
            votes[place] += kept * count;
            left -= kept;
        }
        exhausted += left * count;
    }
    let in_play = i128::from(valid) * UNIT - exhausted;
    Pass {
        votes,
        exhausted,
        quota: in_play / (i128::from(seats) + 1) + 1,
    }
}
