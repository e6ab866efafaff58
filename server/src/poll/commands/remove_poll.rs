//! Taking a poll out of a draft.

use domain::edit::AsRead;
use domain::poll::policy::may_set_up;
use domain::poll::section::{as_read, subjects};
use domain::poll::{PollAddress, Section};

use super::grant;
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::polls;
use crate::record::revision;

/// Takes a poll out of a draft.
#[derive(Clone, Debug)]
pub struct RemovePoll {
    /// Which poll.
    pub poll: PollAddress,
    /// The poll as this person read it.
    pub read: AsRead,
}

/// Takes a poll out of a draft, with its options and its register. One that is gone already stays
/// gone.
///
/// # Errors
/// Not found, or why it is not permitted; that a colleague changed any part of it since.
pub async fn remove_poll(app: &App, caller: &Caller, command: RemovePoll) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.poll.slug, may_set_up).await?;
    let Some(poll) = polls::hold(&draft, command.poll.number).await? else {
        return Ok(());
    };
    let register = revision::version(&tx, &Section::Register.subject(poll.id)).await?;
    if as_read(&poll, register) != command.read {
        let changed = revision::last_change(&draft, &subjects(&poll)).await?;
        return Err(Denied::Changed(changed));
    }
    polls::remove(&draft, poll.id).await?;
    record_edit(&draft, &format!("remove poll {}", poll.number)).await?;
    tx.commit().await?;
    Ok(())
}
