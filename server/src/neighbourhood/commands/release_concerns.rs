//! The program releases how many concerns there are about an area.

use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::release::Of;

use crate::App;
use crate::council::rows::{areas, care};
use crate::error::Denied;
use crate::granted::{Caller, Granted};
use crate::insight::rows::release;
use crate::neighbourhood::queries::concerns_due as due;
use crate::record::site;

/// Releases the counts of one area, if they are due.
#[derive(Clone, Debug)]
pub struct ReleaseConcerns {
    /// The area's code.
    pub area: String,
}

/// Releases them, and says whether they were due. Each category stands by itself: they are shown with
/// no total of which one could be taken.
///
/// # Errors
/// Not found where there is no such area.
pub async fn release_concerns(
    app: &App,
    caller: &Caller,
    command: ReleaseConcerns,
) -> Result<bool, Denied> {
    let db = app.db.read();
    let area = areas::by_code(db, &command.area).await?;
    let area = area.ok_or(Denied::NotFound)?;
    if due(db, area.id, caller.now).await?.is_none() {
        return Ok(false);
    }
    let tx = app.db.begin().await?;
    let locked = care::lock(&tx, &command.area)
        .await?
        .ok_or(Denied::NotFound)?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let Some((made, counts)) = due(&tx, granted.root().area.id, caller.now).await? else {
        return Ok(false);
    };
    let cells: Vec<_> = counts
        .into_iter()
        .map(|(category, people)| (category, PUBLIC.people(people)))
        .collect();
    let of = Of::Concerns(granted.root().area.id);
    // No total is shown of which a category could be taken.
    release::insert(&granted, of, made, Shown::Hidden, &cells).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(true)
}
