//! The program releases how many concerns there are about an area.

use domain::calendar::uk_day;
use domain::insight::disclosure::{PUBLIC, People};
use domain::insight::release::{Last, Of, is_due};
use serde::de::IgnoredAny;

use crate::App;
use crate::council::rows::care;
use crate::error::Denied;
use crate::granted::{Caller, Granted};
use crate::insight::rows::release::{self, Released};
use crate::neighbourhood::rows::concern;
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
    let tx = app.db.begin().await?;
    let locked = care::lock(&tx, &command.area)
        .await?
        .ok_or(Denied::NotFound)?;
    let granted = Granted::to_the_program(&tx, caller.now, locked).await;
    let id = granted.root().area.id;
    let counts = concern::by_category(&tx, id).await?;
    let people = counts
        .iter()
        .fold(People::default(), |sum, (_, people)| sum.and(*people));
    let of = Of::Concerns(id);
    let before = release::last::<IgnoredAny>(&tx, of).await?;
    let next = Last {
        on: uk_day(granted.now()),
        people,
        complete: false,
    };
    if !is_due(before.as_ref().map(|one| &one.last), people, next.on, false) {
        return Ok(false);
    }
    let cells: Vec<_> = counts
        .into_iter()
        .map(|(category, people)| (category, PUBLIC.people(people)))
        .collect();
    let next = Released::of(next, 0, cells);
    release::insert(&granted, of, before.as_ref().map(Released::number), &next).await?;
    site::changed(&granted).await?;
    tx.commit().await?;
    Ok(true)
}
