//! Statements that people agree or disagree with, and one vote on one of them.

use serde::{Deserialize, Serialize};

use crate::account::NotPermitted;
use crate::consultation::{Consultation, Stage};
use crate::typed;

/// The most characters of a statement: short enough to be read at a glance on a phone.
pub const MOST_CHARACTERS: usize = 200;
/// The most statements one voter may have waiting for moderation in one consultation.
pub const MOST_WAITING: u64 = 5;

/// What somebody thinks of a statement. The numbers are those of the Polis open data format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vote {
    /// +1
    Agree,
    /// −1
    Disagree,
    /// 0: seen, and neither.
    Pass,
}

impl Vote {
    /// The number that is stored.
    pub fn value(self) -> i32 {
        i32::from(self.sign())
    }

    /// The same as a matrix holds it.
    pub fn sign(self) -> i8 {
        match self {
            Vote::Agree => 1,
            Vote::Disagree => -1,
            Vote::Pass => 0,
        }
    }

    /// The vote of a stored number.
    pub fn from_value(value: i32) -> Option<Self> {
        match value {
            1 => Some(Vote::Agree),
            -1 => Some(Vote::Disagree),
            0 => Some(Vote::Pass),
            _ => None,
        }
    }

    /// The vote of the word in a form.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "agree" => Some(Vote::Agree),
            "disagree" => Some(Vote::Disagree),
            "pass" => Some(Vote::Pass),
            _ => None,
        }
    }

    /// The word in a form.
    pub fn word(self) -> &'static str {
        match self {
            Vote::Agree => "agree",
            Vote::Disagree => "disagree",
            Vote::Pass => "pass",
        }
    }
}

/// How many agree, disagree and pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// Who agree.
    pub agrees: i64,
    /// Who disagree.
    pub disagrees: i64,
    /// Who pass.
    pub passes: i64,
}

impl Votes {
    /// Everybody who saw it and said something.
    pub fn all(self) -> i64 {
        self.agrees + self.disagrees + self.passes
    }

    /// The change of the counts when one voter's vote becomes `new`.
    pub fn change(old: Option<Vote>, new: Vote) -> Votes {
        let mut change = Votes::default();
        if let Some(old) = old {
            *change.of(old) -= 1;
        }
        *change.of(new) += 1;
        change
    }

    fn of(&mut self, vote: Vote) -> &mut i64 {
        match vote {
            Vote::Agree => &mut self.agrees,
            Vote::Disagree => &mut self.disagrees,
            Vote::Pass => &mut self.passes,
        }
    }
}

/// Why a statement of a resident is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementRefused {
    /// Nothing was written.
    #[error("nothing written")]
    Empty,
    /// More than [`MOST_CHARACTERS`].
    #[error("too long by {over}")]
    TooLong {
        /// How many characters too many.
        over: usize,
    },
    /// This voter has [`MOST_WAITING`] statements waiting already.
    #[error("too many waiting")]
    TooManyWaiting,
}

/// A resident's statement in one line, or why it is not taken.
///
/// # Errors
/// See [`StatementRefused`].
pub fn check_statement(text: &str, waiting: u64) -> Result<String, StatementRefused> {
    let text = typed::in_one_line(text).into_owned();
    let length = text.chars().count();
    if length == 0 {
        return Err(StatementRefused::Empty);
    }
    if length > MOST_CHARACTERS {
        return Err(StatementRefused::TooLong {
            over: length - MOST_CHARACTERS,
        });
    }
    if waiting >= MOST_WAITING {
        return Err(StatementRefused::TooManyWaiting);
    }
    Ok(text)
}

/// Why a vote is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoteRefused {
    /// It may not be known to exist.
    #[error("unknown")]
    Unknown,
    /// Voting has not begun.
    #[error("not yet open")]
    NotYetOpen,
    /// Voting is over.
    #[error("closed")]
    Closed,
    /// The regime does not allow votes: grounds decide, not numbers.
    #[error("votes are not allowed under this regime")]
    NotUnderThisRegime,
}

impl From<VoteRefused> for NotPermitted {
    fn from(refused: VoteRefused) -> Self {
        match refused {
            VoteRefused::Unknown | VoteRefused::NotUnderThisRegime => NotPermitted::Unknown,
            VoteRefused::NotYetOpen | VoteRefused::Closed => NotPermitted::Forbidden,
        }
    }
}

/// Whether votes are taken at `now`.
///
/// # Errors
/// Why not.
pub fn may_vote(on: &Consultation, now: jiff::Timestamp) -> Result<(), VoteRefused> {
    if !on.voting_allowed {
        return Err(VoteRefused::NotUnderThisRegime);
    }
    match on.stage(now) {
        Stage::Open => Ok(()),
        Stage::Scheduled => Err(VoteRefused::NotYetOpen),
        Stage::Closed | Stage::Answered | Stage::Decided => Err(VoteRefused::Closed),
        Stage::Draft | Stage::InReview | Stage::Approved | Stage::Withdrawn => {
            Err(VoteRefused::Unknown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changing_a_vote_moves_it_and_never_adds_one() {
        assert_eq!(
            Votes::change(None, Vote::Agree),
            Votes {
                agrees: 1,
                disagrees: 0,
                passes: 0
            }
        );
        for old in [Vote::Agree, Vote::Disagree, Vote::Pass] {
            for new in [Vote::Agree, Vote::Disagree, Vote::Pass] {
                assert_eq!(Votes::change(Some(old), new).all(), 0, "{old:?} to {new:?}");
            }
        }
    }

    #[test]
    fn a_statement_is_one_line_of_at_most_two_hundred_characters() {
        assert_eq!(
            check_statement("  More\n trees ", 0),
            Ok("More trees".to_owned())
        );
        assert_eq!(check_statement(" \n ", 0), Err(StatementRefused::Empty));
        assert_eq!(
            check_statement(&"é".repeat(200), 0).map(|t| t.len()),
            Ok(400)
        );
        assert_eq!(
            check_statement(&"x".repeat(203), 0),
            Err(StatementRefused::TooLong { over: 3 })
        );
        assert_eq!(
            check_statement("More trees", 5),
            Err(StatementRefused::TooManyWaiting)
        );
    }
}
