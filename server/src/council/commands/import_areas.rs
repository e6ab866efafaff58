//! Brings in areas with their boundaries.

use crate::App;
use crate::council::boundaries::NewArea;
use crate::council::rows::{locks, places, write};
use crate::error::Denied;
use crate::granted::{Caller, Granted};

/// Brings areas in.
#[derive(Clone, Debug)]
pub struct ImportAreas {
    /// The areas; each is known by its code.
    pub areas: Vec<NewArea>,
    /// What they are: `ward`, for one.
    pub kind: String,
}

/// Brings areas in: new ones are added, known ones get the new name and boundary. Returns how many
/// are new. For the program alone.
pub async fn import_areas(
    app: &App,
    caller: &Caller,
    command: ImportAreas,
) -> Result<usize, Denied> {
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let known = places::ids_by_code(&tx).await?;
    let kind = command.kind.as_str();
    let mut added = 0;
    for new in &command.areas {
        let boundary = serde_json::to_string(&new.rings)?;
        if let Some(id) = known.get(&new.code) {
            places::change_area(&granted, *id, &new.name, kind, boundary).await?;
        } else {
            places::insert_area(&granted, &new.code, &new.name, kind, boundary).await?;
            added += 1;
        }
    }
    let detail = format!("{} areas, {added} new", command.areas.len());
    write::record(&granted, "areas.imported", kind, &detail).await?;
    tx.commit().await?;
    Ok(added)
}
