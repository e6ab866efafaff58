//! An election: candidates, seats, and ranked ballots grouped and put in one fixed order.
//!
//! Not here: reading files ([`super::read`]) and counting. The invariant: every preference names a
//! candidate who stands, no ballot names one twice, identical ballots are one entry, and entries are
//! sorted, so that the order in which ballots came in can change nothing.

use serde::{Deserialize, Serialize};

/// The most candidates an election may have: the pairwise counts, and the stages, hold their square.
pub const MOST_CANDIDATES: usize = 500;
/// The most ballots an election may have.
pub const MOST_BALLOTS: u64 = u32::MAX as u64;

/// Somebody, or something, to be ranked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// As printed on the ballot.
    pub name: String,
    /// Party or description, where the file gives one.
    pub party: Option<String>,
    /// Withdrawn before the count: preferences for them are passed over.
    pub withdrawn: bool,
}

impl Candidate {
    /// A candidate who stands, without a party.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            party: None,
            withdrawn: false,
        }
    }
}

/// Why there can be no such election, or no such count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "refused")]
#[error("{self:?}")]
pub enum Refused {
    /// Nobody stands.
    NoCandidates,
    /// More than [`MOST_CANDIDATES`].
    TooManyCandidates,
    /// Nothing to be elected to.
    NoSeats,
    /// More seats than candidates named.
    MoreSeatsThanCandidates,
    /// More than [`MOST_BALLOTS`].
    TooManyBallots,
    /// Not one ballot with a preference.
    NoBallots,
    /// The ballot at this place in the input has this fault.
    Ballot {
        /// Counted from 0.
        index: usize,
        /// What is wrong with it.
        fault: BallotFault,
    },
}

/// What is wrong with one ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BallotFault {
    /// A preference for a number that is nobody's.
    UnknownCandidate,
    /// The same candidate twice.
    RankedTwice,
    /// The ballots now number more than [`MOST_BALLOTS`].
    TooMany,
}

/// Ranked ballots, identical ones grouped, in a fixed order. Preferences are places in
/// [`Election::candidates`], best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ballots {
    preferences: Vec<u16>,
    ends: Vec<usize>,
    counts: Vec<u64>,
}

impl Ballots {
    /// Different rankings given.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.counts.len()
    }

    /// How many gave the ranking at this place, and the ranking; nothing past the end.
    #[must_use]
    pub fn get(&self, place: usize) -> (u64, &[u16]) {
        let start = place
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied();
        let end = self.ends.get(place).copied().unwrap_or_default();
        let ranking = self
            .preferences
            .get(start.unwrap_or_default()..end)
            .unwrap_or_default();
        (self.counts.get(place).copied().unwrap_or_default(), ranking)
    }

    /// Every ranking with how many gave it.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &[u16])> {
        (0..self.distinct()).map(|place| self.get(place))
    }

    fn push(&mut self, count: u64, ranking: &[u16]) {
        self.preferences.extend_from_slice(ranking);
        self.ends.push(self.preferences.len());
        self.counts.push(count);
    }
}

/// What is to be counted. Built by [`Election::new`] or by [`super::read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    title: Option<String>,
    seats: u32,
    candidates: Vec<Candidate>,
    ballots: Ballots,
    valid: u64,
    blank: u64,
    skipped: u64,
}

impl Election {
    /// An election from ballots as (how many, candidates by place from 0, best first).
    ///
    /// # Errors
    /// [`Refused`]: no or too many candidates, no seats, more seats than candidates, a ballot that
    /// ranks somebody unknown or anybody twice, or too many ballots.
    pub fn new(
        title: Option<String>,
        seats: u32,
        candidates: Vec<Candidate>,
        rows: impl IntoIterator<Item = (u64, Vec<u16>)>,
    ) -> Result<Self, Refused> {
        check_shape(candidates.len(), seats)?;
        let mut gather = Gather::new(candidates.len());
        for (index, (count, ranking)) in rows.into_iter().enumerate() {
            gather
                .push(count, &ranking)
                .map_err(|fault| Refused::Ballot { index, fault })?;
        }
        gather.finish(title, seats, candidates)
    }

    /// The name of the election or ward.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Seats to fill.
    #[must_use]
    pub fn seats(&self) -> u32 {
        self.seats
    }

    /// All candidates in the order of the file, withdrawn ones with them.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Ballots with a preference for somebody who stands.
    #[must_use]
    pub fn ballots(&self) -> &Ballots {
        &self.ballots
    }

    /// How many ballots have a preference for somebody who stands.
    #[must_use]
    pub fn valid(&self) -> u64 {
        self.valid
    }

    /// How many ballots have no preference for anybody who stands. They are not counted.
    #[must_use]
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// How many ballots left out a rank and went on; the later preferences moved up.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.skipped
    }
}

/// Whether an election may have this many candidates and seats.
pub(super) fn check_shape(candidates: usize, seats: u32) -> Result<(), Refused> {
    match candidates {
        0 => Err(Refused::NoCandidates),
        n if n > MOST_CANDIDATES => Err(Refused::TooManyCandidates),
        _ if seats == 0 => Err(Refused::NoSeats),
        n if seats as usize > n => Err(Refused::MoreSeatsThanCandidates),
        _ => Ok(()),
    }
}

/// Ballots as they come in, in two flat vectors: a file of millions of ballots takes two bytes a
/// preference and no allocation a ballot.
pub(super) struct Gather {
    raw: Ballots,
    seen: Vec<usize>,
    total: u64,
    pub(super) skipped: u64,
}

impl Gather {
    pub(super) fn new(candidates: usize) -> Self {
        Self {
            raw: Ballots::default(),
            seen: vec![0; candidates],
            total: 0,
            skipped: 0,
        }
    }

    pub(super) fn push(&mut self, count: u64, ranking: &[u16]) -> Result<(), BallotFault> {
        let stamp = self.raw.distinct() + 1;
        for &candidate in ranking {
            let seen = self
                .seen
                .get_mut(usize::from(candidate))
                .ok_or(BallotFault::UnknownCandidate)?;
            if *seen == stamp {
                return Err(BallotFault::RankedTwice);
            }
            *seen = stamp;
        }
        self.total = self
            .total
            .checked_add(count)
            .filter(|total| *total <= MOST_BALLOTS)
            .ok_or(BallotFault::TooMany)?;
        self.raw.push(count, ranking);
        Ok(())
    }

    /// Drops withdrawn candidates, sorts, groups.
    pub(super) fn finish(
        mut self,
        title: Option<String>,
        seats: u32,
        candidates: Vec<Candidate>,
    ) -> Result<Election, Refused> {
        check_shape(candidates.len(), seats)?;
        if candidates.iter().any(|candidate| candidate.withdrawn) {
            let mut kept = Ballots::default();
            let mut ranking = Vec::new();
            for (count, all) in self.raw.iter() {
                ranking.clear();
                ranking.extend(all.iter().copied().filter(|place| {
                    candidates
                        .get(usize::from(*place))
                        .is_some_and(|candidate| !candidate.withdrawn)
                }));
                kept.push(count, &ranking);
            }
            self.raw = kept;
        }
        let mut order: Vec<usize> = (0..self.raw.distinct()).collect();
        order.sort_unstable_by(|a, b| self.raw.get(*a).1.cmp(self.raw.get(*b).1));
        let mut ballots = Ballots::default();
        let mut blank = 0;
        for place in order {
            let (count, ranking) = self.raw.get(place);
            let last = ballots.distinct().checked_sub(1);
            if ranking.is_empty() {
                blank += count;
            } else if count == 0 {
            } else if let Some(last) = last
                && ballots.get(last).1 == ranking
            {
                if let Some(same) = ballots.counts.last_mut() {
                    *same += count;
                }
            } else {
                ballots.push(count, ranking);
            }
        }
        let valid = self.total - blank;
        Ok(Election {
            title,
            seats,
            candidates,
            ballots,
            valid,
            blank,
            skipped: self.skipped,
        })
    }
}
