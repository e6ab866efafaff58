//! Taking an option off the paper of a poll.

use domain::edit::Version;
use domain::ids::PollOptionId;
use domain::poll::PollAddress;
use domain::poll::policy::may_set_up;
use domain::poll::section::option_subject;

use super::grant;
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::{options, polls};
use crate::record::revision;

/// Takes an option off the paper.
#[derive(Clone, Debug)]
pub struct RemoveOption {
    /// Which poll.
    pub poll: PollAddress,
    /// Which option.
    pub option: PollOptionId,
    /// The version that the person saw.
    pub seen: Version,
}

/// Takes an option off the paper; those below it move up. One that is off it already stays off it.
///
/// # Errors
/// Not found, why it is not permitted, or that a colleague changed it since this person saw it.
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
    let subject = option_subject(command.option);
    revision::advance(&draft, &subject, command.seen, &"removed").await?;
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
