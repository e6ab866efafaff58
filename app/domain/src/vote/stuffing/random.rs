//! A crowd that votes at random but for one statement: the joint pattern of many, from wherever.
//!
//! One voter who votes at random is nothing: people do. A crowd of them is seen by what it shares.
//! A mixture of latent classes is fitted to the votes (expectation and maximisation): a few camps,
//! each with an opinion of its own on every statement, and a few kinds of chance, each with one
//! distribution of answers for every statement alike, and with its own number of votes. Beside them
//! stands whoever is like nobody: a few in a hundred answer as no camp does, each in their own
//! proportions, and are not of a crowd for that.
//! Where at least [`SURE`] voters of one kind of chance are nearly all of one mind on one statement,
//! and their other answers say that this is not by chance, that is a crowd with a target. The mixture
//! is then fitted once more, with that statement as what the crowd is for, and whoever voted for it is
//! in the crowd if the odds are [`ODDS`] to one.
//!
//! Looked at is what is stored: which answers, to which statements, how many. Not the order and the
//! pace of a voter's votes, and no moment: they are not kept. What can't be seen: a crowd that votes
//! on few statements, or whose answers follow everybody's on each statement; one of fewer than
//! [`SURE`]; two targets by the same voters look like an opinion. Invariant: the same votes give the
//! same answer, in whatever order the voters come.

#![expect(
    clippy::indexing_slicing,
    reason = "classes and answers are counted, and a place is of the list that it came from"
)]

use std::collections::BTreeMap;

/// The fewest voters of one kind of chance that are a crowd.
pub const SURE: usize = 25;
/// How much likelier a voter is of the crowd than of any camp, for each one who is set aside.
const ODDS: f64 = 30.0;
/// How much of a crowd is of one mind on its target.
const UNANIMOUS: f64 = 0.95;
/// The most of all its answers that may be the same for that to say anything.
const NOT_ANYWAY: f64 = 0.8;
/// Fewer votes say too little of a voter.
const FEWEST: usize = 8;
/// Below this many voters there are no camps to compare with.
const ENOUGH: usize = 60;
/// With more voters than this the mixture is fitted to some of them, and all are compared with it.
const MOST_FITTED: usize = 2_000;

const CHANCES: usize = 3;
const CAMPS: usize = 3;
/// The class of those who are like nobody.
const ALONE: usize = CHANCES + CAMPS;
const CLASSES: usize = ALONE + 1;
/// How many are like nobody, as a logarithm: about two in a hundred, whatever comes out.
const ALONE_SHARE: f64 = -4.0;
const ROUNDS: usize = 30;
/// Where the kinds of chance begin: any answer alike, no passes, mostly passes.
const BEGIN: [[f64; 3]; CHANCES] = [
    [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0],
    [0.49, 0.02, 0.49],
    [0.15, 0.7, 0.15],
];
/// How many votes' worth everybody's opinion counts for in a camp's.
const SHRINK: f64 = 8.0;
/// How sure the crowd is of its target.
const FOR_IT: f64 = 0.99;

/// How likely each class is for one voter.
type Weights = [f64; CLASSES];

/// A voter's votes: statement by its place, answer as 0, 1 or 2 (disagree, pass, agree).
struct Ballot {
    votes: Vec<(usize, usize)>,
    /// The number of votes, in steps of an eighth.
    length: usize,
    /// How likely the votes are in the voter's own proportions, as a logarithm.
    own: f64,
}

impl Ballot {
    fn answer(&self, statement: usize) -> Option<usize> {
        self.votes
            .iter()
            .find(|(of, _)| *of == statement)
            .map(|(_, answer)| *answer)
    }
}

/// What a crowd is for: one answer to one statement.
#[derive(Clone, Copy)]
struct Target {
    statement: usize,
    answer: usize,
}

/// The classes, in logarithms.
struct Mixture {
    share: Weights,
    /// Of each kind of chance.
    chance: [[f64; 3]; CHANCES],
    /// Of each kind of chance, and of the camps together.
    length: Vec<[f64; CHANCES + 1]>,
    /// By statement.
    camps: Vec<[[f64; 3]; CAMPS]>,
}

/// The places of those voters who are in a crowd with a target, of voters' statements and votes.
pub(super) fn at_random(voters: &[&[(i64, i8)]]) -> Vec<usize> {
    if voters.len() < ENOUGH {
        return Vec::new();
    }
    let mut number: BTreeMap<i64, usize> = BTreeMap::new();
    for (statement, _) in voters.iter().copied().flatten() {
        number.insert(*statement, 0);
    }
    for (place, known) in number.values_mut().enumerate() {
        *known = place;
    }
    let ballots: Vec<Ballot> = voters
        .iter()
        .map(|votes| Ballot {
            votes: votes
                .iter()
                .map(|(statement, value)| (number[statement], answer(*value)))
                .collect(),
            length: step(votes.len()),
            own: own(votes),
        })
        .collect();
    // The same ones whoever came first.
    let mut order: Vec<(u64, usize)> = voters
        .iter()
        .map(|votes| fingerprint(votes))
        .zip(0..)
        .collect();
    order.sort_unstable_by_key(|(print, place)| (*print, ballots[*place].votes.len(), *place));
    let sample: Vec<&Ballot> = order
        .iter()
        .take(MOST_FITTED)
        .map(|(_, place)| &ballots[*place])
        .collect();
    let first: Vec<Weights> = sample
        .iter()
        .zip(&order)
        .map(|(ballot, (print, _))| beginning(ballot, *print))
        .collect();
    let (mixture, weights) = fit(&sample, first, number.len(), None);
    let mut found: Vec<usize> = (0..CHANCES)
        .filter_map(|kind| {
            let target = target(&sample, &weights, &mixture, kind, number.len())?;
            Some(crowd(
                &ballots,
                &sample,
                &weights,
                kind,
                target,
                number.len(),
            ))
        })
        .flatten()
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn answer(value: i8) -> usize {
    match value.signum() {
        -1 => 0,
        0 => 1,
        _ => 2,
    }
}

fn own(votes: &[(i64, i8)]) -> f64 {
    let mut counts = [1.0; 3];
    for (_, value) in votes {
        counts[answer(*value)] += 1.0;
    }
    let shares = logs(counts);
    votes.iter().map(|(_, value)| shares[answer(*value)]).sum()
}

fn step(votes: usize) -> usize {
    let votes = u32::try_from(votes).unwrap_or(u32::MAX).max(1);
    (f64::from(votes).log2() * 6.0) as usize
}

/// FNV-1a of what somebody said.
fn fingerprint(votes: &[(i64, i8)]) -> u64 {
    votes
        .iter()
        .flat_map(|(statement, value)| {
            statement
                .to_be_bytes()
                .into_iter()
                .chain(value.to_be_bytes())
        })
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// Where a voter begins: the kinds of chance by how well they fit, the camps as it falls.
fn beginning(ballot: &Ballot, print: u64) -> Weights {
    let mut weights = [0.0; CLASSES];
    let chances: Vec<f64> = BEGIN
        .iter()
        .map(|kind| {
            ballot
                .votes
                .iter()
                .map(|(_, answer)| kind[*answer].ln())
                .sum()
        })
        .collect();
    for (weight, share) in weights.iter_mut().zip(normal(&chances)) {
        *weight = 0.3 * share;
    }
    let falls: Vec<f64> = (0..CAMPS as u32)
        .map(|camp| 0.2 + (print.rotate_left(21 * camp + 13) % 1_000) as f64 / 1_000.0)
        .collect();
    let sum: f64 = falls.iter().sum();
    for (weight, fall) in weights.iter_mut().skip(CHANCES).zip(falls) {
        *weight = 0.65 * fall / sum;
    }
    weights[ALONE] = 0.05;
    weights
}

/// Shares of what is given in logarithms.
fn normal(logs: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
    let sum: f64 = shares.iter().sum();
    shares.into_iter().map(|share| share / sum).collect()
}

fn logs<const N: usize>(counts: [f64; N]) -> [f64; N] {
    let sum: f64 = counts.iter().sum();
    counts.map(|count| (count / sum).ln())
}

/// Fits the classes to the voters, from where they begin. With a target the first kind of chance is
/// the crowd's.
fn fit(
    ballots: &[&Ballot],
    mut weights: Vec<Weights>,
    statements: usize,
    target: Option<Target>,
) -> (Mixture, Vec<Weights>) {
    let mut mixture = mixture(ballots, &weights, statements, target);
    for _ in 0..ROUNDS {
        for (weights, ballot) in weights.iter_mut().zip(ballots) {
            *weights = mixture.weigh(ballot, target);
        }
        mixture = self::mixture(ballots, &weights, statements, target);
    }
    (mixture, weights)
}

fn mixture(
    ballots: &[&Ballot],
    weights: &[Weights],
    statements: usize,
    target: Option<Target>,
) -> Mixture {
    let lengths = ballots.iter().map(|one| one.length + 1).max().unwrap_or(1);
    let mut share = [1.0; CLASSES];
    let mut chance = [[1.0; 3]; CHANCES];
    // A crowd keeps to its number of votes more closely than people do.
    let mut length = vec![[0.05, 0.05, 0.05, 0.5]; lengths];
    let mut all = [1.0; 3];
    let mut everybody = vec![[0.0; 3]; statements];
    let mut camps = vec![[[0.0; 3]; CAMPS]; statements];
    for (ballot, weights) in ballots.iter().zip(weights) {
        let by_chance: f64 = weights.iter().take(CHANCES).sum();
        for (share, weight) in share.iter_mut().zip(weights) {
            *share += weight;
        }
        for kind in 0..CHANCES {
            length[ballot.length][kind] += weights[kind];
        }
        length[ballot.length][CHANCES] += 1.0 - by_chance;
        for (statement, answer) in &ballot.votes {
            all[*answer] += 1.0;
            everybody[*statement][*answer] += 1.0 - by_chance;
            for camp in 0..CAMPS {
                camps[*statement][camp][*answer] += weights[CHANCES + camp];
            }
            if target.is_none_or(|target| target.statement != *statement) {
                for kind in 0..CHANCES {
                    chance[kind][*answer] += weights[kind];
                }
            }
        }
    }
    let all = logs(all).map(f64::exp);
    let camps = camps
        .into_iter()
        .zip(everybody)
        .map(|(camps, mut everybody)| {
            for (count, share) in everybody.iter_mut().zip(all) {
                *count += SHRINK * share;
            }
            let everybody = logs(everybody).map(f64::exp);
            camps.map(|mut camp| {
                for (count, share) in camp.iter_mut().zip(everybody) {
                    *count += SHRINK * share;
                }
                logs(camp)
            })
        })
        .collect();
    let mut sums = [0.0; CHANCES + 1];
    for row in &length {
        for (sum, count) in sums.iter_mut().zip(row) {
            *sum += count;
        }
    }
    for row in &mut length {
        for (count, sum) in row.iter_mut().zip(sums) {
            *count = (*count / sum).ln();
        }
    }
    let mut share = logs(share);
    share[ALONE] = ALONE_SHARE;
    Mixture {
        share,
        chance: chance.map(logs),
        length,
        camps,
    }
}

impl Mixture {
    /// How likely each class is for this voter.
    fn weigh(&self, ballot: &Ballot, target: Option<Target>) -> Weights {
        let mut likely = self.share;
        let unknown = [0.0; CHANCES + 1];
        let length = self.length.get(ballot.length).unwrap_or(&unknown);
        for (class, likely) in likely.iter_mut().enumerate() {
            *likely += length[class.min(CHANCES)];
        }
        for (statement, answer) in &ballot.votes {
            for (kind, chance) in self.chance.iter().enumerate() {
                likely[kind] += match target {
                    Some(target) if kind == 0 && target.statement == *statement => {
                        if target.answer == *answer {
                            FOR_IT.ln()
                        } else {
                            ((1.0 - FOR_IT) / 2.0).ln()
                        }
                    }
                    _ => chance[*answer],
                };
            }
            for (camp, says) in self.camps[*statement].iter().enumerate() {
                likely[CHANCES + camp] += says[*answer];
            }
        }
        likely[ALONE] += ballot.own;
        let shares = normal(&likely);
        std::array::from_fn(|class| shares[class])
    }
}

/// What the voters of this kind of chance are of one mind on though nothing else is alike in them.
fn target(
    ballots: &[&Ballot],
    weights: &[Weights],
    mixture: &Mixture,
    kind: usize,
    statements: usize,
) -> Option<Target> {
    let mut counts = vec![[0.0; 3]; statements];
    for (ballot, weights) in ballots.iter().zip(weights) {
        if weights[kind] > 0.5 {
            for (statement, answer) in &ballot.votes {
                counts[*statement][*answer] += 1.0;
            }
        }
    }
    let mut best: Option<(f64, Target)> = None;
    for (statement, answers) in counts.iter().enumerate() {
        let all: f64 = answers.iter().sum();
        for (answer, count) in answers.iter().enumerate() {
            let anyway = mixture.chance[kind][answer].exp();
            let surprise = count * (UNANIMOUS / anyway).ln();
            if all >= SURE as f64
                && *count >= UNANIMOUS * all
                && anyway <= NOT_ANYWAY
                && best.as_ref().is_none_or(|(most, _)| surprise > *most)
            {
                best = Some((surprise, Target { statement, answer }));
            }
        }
    }
    best.map(|(_, target)| target)
}

/// Fits once more with the target, and compares everybody with what comes out.
fn crowd(
    ballots: &[Ballot],
    sample: &[&Ballot],
    weights: &[Weights],
    kind: usize,
    target: Target,
    statements: usize,
) -> Vec<usize> {
    let for_it = |ballot: &Ballot| ballot.answer(target.statement) == Some(target.answer);
    let first = sample
        .iter()
        .zip(weights)
        .map(|(ballot, weights)| {
            let mut weights = *weights;
            weights.swap(0, kind);
            if !for_it(ballot) {
                weights[0] /= 100.0;
            }
            let sum: f64 = weights.iter().sum();
            weights.map(|weight| weight / sum)
        })
        .collect();
    let (mixture, _) = fit(sample, first, statements, Some(target));
    let found: Vec<usize> = ballots
        .iter()
        .enumerate()
        .filter(|(_, ballot)| ballot.votes.len() >= FEWEST && for_it(ballot))
        .filter(|(_, ballot)| {
            let of_crowd = mixture.weigh(ballot, Some(target))[0];
            of_crowd > ODDS * (1.0 - of_crowd)
        })
        .map(|(place, _)| place)
        .collect();
    if found.len() < SURE {
        Vec::new()
    } else {
        found
    }
}
