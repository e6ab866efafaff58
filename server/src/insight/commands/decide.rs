//! Recording the decision, once and for all.

use domain::account::NotPermitted;
use domain::calendar::uk_day;
use domain::consultation::policy::Permission;
use domain::edit::AsRead;
use domain::insight::{DecideRefused, check_decision};
use domain::typed;
use jiff::civil::Date;

use super::record;
use crate::App;
use crate::consultation::commands::{Turn, turn};
use crate::consultation::rows::outcome;
use crate::db::Tx;
use crate::error::{Fault, Refused};
use crate::granted::Caller;
use crate::insight::rows::theme;
use crate::record::outbox::{self, Effect};

/// Records the decision.
#[derive(Clone, Debug)]
pub struct Decide {
    /// The consultation's address name.
    pub on: String,
    /// Who decided what, in Markdown.
    pub words: String,
    /// When the equality impact assessment was finished.
    pub equality_assessed: Option<Date>,
    /// The themes as this person read them.
    pub read: AsRead,
}

/// Records it, publishes it, and has everyone told who left an address.
///
/// # Errors
/// What is missing of it; whoever may not decide, and anybody once it is decided.
pub async fn decide(
    app: &App,
    caller: &Caller,
    command: Decide,
) -> Result<(), Refused<Vec<DecideRefused>>> {
    let tx = app.db.begin().await?;
    let on = match turn(&tx, caller, &command.on, Permission::Decide).await? {
        Turn::Now(granted) => granted,
        Turn::Other(_) if is_second_click(&tx, caller, &command).await? => return Ok(()),
        Turn::Other(_) => return Err(NotPermitted::NotNow.into()),
    };
    let themes = theme::of(&tx, on.root().id).await?;
    let words = typed::trimmed(&command.words);
    let today = uk_day(on.now());
    check_decision(
        &themes,
        &command.read,
        words,
        command.equality_assessed,
        today,
    )
    .map_err(Refused::Because)?;
    outcome::record_decision(&on, words, command.equality_assessed).await?;
    let effect = Effect::TellTakenPart {
        consultation: on.root().id.0,
    };
    outbox::push(&on, &effect).await?;
    record(&on, "decide", words).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether this very person recorded this very decision already.
async fn is_second_click(tx: &Tx, caller: &Caller, command: &Decide) -> Result<bool, Fault> {
    let recorded = outcome::recorded_decision(tx, &command.on).await?;
    Ok(recorded.is_some_and(|recorded| {
        recorded.by.is_some()
            && recorded.by == caller.person()
            && recorded.words == typed::trimmed(&command.words)
            && recorded.equality_assessed == command.equality_assessed
    }))
}
