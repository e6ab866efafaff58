//! Brings in areas with their boundaries, and with them their census figures and postcodes.

use domain::council::tables::{AreaFigures, Postcodes};

use crate::App;
use crate::council::boundaries::NewArea;
use crate::council::rows::{locks, places, write};
use crate::error::Denied;
use crate::granted::{Caller, Granted};
use crate::record::site;

/// Brings areas in, all of it or nothing.
#[derive(Clone, Debug, Default)]
pub struct ImportAreas {
    /// The areas; each is known by its code.
    pub areas: Vec<NewArea>,
    /// What they are: `ward`, for one.
    pub kind: String,
    /// Census figures of areas that are in the file or here already.
    pub figures: Vec<AreaFigures>,
    /// Postcodes in areas that are in the file or here already.
    pub postcodes: Postcodes,
}

/// What was stored, and what was not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AreasImported {
    /// Areas.
    pub areas: usize,
    /// How many of them are new.
    pub added: usize,
    /// Areas whose figures were stored.
    pub figures: usize,
    /// Rows of figures that were left out, since their area is not here.
    pub figures_left_out: usize,
    /// Postcodes that were stored.
    pub postcodes: usize,
    /// Rows of postcodes that say again what another says.
    pub postcodes_repeated: usize,
    /// Postcodes that were left out, since their area is not here.
    pub postcodes_left_out: usize,
}

/// Brings areas in: new ones are added, known ones get the new name and boundary. For the program
/// alone.
pub async fn import_areas(
    app: &App,
    caller: &Caller,
    command: ImportAreas,
) -> Result<AreasImported, Denied> {
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let known = places::ids_by_code(&tx).await?;
    let kind = command.kind.as_str();
    let mut done = AreasImported {
        areas: command.areas.len(),
        postcodes_repeated: command.postcodes.repeated,
        ..AreasImported::default()
    };
    for new in &command.areas {
        let boundary = serde_json::to_string(&new.rings)?;
        if let Some(id) = known.get(&new.code) {
            places::change_area(&granted, *id, &new.name, kind, boundary).await?;
        } else {
            places::insert_area(&granted, &new.code, &new.name, kind, boundary).await?;
            done.added += 1;
        }
    }
    let known = places::ids_by_code(&tx).await?;
    for area in command.figures {
        let Some(id) = known.get(&area.code) else {
            done.figures_left_out += 1;
            continue;
        };
        if let Some(residents) = area.residents {
            places::set_residents(&granted, *id, residents).await?;
        }
        places::replace_figures(&granted, *id, area.measures).await?;
        done.figures += 1;
    }
    let mut placed = Vec::with_capacity(command.postcodes.placed.len());
    for one in command.postcodes.placed {
        match known.get(&one.code) {
            Some(id) => placed.push((one.postcode, *id, one.town)),
            None => done.postcodes_left_out += 1,
        }
    }
    done.postcodes = placed.len();
    places::put_postcodes(&granted, placed).await?;
    let detail = format!(
        "{} areas, {} new, figures of {}, {} postcodes",
        done.areas, done.added, done.figures, done.postcodes
    );
    write::record(&granted, "areas.imported", kind, &detail).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(done)
}
