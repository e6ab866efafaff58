//! Brings in census figures of areas.

use super::TableRefused;
use crate::App;
use crate::council::rows::{locks, places};
use crate::error::Refused;
use crate::granted::{Caller, Granted};
use crate::record::site;

/// Brings census figures in.
#[derive(Clone, Debug)]
pub struct ImportFigures {
    /// A CSV table: the area's code first, its name second, `residents` and then one column a
    /// measure, named such as `age: Aged 15 years and under`.
    pub table: String,
}

/// Brings census figures in. Rows of areas that are not here are left out; returns how many were
/// taken. For the program alone.
///
/// # Errors
/// What is wrong with the table.
pub async fn import_figures(
    app: &App,
    caller: &Caller,
    command: ImportFigures,
) -> Result<usize, Refused<TableRefused>> {
    let wrong = |error: csv::Error| {
        Refused::Because(TableRefused(format!("The figures can't be read: {error}.")))
    };
    let mut reader = csv::Reader::from_reader(command.table.as_bytes());
    let heads = reader.headers().map_err(wrong)?.clone();
    let tx = app.db.begin().await?;
    let locked = locks::lock_partnership(&tx).await?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let known = places::ids_by_code(&tx).await?;
    let mut taken = 0;
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let Some(id) = record.get(0).and_then(|code| known.get(code)) else {
            continue;
        };
        let mut figures = Vec::new();
        for (head, cell) in heads.iter().zip(&record).skip(2) {
            let count = cell.trim().parse::<f64>().ok().filter(|n| *n >= 0.0);
            let Some(count) = count.map(|n| n.round() as i64) else {
                let why = format!("“{cell}” under “{head}” is not a number.");
                return Err(Refused::Because(TableRefused(why)));
            };
            if head == "residents" {
                places::set_residents(&granted, *id, count).await?;
            } else {
                figures.push((head.to_owned(), count));
            }
        }
        places::replace_figures(&granted, *id, figures).await?;
        taken += 1;
    }
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(taken)
}
