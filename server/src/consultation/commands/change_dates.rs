//! Changing the period and the regime of a draft.

use domain::consultation::draft::{Dates, DraftRefused, Section};
use domain::consultation::policy::Permission;
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::error::Refused;
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Changes the period and the regime of a draft.
#[derive(Clone, Debug)]
pub struct ChangeDates {
    /// The draft's name in addresses.
    pub on: String,
    /// What it is to say.
    pub dates: Dates,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes the period and the regime of a draft.
///
/// # Errors
/// It closes before it opens; no such regime; a colleague who was there first.
pub async fn change_dates(
    app: &App,
    caller: &Caller,
    command: ChangeDates,
) -> Result<(), Refused<DraftRefused>> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let dates = command.dates.checked().map_err(Refused::Because)?;
    let Some(regime) = rows::draft::regime(&tx, &dates.regime).await? else {
        return Err(Refused::Because(DraftRefused::UnknownRegime));
    };
    let subject = Section::Dates.subject(draft.root().id);
    if revision::advance(&draft, &subject, command.seen, &dates).await? == Moved::Already {
        return Ok(());
    }
    rows::draft::set_dates(&draft, regime, dates).await?;
    rows::steps::record_edit(&draft, "dates").await?;
    tx.commit().await?;
    Ok(())
}
