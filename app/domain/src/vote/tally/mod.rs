//! Simple ballots: approval, score and dot (cumulative) votes, added up.
//!
//! Every ballot gives each option a whole number of points within the rule's limits; the options
//! with the most points win. Ties: more voters who gave the option anything, else a draw by lot from
//! the published seed, recorded. The invariant: a ballot outside the limits is refused, never cut
//! to fit, and the order of ballots changes nothing.

use serde::{Deserialize, Serialize};

use super::ranked::{Draw, Purpose, TieBreak};

/// How points may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "rule")]
pub enum Rule {
    /// One point or none to each option.
    Approval {
        /// The most options one ballot may approve, if there is a limit.
        most: Option<u32>,
    },
    /// Up to so many points to each option.
    Score {
        /// The top score.
        top: u32,
    },
    /// A purse of points to spread over the options.
    Dot {
        /// Points in the purse; a ballot may leave some.
        points: u32,
        /// The most one option may get from a ballot, if there is a limit.
        most_each: Option<u32>,
    },
}

/// Why nothing can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "refused")]
#[error("{self:?}")]
pub enum Refused {
    /// No options to vote on.
    NoOptions,
    /// No places to fill.
    NoSeats,
    /// More places than options.
    MoreSeatsThanOptions,
    /// Not one ballot.
    NoBallots,
    /// The ballot at this place in the input has this fault.
    Ballot {
        /// Counted from 0.
        index: usize,
        /// What is wrong with it.
        fault: Fault,
    },
    /// More ballots or points than can be counted.
    TooMany,
}

/// What is wrong with a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Not as many entries as options.
    WrongLength,
    /// More for one option than the rule allows.
    TooMuchForOne,
    /// More in all than the rule allows.
    TooMuchInAll,
}

impl Rule {
    /// Whether a ballot, points by option, is within the rule.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn check(self, options: usize, ballot: &[u32]) -> Result<(), Fault> {
        if ballot.len() != options {
            return Err(Fault::WrongLength);
        }
        let (each, all) = match self {
            Self::Approval { most } => (Some(1), most),
            Self::Score { top } => (Some(top), None),
            Self::Dot { points, most_each } => (most_each, Some(points)),
        };
        if each.is_some_and(|each| ballot.iter().any(|points| *points > each)) {
            return Err(Fault::TooMuchForOne);
        }
        let given: u64 = ballot.iter().map(|points| u64::from(*points)).sum();
        if all.is_some_and(|all| given > u64::from(all)) {
            return Err(Fault::TooMuchInAll);
        }
        Ok(())
    }
}

/// A finished count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How points could be given.
    #[serde(flatten)]
    pub rule: Rule,
    /// Places to fill.
    pub seats: u32,
    /// Ballots that gave something to some option.
    pub ballots: u64,
    /// Ballots that gave nothing.
    pub blank: u64,
    /// Every option, in the order asked.
    pub totals: Vec<Line>,
    /// The winners, most points first.
    pub elected: Vec<String>,
    /// Every draw by lot that decided a place or an order among the winners.
    pub draws: Vec<Draw>,
    /// The seed of the draws.
    pub seed: String,
}

/// What one option got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The option.
    pub option: String,
    /// Points in all.
    pub points: u64,
    /// Ballots that gave it any.
    pub voters: u64,
}

/// Adds up ballots given as (how many, points by option).
///
/// # Errors
/// [`Refused`].
pub fn tally(
    rule: Rule,
    options: &[String],
    seats: u32,
    ballots: &[(u64, Vec<u32>)],
    tie: &TieBreak,
) -> Result<Tally, Refused> {
    match seats {
        _ if options.is_empty() => return Err(Refused::NoOptions),
        0 => return Err(Refused::NoSeats),
        more if more as usize > options.len() => return Err(Refused::MoreSeatsThanOptions),
        _ => {}
    }
    let mut totals: Vec<Line> = options
        .iter()
        .map(|option| Line {
            option: option.clone(),
            points: 0,
            voters: 0,
        })
        .collect();
    let (mut cast, mut blank) = (0_u64, 0_u64);
    for (index, (count, ballot)) in ballots.iter().enumerate() {
        rule.check(options.len(), ballot)
            .map_err(|fault| Refused::Ballot { index, fault })?;
        cast = cast.checked_add(*count).ok_or(Refused::TooMany)?;
        if ballot.iter().all(|points| *points == 0) {
            blank += count;
        }
        for (line, points) in totals
            .iter_mut()
            .zip(ballot)
            .filter(|(_, points)| **points > 0)
        {
            let given = count.checked_mul(u64::from(*points));
            line.points = given
                .and_then(|given| line.points.checked_add(given))
                .ok_or(Refused::TooMany)?;
            line.voters += count;
        }
    }
    if cast == 0 {
        return Err(Refused::NoBallots);
    }
    let (elected, draws) = winners(&totals, seats as usize, tie);
    let seed = tie.seed().to_owned();
    Ok(Tally {
        rule,
        seats,
        ballots: cast - blank,
        blank,
        totals,
        elected,
        draws,
        seed,
    })
}

/// The first so many by points, then voters, then lot.
fn winners(totals: &[Line], seats: usize, tie: &TieBreak) -> (Vec<String>, Vec<Draw>) {
    let mut order: Vec<(usize, &Line)> = totals.iter().enumerate().collect();
    order.sort_by_key(|(_, line)| std::cmp::Reverse((line.points, line.voters)));
    let (mut elected, mut draws) = (Vec::new(), Vec::new());
    let level = |a: &&(usize, &Line), b: &&(usize, &Line)| {
        (a.1.points, a.1.voters) == (b.1.points, b.1.voters)
    };
    let order: Vec<&(usize, &Line)> = order.iter().collect();
    for level in order.chunk_by(level) {
        if elected.len() >= seats {
            break;
        }
        let mut names: Vec<(String, &String)> = level
            .iter()
            .map(|(place, line)| {
                let shared = totals
                    .iter()
                    .filter(|other| other.option == line.option)
                    .count()
                    > 1;
                let own = &line.option;
                (
                    if shared {
                        format!("{own} #{}", place + 1)
                    } else {
                        own.clone()
                    },
                    own,
                )
            })
            .collect();
        if names.len() > 1 {
            let labels = names.iter().map(|(label, _)| label.clone()).collect();
            let draw = Draw::among(tie, 1, Purpose::ElectFirst, labels);
            names.sort_by_key(|(label, _)| draw.lots.iter().position(|lot| lot.name == *label));
            draws.push(draw);
        }
        elected.extend(names.into_iter().map(|(_, option)| option.clone()));
    }
    elected.truncate(seats);
    (elected, draws)
}

#[cfg(test)]
mod tests;
