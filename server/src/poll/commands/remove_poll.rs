//! Taking a poll out of a draft.

use domain::poll::PollAddress;
use domain::poll::policy::may_set_up;

use super::grant;
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::polls;

/// Takes a poll out of a draft.
#[derive(Clone, Debug)]
pub struct RemovePoll {
    /// Which poll.
    pub poll: PollAddress,
}

/// Takes a poll out of a draft, with its options and its register. One that is gone already stays
/// gone.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn remove_poll(app: &App, caller: &Caller, command: RemovePoll) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.poll.slug, may_set_up).await?;
    let Some(poll) = polls::hold(&draft, command.poll.number).await? else {
        return Ok(());
    };
    polls::remove(&draft, poll.id).await?;
    record_edit(&draft, &format!("remove poll {}", poll.number)).await?;
    tx.commit().await?;
    Ok(())
}
