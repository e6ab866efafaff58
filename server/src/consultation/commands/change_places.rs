//! Changing where a consultation is held and with which teams.

use domain::consultation::draft::{Places, Section};
use domain::consultation::policy::Permission;
use domain::edit::Version;

use crate::App;
use crate::consultation::commands::grant::grant;
use crate::consultation::rows;
use crate::council;
use crate::db::Tx;
use crate::error::{Denied, Fault};
use crate::granted::Caller;
use crate::record::revision::{self, Moved};

/// Changes where a consultation is held and with which teams.
#[derive(Clone, Debug)]
pub struct ChangePlaces {
    /// The draft's name in addresses.
    pub on: String,
    /// What it is to say.
    pub places: Places,
    /// The version that the person saw.
    pub seen: Version,
}

/// Changes where a consultation is held and with which teams.
///
/// # Errors
/// A colleague who was there first.
pub async fn change_places(
    app: &App,
    caller: &Caller,
    command: ChangePlaces,
) -> Result<(), Denied> {
    let tx = app.db.begin().await?;
    let draft = grant(&tx, caller, &command.on, Permission::Edit).await?;
    let places = known(&tx, command.places).await?;
    let subject = Section::Places.subject(draft.root().id);
    if revision::advance(&draft, &subject, command.seen, &places).await? == Moved::Already {
        return Ok(());
    }
    rows::draft::set_places(&draft, &places).await?;
    rows::steps::record_edit(&draft, "places").await?;
    tx.commit().await?;
    Ok(())
}

/// Without what is no ward or no team any more.
async fn known(tx: &Tx, mut places: Places) -> Result<Places, Fault> {
    let wards = council::rows::areas::wards(tx).await?;
    let teams = council::rows::teams::teams(tx, places.partners.iter().copied()).await?;
    places
        .areas
        .retain(|id| wards.iter().any(|ward| ward.id == *id));
    places.partners.retain(|id| teams.contains_key(id));
    Ok(places)
}
