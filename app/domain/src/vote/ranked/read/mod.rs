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
    /// Fewer names than candidates, or a name for each is not given just once.
    MissingName,
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
        blt(utf8(bytes)?)
    } else if ending.eq_ignore_ascii_case("csv") {
        scottish_csv(utf8(bytes)?)
    } else {
        Err(ReadError::at(1, Reason::UnknownKind))
    }
}

/// Bytes as text, without a byte order mark.
///
/// # Errors
/// [`Reason::NotText`] with the line of the first byte that is not UTF-8.
pub fn utf8(bytes: &[u8]) -> Result<&str, ReadError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            Err(ReadError::at(line, Reason::NotText))
        }
    }
}

#[cfg(test)]
mod tests;
