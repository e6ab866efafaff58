//! Reading ranked ballots from text: BLT files and the CSV of Scottish elections.
//!
//! Pure: takes text, gives an [`Election`] or the line and the reason why not. Not here: opening
//! files. The invariant: whatever the bytes, a reader returns; it neither panics nor guesses.

mod blt;
mod scottish;

use serde::{Deserialize, Serialize};

pub use blt::blt;
pub use scottish::scottish_csv;

use super::election::{BallotFault, Election, Refused};
use crate::text::{Encoding, NotText, text};

/// Why a file is refused, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("line {line}: {reason:?}")]
pub struct ReadError {
    /// From 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: Reason,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Neither `.blt` nor `.csv`.
    UnknownKind,
    /// Not UTF-8 text.
    NotText,
    /// UTF-16 text.
    Utf16,
    /// Nothing in it.
    Empty,
    /// The file does not begin with the numbers of candidates and seats.
    BadHeader,
    /// No candidates.
    NoCandidates,
    /// More than [`super::MOST_CANDIDATES`].
    TooManyCandidates,
    /// No seats.
    NoSeats,
    /// More seats than candidates.
    MoreSeatsThanCandidates,
    /// A withdrawn candidate who is not among those numbered.
    WithdrawnUnknown,
    /// A ballot does not begin with how many there are of it, a whole number above 0.
    BadCount,
    /// A preference that is not the number of a candidate.
    BadPreference,
    /// The same candidate twice on a ballot.
    RankedTwice,
    /// Two candidates at one rank, which none of the rules here counts.
    EqualRanking,
    /// A ballot that has no 0 at the end of its line.
    BallotNotClosed,
    /// The ballots are not followed by a line with a 0 alone, but by the end or by names.
    BallotsNotClosed,
    /// More ballots than [`super::MOST_BALLOTS`].
    TooManyBallots,
    /// A name without its closing quotation mark, or not in its place.
    BadName,
    /// A quotation mark opens here and is not closed where its cell ends.
    OpenMark,
    /// A number where a name should be: the 0 on this line ended the ballots.
    NumberAsName {
        /// The line of the 0.
        ended: usize,
    },
    /// A name without quotation marks where others have them, or two on one line.
    BareName,
    /// Fewer names than candidates, no title, or a name for each is not given just once.
    MissingName,
    /// More texts than a name for each candidate and a title.
    TooManyNames,
    /// Something after the end.
    TrailingText,
}

impl ReadError {
    fn at(line: usize, reason: Reason) -> Self {
        Self { line, reason }
    }
}

impl From<BallotFault> for Reason {
    fn from(fault: BallotFault) -> Self {
        match fault {
            BallotFault::UnknownCandidate => Self::BadPreference,
            BallotFault::RankedTwice => Self::RankedTwice,
            BallotFault::TooMany => Self::TooManyBallots,
        }
    }
}

impl From<Refused> for Reason {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoCandidates => Self::NoCandidates,
            Refused::TooManyCandidates => Self::TooManyCandidates,
            Refused::NoSeats => Self::NoSeats,
            Refused::MoreSeatsThanCandidates => Self::MoreSeatsThanCandidates,
            Refused::TooManyBallots => Self::TooManyBallots,
            Refused::NoBallots => Self::Empty,
            Refused::Ballot { fault, .. } => fault.into(),
        }
    }
}

/// Reads a file by the ending of its name: `.blt`, or `.csv` as published for Scottish elections.
///
/// # Errors
/// [`ReadError`] with the line and the reason.
pub fn by_name(name: &str, bytes: &[u8]) -> Result<Election, ReadError> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    if ending.eq_ignore_ascii_case("blt") {
        blt(&text(bytes)?)
    } else if ending.eq_ignore_ascii_case("csv") {
        scottish_csv(&text(bytes)?)
    } else {
        Err(ReadError::at(1, Reason::UnknownKind))
    }
}

impl From<NotText> for ReadError {
    fn from(NotText { line, found }: NotText) -> Self {
        let reason = match found {
            Encoding::Utf16 => Reason::Utf16,
            Encoding::Other => Reason::NotText,
        };
        Self { line, reason }
    }
}

#[cfg(test)]
mod tests;
