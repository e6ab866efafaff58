//! Casting a vote on a statement, or changing it.

use domain::ids::StatementId;
use domain::vote::statement::Vote;

use super::vote_writer::PendingVote;
use crate::App;
use crate::client::ClientAddress;
use crate::error::Denied;
use crate::granted::Caller;

/// Takes a vote of the voter with this cookie, or replaces their earlier one.
#[derive(Clone, Debug)]
pub struct CastVote {
    /// The consultation's address name.
    pub on: String,
    /// The voter's cookie.
    pub token: String,
    /// The statement.
    pub statement: StatementId,
    /// What they think of it.
    pub vote: Vote,
    /// Where the vote comes from; nowhere for the votes of a demonstration.
    pub from: Option<Origin>,
}

/// Where a vote comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The address.
    pub client: ClientAddress,
    /// Whether the voting page had been given to this browser.
    pub page_read: bool,
}

/// Takes a vote.
///
/// # Errors
/// Not permitted where votes are not taken now; not found where the statement is not open to votes
/// here.
pub async fn cast_vote(app: &App, caller: &Caller, command: CastVote) -> Result<(), Denied> {
    let now = caller.now;
    let secret = &app.config.secret;
    let vote = PendingVote {
        on: command.on,
        token: command.token,
        statement: command.statement,
        vote: command.vote,
        source: command
            .from
            .map(|from| app.day_key.source(from.client, now, from.page_read)),
        secret: secret.clone(),
        voted: app.voted.clone(),
        now,
    };
    app.votes.write(vote).await?
}
