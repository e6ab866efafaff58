//! Taking an option off the paper of a poll.

use domain::ids::PollOptionId;
use domain::poll::PollAddress;
use domain::poll::policy::may_set_up;

use super::grant;
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::{options, polls};

/// Takes an option off the paper.
#[derive(Clone, Debug)]
pub struct RemoveOption {
    /// Which poll.
    pub poll: PollAddress,
    /// Which option.
    pub option: PollOptionId,
}

/// Takes an option off the paper; those below it move up. One that is off it already stays off it.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn remove_option(
    app: &App,
    caller: &Caller,
    command: RemoveOption,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.poll.slug, may_set_up).await?;
    let poll = polls::hold(&draft, command.poll.number)
        .await?
        .ok_or(Denied::NotFound)?;
    if poll.option_of(command.option).is_none() {
        return Ok(());
    }
    options::remove(&draft, command.option).await?;
    let rest: Vec<PollOptionId> = poll
        .options
        .iter()
        .map(|one| one.id)
        .filter(|id| *id != command.option)
        .collect();
    options::order(&draft, poll.id, &rest).await?;
    record_edit(&draft, &format!("poll {}: remove option", poll.number)).await?;
    tx.commit().await?;
    Ok(())
}
