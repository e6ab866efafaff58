//! Changing who may vote in a poll.

use domain::edit::Version;
use domain::poll::{Electorate, PollAddress, PollRefused, Section};

use super::{PollInHand, in_hand};
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::rows::polls;
use crate::record::revision::{Moved, advance};

/// Changes who may vote.
#[derive(Clone, Debug)]
pub struct ChangeElectorate {
    /// Which poll.
    pub poll: PollAddress,
    /// The version that the person saw.
    pub seen: Version,
    /// Who may vote.
    pub electorate: Electorate,
}

/// Changes who may vote in a poll. A register that was uploaded stays, in case it is wanted again.
///
/// # Errors
/// That the regime allows no vote; that a colleague changed it since.
pub async fn change_electorate(
    app: &App,
    caller: &Caller,
    command: ChangeElectorate,
) -> Result<(), Refused<Vec<PollRefused>>> {
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = in_hand(&tx, caller, &command.poll).await?;
    let subject = Section::Electorate.subject(poll.id);
    if advance(&draft, &subject, command.seen, &command.electorate).await? == Moved::On {
        polls::set_electorate(&draft, poll.id, &command.electorate).await?;
        let code = command.electorate.code();
        record_edit(&draft, &format!("poll {}: electorate {code}", poll.number)).await?;
    }
    tx.commit().await?;
    Ok(())
}
