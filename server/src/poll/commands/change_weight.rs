//! Changing what the result of a poll is worth.

use domain::edit::Version;
use domain::poll::{PollAddress, PollRefused, Section};

use super::{PollInHand, in_hand};
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::rows::polls;
use crate::record::revision::{Moved, advance};

/// Changes what the result is worth.
#[derive(Clone, Debug)]
pub struct ChangeWeight {
    /// Which poll.
    pub poll: PollAddress,
    /// The version that the person saw.
    pub seen: Version,
    /// Whether the result binds the owner.
    pub binding: bool,
}

/// Changes what the result of a poll is worth.
///
/// # Errors
/// That the regime allows no vote; that a colleague changed it since.
pub async fn change_weight(
    app: &App,
    caller: &Caller,
    command: ChangeWeight,
) -> Result<(), Refused<Vec<PollRefused>>> {
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = in_hand(&tx, caller, &command.poll).await?;
    let subject = Section::Weight.subject(poll.id);
    if advance(&draft, &subject, command.seen, &command.binding).await? == Moved::On {
        polls::set_weight(&draft, poll.id, command.binding).await?;
        let weight = if command.binding {
            "binding"
        } else {
            "indicative"
        };
        let what = format!("poll {}: {weight}", poll.number);
        record_edit(&draft, &what).await?;
    }
    tx.commit().await?;
    Ok(())
}
