//! Brings in the postcodes of areas.

use domain::council::Postcode;

use super::TableRefused;
use crate::App;
use crate::council::rows::{locks, places};
use crate::error::Refused;
use crate::granted::{Caller, Granted};
use crate::record::site;

/// Brings postcodes in.
#[derive(Clone, Debug)]
pub struct ImportPostcodes {
    /// A CSV table: postcode, code of the area, town.
    pub table: String,
}

/// Brings postcodes in. Postcodes of areas that are not here are left out; returns how many were
/// taken. For the program alone.
///
/// # Errors
/// What is wrong with the table.
pub async fn import_postcodes(
    app: &App,
    caller: &Caller,
    command: ImportPostcodes,
) -> Result<usize, Refused<TableRefused>> {
    let wrong = |error: csv::Error| {
        Refused::Because(TableRefused(format!(
            "The postcodes can't be read: {error}."
        )))
    };
    let mut reader = csv::Reader::from_reader(command.table.as_bytes());
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let known = places::ids_by_code(&tx).await?;
    let mut postcodes = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let cell = |n: usize| record.get(n).unwrap_or_default();
        let Some(area) = known.get(cell(1)) else {
            continue;
        };
        let Ok(postcode) = Postcode::parse(cell(0)) else {
            let why = format!("“{}” is not a postcode.", cell(0));
            return Err(Refused::Because(TableRefused(why)));
        };
        postcodes.push((postcode, *area, cell(2).to_owned()));
    }
    let taken = postcodes.len();
    places::put_postcodes(&granted, postcodes).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(taken)
}
