//! Casting a ballot, and casting it again before the close.
//!
//! Invariant: one code, one ballot; the last one cast counts; nothing changes from the close on, and
//! the close is asked inside the write.

use domain::code::Code;
use domain::ids::PollId;
use domain::poll::list::commitment;
use domain::poll::policy::CastRefused;
use domain::poll::{BallotRefused, Choices, Electorate, Poll, PollAddress};
use jiff::Timestamp;

use super::voting::{admit, hold};
use crate::App;
use crate::client::ClientAddress;
use crate::db::Savepoint;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::code;
use crate::poll::rows::voting::{self, NewBallot, PollOnVote};
use crate::secret::{self, Secret};

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
    let (secret, now) = (app.config.secret.clone(), caller.now);
    let cast = app.writer.decide(move |tx| {
        let (secret, command) = (secret.clone(), command.clone());
        Box::pin(async move { cast(tx, &secret, &command, now).await })
    });
    let poll = cast.await?;
    app.pending_shuffles.add([poll]);
    Ok(())
}

async fn cast(
    tx: &Savepoint,
    secret: &Secret,
    command: &CastBallot,
    now: Timestamp,
) -> Result<PollId, Refused<CastBallotRefused>> {
    let held = hold(tx, &command.poll).await?;
    let admitted = admit(&held, now)?;
    let PollOnVote { on, poll, .. } = admitted.root();
    let choices = poll
        .choices(command.choices.marks())
        .map_err(|why| Refused::Because(CastBallotRefused::Ballot(why)))?;
    let address = app::paths::poll(&on.slug, poll.number);
    let ballot = NewBallot {
        code_hash: code::hash(poll.id, &command.code),
        commitment: commitment(&address, &command.code, &choices),
        choices: &choices,
        source: source(secret, poll, command.from),
    };
    if poll.electorate == Electorate::Open {
        voting::cast(&admitted, ballot).await?;
    } else if !voting::mark(&admitted, ballot).await? {
        return Err(Refused::Because(CastBallotRefused::NoPaper));
    }
    Ok(poll.id)
}

/// A keyed digest of the network a ballot came from, by which many from one place are noticed.
/// Kept until the list is published; not where a letter already makes sure.
fn source(secret: &Secret, poll: &Poll, from: ClientAddress) -> Option<String> {
    if poll.electorate == Electorate::Register {
        return None;
    }
    let message = format!("{}/{}", poll.id, from.ip());
    let mac = secret.mac("poll-source", message.as_bytes());
    Some(secret::hex(&mac).chars().take(16).collect())
}
