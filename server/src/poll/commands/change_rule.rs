//! Changing how the ballots of a poll are marked and counted.

use domain::edit::Version;
use domain::poll::{Method, PollAddress, PollRefused, Section};

use super::{PollInHand, in_hand};
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::rows::polls;
use crate::record::revision::{Moved, advance};

/// Changes the settings of a poll's kind.
#[derive(Clone, Debug)]
pub struct ChangeRule {
    /// Which poll.
    pub poll: PollAddress,
    /// The version that the person saw.
    pub seen: Version,
    /// Settings of the kind that the poll has.
    pub method: Method,
}

/// Changes how the ballots of a poll are marked and counted, within its kind.
///
/// # Errors
/// That the regime allows no vote, or that the settings are of another kind; that a colleague
/// changed them since.
pub async fn change_rule(
    app: &App,
    caller: &Caller,
    command: ChangeRule,
) -> Result<(), Refused<Vec<PollRefused>>> {
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = in_hand(&tx, caller, &command.poll).await?;
    let subject = Section::Rule.subject(poll.id);
    if advance(&draft, &subject, command.seen, &command.method).await? == Moved::On {
        if command.method.kind() != poll.method.kind() {
            return Err(Refused::Because(vec![PollRefused::Rule]));
        }
        polls::set_method(&draft, poll.id, &command.method).await?;
        record_edit(&draft, &format!("poll {}: rule", poll.number)).await?;
    }
    tx.commit().await?;
    Ok(())
}
