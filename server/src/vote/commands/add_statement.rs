//! Adding a statement of one's own, which waits until a moderator approves it.

use domain::account::NotPermitted;
use domain::consultation::Consultation;
use domain::edit::CreationKey;
use domain::vote::statement::{VoteRefused, check_statement, may_vote};
use jiff::Timestamp;

use super::StatementRefused;
use super::vote_writer::ORDER;
use super::voted::Voted;
use crate::App;
use crate::consultation::rows::in_write;
use crate::db::Savepoint;
use crate::error::{Denied, Fault, Refused};
use crate::granted::Caller;
use crate::record::creation;
use crate::secret;
use crate::vote::rows::statements::{self, OwnStatement};
use crate::vote::rows::{voters, votes};

/// Adds a statement of the voter with this cookie.
#[derive(Clone, Debug)]
pub struct AddStatement {
    /// The consultation's address name.
    pub on: String,
    /// The voter's cookie.
    pub token: String,
    /// Their words.
    pub text: String,
    /// The key of the form: sent twice with the same words, it adds one.
    pub key: CreationKey,
}

/// Takes a resident's statement, held until a moderator approves it.
///
/// # Errors
/// Not permitted where votes are not taken now; not found where residents may add nothing; what is
/// wrong with the words, or too many that wait.
pub async fn add_statement(
    app: &App,
    caller: &Caller,
    command: AddStatement,
) -> Result<(), Refused<StatementRefused>> {
    if command.key.as_str().is_empty() {
        return Err(Refused::Denied(Denied::Malformed));
    }
    let now = caller.now;
    let voted = app.voted.clone();
    app.writer
        .at(ORDER)
        .decide(move |tx| {
            let (command, voted) = (command.clone(), voted.clone());
            Box::pin(async move { add(tx, &voted, &command, now).await })
        })
        .await
}

async fn add(
    tx: &Savepoint,
    voted: &Voted,
    command: &AddStatement,
    now: Timestamp,
) -> Result<(), Refused<StatementRefused>> {
    votes::lock(tx).await?;
    let Some(root) = in_write::by_slug(tx, &command.on).await? else {
        return Err(Refused::Denied(Denied::NotFound));
    };
    let admitted = root
        .admit(now, |on| may_add(on, now))
        .map_err(NotPermitted::from)?;
    let on = admitted.root().id;
    let token_hash = voters::token_hash(on, &command.token);
    let known = voters::find(tx, on, &token_hash).await?;
    // A form counts for the voter who sent it.
    let waiting = match known {
        Some(voter) if statements::was_made(tx, &key_hash(voter, command)).await? => {
            return Ok(());
        }
        Some(voter) => statements::waiting(tx, voter).await?,
        None => 0,
    };
    let text = check_statement(&command.text, waiting).map_err(Refused::Because)?;
    let voter = match known {
        Some(voter) => voter,
        None => voters::insert(&admitted, &token_hash)
            .await?
            .ok_or_else(|| Fault::unexpected("a voter just made is not there"))?,
    };
    let own = OwnStatement {
        voter,
        text,
        key_hash: &key_hash(voter, command),
    };
    statements::insert_own(&admitted, own).await?;
    voted.add(on);
    Ok(())
}

/// Where residents may add nothing, nothing is there to add to.
fn may_add(on: &Consultation, now: Timestamp) -> Result<(), VoteRefused> {
    may_vote(on, now)?;
    if on.statements_open {
        Ok(())
    } else {
        Err(VoteRefused::Unknown)
    }
}

/// The form of this voter with these words.
fn key_hash(voter: i64, command: &AddStatement) -> String {
    let key = creation::key_with(&command.key, &command.text);
    secret::hash(format!("{voter}/{}", key.as_str()))
}
