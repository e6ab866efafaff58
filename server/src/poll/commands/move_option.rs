//! Putting an option at another place of the paper.

use domain::ids::PollOptionId;
use domain::poll::PollAddress;
use domain::poll::policy::may_set_up;

use super::grant;
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Denied;
use crate::granted::Caller;
use crate::poll::rows::{options, polls};

/// Puts an option at a place of the paper. It names the place and not the way there, so that a
/// second click finds it there already.
#[derive(Clone, Debug)]
pub struct MoveOption {
    /// Which poll.
    pub poll: PollAddress,
    /// Which option.
    pub option: PollOptionId,
    /// The place, from 1; past the end is the end, and 0 is malformed.
    pub to: usize,
}

/// Moves an option to its place; the others keep their order. One that a colleague has taken off
/// the paper stays off it.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn move_option(app: &App, caller: &Caller, command: MoveOption) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.poll.slug, may_set_up).await?;
    let poll = polls::hold(&draft, command.poll.number)
        .await?
        .ok_or(Denied::NotFound)?;
    if command.to == 0 {
        return Err(Denied::Malformed);
    }
    let mut order: Vec<PollOptionId> = poll.options.iter().map(|one| one.id).collect();
    let Some(from) = order.iter().position(|id| *id == command.option) else {
        return Ok(());
    };
    let id = order.remove(from);
    let to = command.to.saturating_sub(1).min(order.len());
    order.insert(to, id);
    if from != to {
        options::order(&draft, poll.id, &order).await?;
        record_edit(&draft, &format!("poll {}: move option", poll.number)).await?;
    }
    tx.commit().await?;
    Ok(())
}
