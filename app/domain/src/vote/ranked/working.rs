//! The working of a count: every stage, as it is published.
//!
//! Data only, and the same for every rule. Not here: how the rules count, and words (see
//! [`super::print`] for plain text). The invariant, for rules whose stages have totals and one vote
//! a ballot: the totals of a stage, what is not transferable and what is lost by fractions sum to
//! the ballots.

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use super::tie::Draw;
use super::votes::Votes;

/// A finished count with its whole working.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// The rule it was counted by.
    pub rule: Rule,
    /// The election or ward, where the file names it.
    pub title: Option<String>,
    /// Seats filled by this count: 1 under a rule for one seat.
    pub seats: u32,
    /// Ballots counted: those with a preference for somebody who stands.
    pub ballots: u64,
    /// Ballots without any such preference. Not counted.
    pub blank: u64,
    /// Votes that elect. Where it moves from stage to stage, that of the last; none where the rule
    /// has none.
    pub quota: Option<Votes>,
    /// Who is elected, names as in the file, in order of election.
    pub elected: Vec<String>,
    /// The same as places in `candidates`, from 1, as two candidates may share a name.
    pub elected_numbers: Vec<u32>,
    /// The candidates in the order of the file.
    pub candidates: Vec<Standing>,
    /// The working.
    pub stages: Vec<Stage>,
    /// A whole order, best first, equals together, where the rule makes one.
    pub ranking: Option<Vec<Vec<String>>>,
    /// Each candidate against each, where the rule compares them.
    pub pairwise: Option<Pairwise>,
    /// Every draw by lot that there was.
    pub draws: Vec<Draw>,
    /// The seed of the draws.
    pub seed: String,
}

/// A candidate, as listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Place in the file, from 1.
    pub number: u32,
    /// As in the file.
    pub name: String,
    /// As in the file.
    pub party: Option<String>,
    /// How the count ended for them.
    pub status: Status,
}

/// Where a candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Still in the count.
    Continuing,
    /// Elected, at this or an earlier stage.
    Elected,
    /// Excluded at an earlier stage.
    Excluded,
    /// Withdrawn before the count.
    Withdrawn,
}

/// One stage of a count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// From 1.
    pub number: u32,
    /// What was done.
    pub action: Action,
    /// The quota at this stage, where there is one.
    pub quota: Option<Votes>,
    /// Where every candidate stands after it; empty where the rule compares pairs.
    pub totals: Vec<Total>,
    /// What moved, and to whom.
    pub transfers: Vec<Transfer>,
    /// Votes, so far, with no further preference to go to.
    pub non_transferable: Votes,
    /// Votes, so far, lost to dropped decimals.
    pub lost_by_fraction: Votes,
    /// Who is deemed elected at the end of this stage, in order.
    pub elected: Vec<String>,
}

impl Stage {
    /// All votes of the stage, with those not transferable and those lost.
    #[must_use]
    pub fn sum(&self) -> Votes {
        self.totals.iter().map(|total| total.votes).sum::<Votes>()
            + self.non_transferable
            + self.lost_by_fraction
    }
}

/// What a stage did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "did")]
pub enum Action {
    /// Counted first preferences.
    FirstPreferences,
    /// Passed on what an elected candidate had above the quota.
    SurplusTransferred {
        /// Whose.
        candidate: String,
        /// How much.
        surplus: Votes,
    },
    /// Put out the candidate with the fewest votes and passed on their ballots.
    Excluded {
        /// Who.
        candidate: String,
        /// What they had.
        votes: Votes,
    },
    /// Meek: shared out surpluses by new keep values.
    SurplusesShared {
        /// Passes over the ballots until the surpluses were shared.
        passes: u32,
    },
    /// Schulze: the strongest path each way between two candidates; the first beats the second,
    /// or they are level.
    PathsCompared {
        /// Whose path is the stronger.
        winner: String,
        /// Against whom.
        loser: String,
        /// The margin at the weakest link of the strongest path from winner to loser.
        path: u64,
        /// The same the other way.
        back: u64,
    },
    /// Ranked pairs: locked this victory.
    Locked {
        /// Preferred by more.
        winner: String,
        /// Preferred by fewer.
        loser: String,
        /// By how many.
        margin: u64,
    },
    /// Ranked pairs: left this victory out, as it would close a circle of those locked before.
    LeftOut {
        /// Preferred by more.
        winner: String,
        /// Preferred by fewer.
        loser: String,
        /// By how many.
        margin: u64,
    },
    /// Added points up.
    PointsAdded,
}

/// A candidate's votes at the end of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Who.
    pub candidate: String,
    /// Votes, or points.
    pub votes: Votes,
    /// What the stage added or took.
    pub change: Votes,
    /// What has become of them at the end of it.
    pub status: Status,
    /// Meek: the part of each vote that reaches them which they keep, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub keep: Option<Votes>,
}

/// Ballots that moved together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    /// To whom; to nobody if not transferable.
    pub to: Option<String>,
    /// How many ballots.
    pub papers: u64,
    /// What each is worth now.
    pub value: Votes,
    /// What they are worth together.
    pub votes: Votes,
}

/// Each candidate who stands against each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairwise {
    /// Who, in the order of rows and columns.
    pub candidates: Vec<String>,
    /// `preferred[a][b]` ballots put a before b. A ranked candidate is before one not ranked; two
    /// not ranked are level.
    pub preferred: Vec<Vec<u64>>,
    /// Schulze: `paths[a][b]` is the strength of the strongest path from a to b.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paths: Option<Vec<Vec<u64>>>,
}
