//! Making a poll one of another kind.

use domain::edit::Version;
use domain::poll::{Method, PollAddress, PollRefused, Section};

use super::{PollInHand, in_hand};
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::rows::{options, polls};
use crate::record::revision::{Moved, advance, version};

/// Makes a poll one of another kind.
#[derive(Clone, Debug)]
pub struct ChangeKind {
    /// Which poll.
    pub poll: PollAddress,
    /// The version that the person saw.
    pub seen: Version,
    /// The settings that the kind begins with ([`Method::beginning`]).
    pub begins: Method,
}

/// Makes a poll one of another kind, with settings of its own; the kind that it has already keeps its
/// settings. Costs go where there is no budget. Whoever has the settings of the kind before in a
/// form is shown the new ones.
///
/// # Errors
/// That the regime allows no vote; that a colleague changed it since.
pub async fn change_kind(
    app: &App,
    caller: &Caller,
    command: ChangeKind,
) -> Result<(), Refused<Vec<PollRefused>>> {
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = in_hand(&tx, caller, &command.poll).await?;
    let kind = command.begins.kind();
    let subject = Section::Kind.subject(poll.id);
    if advance(&draft, &subject, command.seen, &kind).await? == Moved::On
        && kind != poll.method.kind()
    {
        let rule = Section::Rule.subject(poll.id);
        let before = version(draft.tx(), &rule).await?;
        advance(&draft, &rule, before, &command.begins).await?;
        polls::set_method(&draft, poll.id, &command.begins).await?;
        if !command.begins.is_budget() {
            options::drop_costs(&draft, poll.id).await?;
        }
        record_edit(&draft, &format!("poll {}: kind {kind}", poll.number)).await?;
    }
    tx.commit().await?;
    Ok(())
}
