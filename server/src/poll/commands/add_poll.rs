//! Adding a poll to a draft.

use domain::edit::CreationKey;
use domain::poll::policy::may_set_up;
use domain::poll::{NewPoll, PollRefused, check_question};

use super::grant;
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::{Fault, Refused};
use crate::granted::Caller;
use crate::poll::rows::polls;
use crate::record::creation;

/// Adds a poll with nothing on its paper yet. Faults that a draft may have
/// ([`domain::poll::Poll::faults`]) do not stop it: a poll with faults is not put to voters.
#[derive(Clone, Debug)]
pub struct AddPoll {
    /// The consultation, by its address name.
    pub on: String,
    /// What it begins as.
    pub poll: NewPoll,
    /// The key of the form.
    pub key: CreationKey,
}

/// Adds a poll and gives its number, which is one more than the last, read behind the lock.
///
/// # Errors
/// What is missing or too long; that the regime allows no vote.
pub async fn add_poll(
    app: &App,
    caller: &Caller,
    command: AddPoll,
) -> Result<i32, Refused<Vec<PollRefused>>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, may_set_up).await?;
    let key = creation::key_with(&command.key, &(&command.on, &command.poll));
    if let Some(made) = creation::made(&draft, &key).await? {
        return Ok(made.parse().map_err(Fault::unexpected)?);
    }
    if !draft.root().voting_allowed {
        return Err(Refused::Because(vec![PollRefused::NotUnderThisRegime]));
    }
    check_question(&command.poll.question, &command.poll.help).map_err(Refused::Because)?;
    let number = polls::next_number(&draft).await?;
    polls::insert(&draft, number, &command.poll).await?;
    creation::keep(&draft, &key, number).await?;
    record_edit(&draft, &format!("add poll {number}")).await?;
    tx.commit().await?;
    Ok(number)
}
