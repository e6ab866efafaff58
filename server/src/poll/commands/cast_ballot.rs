//! Casting a ballot, and casting it again before the close.
//!
//! Invariant: one code, one ballot; the last one cast counts; nothing changes from the close on, and
//! the close is asked inside the write. Where it came from is in no row (`poll::signs`).

use domain::calendar::day_number;
use domain::code::Code;
use domain::poll::list::commitment;
use domain::poll::policy::CastRefused;
use domain::poll::{BallotRefused, Choices, Electorate, PollAddress};
use jiff::Timestamp;

use super::voting::{admit, hold};
use crate::App;
use crate::client::ClientAddress;
use crate::db::Savepoint;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::code;
use crate::poll::rows::ballots;
use crate::poll::rows::voting::{self, NewBallot, PollOnVote};

/// Casts the ballot of a voting code, or replaces it.
#[derive(Clone, Debug)]
pub struct CastBallot {
    /// Which poll.
    pub poll: PollAddress,
    /// The voting code.
    pub code: Code,
    /// What it says.
    pub choices: Choices,
    /// Where it comes from.
    pub from: ClientAddress,
}

/// Why a ballot is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CastBallotRefused {
    /// Voting has not begun, or has ended.
    NotNow(CastRefused),
    /// It is not within the rules of the paper.
    Ballot(BallotRefused),
    /// No paper was issued for this code.
    NoPaper,
}

impl From<CastRefused> for CastBallotRefused {
    fn from(why: CastRefused) -> Self {
        Self::NotNow(why)
    }
}

/// Takes a ballot.
///
/// # Errors
/// Not found where there is nothing to vote in; why it is not taken.
pub async fn cast_ballot(
    app: &App,
    caller: &Caller,
    command: CastBallot,
) -> Result<(), Refused<CastBallotRefused>> {
    let (writing, now) = (app.clone(), caller.now);
    app.writer
        .decide(move |tx| {
            let (app, command) = (writing.clone(), command.clone());
            Box::pin(async move { cast(tx, &app, &command, now).await })
        })
        .await
}

async fn cast(
    tx: &Savepoint,
    app: &App,
    command: &CastBallot,
    now: Timestamp,
) -> Result<(), Refused<CastBallotRefused>> {
    let held = hold(tx, &command.poll).await?;
    let admitted = admit(&held, now)?;
    let PollOnVote { on, poll, .. } = admitted.root();
    let choices = poll
        .choices(command.choices.marks())
        .map_err(|why| Refused::Because(CastBallotRefused::Ballot(why)))?;
    let address = app::paths::poll(&on.slug, poll.number);
    let code_hash = code::hash(poll.id, &command.code);
    // Whoever changes their ballot has come from where they came first.
    let first = !ballots::was_cast(tx, poll.id, &code_hash).await?;
    let ballot = NewBallot {
        code_hash: code_hash.clone(),
        commitment: commitment(&address, &command.code, &choices),
        choices: &choices,
    };
    if poll.electorate == Electorate::Open {
        voting::cast(&admitted, ballot).await?;
    } else if !voting::mark(&admitted, ballot).await? {
        return Err(Refused::Because(CastBallotRefused::NoPaper));
    }
    // Here, and not once it is answered: whoever sent it may have gone by then.
    app.pending_shuffles.add([poll.id]);
    // Where a letter makes sure that nobody votes twice, no network has to.
    if first && poll.electorate != Electorate::Register {
        let day = day_number(now).unsigned_abs();
        app.signs
            .note(poll.id, &command.poll, code_hash, day, command.from);
    }
    Ok(())
}
