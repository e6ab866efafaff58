//! Changing what a poll asks.

use domain::edit::Version;
use domain::poll::{PollAddress, PollRefused, Section, check_question};

use super::{PollInHand, in_hand};
use crate::App;
use crate::consultation::rows::steps::record_edit;
use crate::error::Refused;
use crate::granted::Caller;
use crate::poll::rows::polls;
use crate::record::revision::{Moved, advance};

/// Changes what is asked, and what a voter should know.
#[derive(Clone, Debug)]
pub struct ChangeQuestion {
    /// Which poll.
    pub poll: PollAddress,
    /// The version that the person saw.
    pub seen: Version,
    /// What is asked.
    pub question: String,
    /// What a voter should know; Markdown.
    pub help: String,
}

/// Changes the question of a poll, and nothing else of it.
///
/// # Errors
/// What is missing or too long; that the regime allows no vote; that a colleague changed it since.
pub async fn change_question(
    app: &App,
    caller: &Caller,
    command: ChangeQuestion,
) -> Result<(), Refused<Vec<PollRefused>>> {
    let tx = app.db.begin().await?;
    let PollInHand { draft, poll } = in_hand(&tx, caller, &command.poll).await?;
    check_question(&command.question, &command.help).map_err(Refused::Because)?;
    let subject = Section::Question.subject(poll.id);
    let says = (&command.question, &command.help);
    if advance(&draft, &subject, command.seen, &says).await? == Moved::On {
        polls::set_question(&draft, poll.id, &command.question, &command.help).await?;
        record_edit(&draft, &format!("poll {}: question", poll.number)).await?;
    }
    tx.commit().await?;
    Ok(())
}
