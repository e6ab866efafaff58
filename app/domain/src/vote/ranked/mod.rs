//! Ranked ballots: single transferable vote, instant run-off, Condorcet methods, Borda's report.
//!
//! [`read`] turns a file's text into an [`Election`], [`count`] turns that into a [`Count`] with its
//! whole working, [`print::text`] puts it in plain words. Everything is exact: whole numbers
//! and fixed-point decimals. The invariant: the same ballots give the same count in whatever order
//! they come, and ties are broken by the rule stated or by a draw that is recorded with its seed.

mod desk;
mod election;
mod irv;
mod meek;
mod pairs;
mod piles;
mod points;
pub mod print;
mod ranked_pairs;
pub mod read;
mod rule;
mod schulze;
mod scotland;
mod tie;
mod votes;
mod working;

pub use election::{
    BallotFault, Ballots, Candidate, Election, MOST_BALLOTS, MOST_CANDIDATES, Refused,
};
pub use rule::{Rule, UnknownRule};
pub use tie::{Draw, Lot, Purpose, TieBreak};
pub use votes::Votes;
pub use working::{Action, Count, Pairwise, Stage, Standing, Status, Total, Transfer};

/// Counts an election by a rule.
///
/// # Errors
/// [`Refused::NoCandidates`] when all withdrew, [`Refused::NoBallots`] when no ballot has a
/// preference for anybody who stands.
pub fn count(rule: Rule, election: &Election, tie: &TieBreak) -> Result<Count, Refused> {
    if election.candidates().iter().all(|one| one.withdrawn) {
        return Err(Refused::NoCandidates);
    }
    if election.valid() == 0 {
        return Err(Refused::NoBallots);
    }
    Ok(match rule {
        Rule::StvScotland => scotland::count(election, tie),
        Rule::Meek => meek::count(election, tie),
        Rule::Irv => irv::count(election, tie),
        Rule::Schulze => schulze::count(election, tie),
        Rule::RankedPairs => ranked_pairs::count(election, tie),
        Rule::Borda => points::borda(election, tie),
        Rule::Approval => points::approval(election, tie),
    })
}
