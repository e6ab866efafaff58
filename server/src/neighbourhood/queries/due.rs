//! Whether numbers of concerns are to be released now.

use domain::calendar::uk_day;
use domain::ids::AreaId;
use domain::insight::disclosure::People;
use domain::insight::release::{Counted, Last, Of, is_due};
use domain::neighbourhood::Category;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

use crate::insight::rows::release::{self, Made};
use crate::neighbourhood::rows::concern;

/// The next release of the concerns about an area, if it is due, and what it is of.
///
/// # Errors
/// A count that can't be read is a fault.
pub async fn concerns_due(
    db: &impl ConnectionTrait,
    id: AreaId,
    now: Timestamp,
) -> Result<Option<(Made, Vec<(Category, People)>)>, DbErr> {
    let counts = concern::by_category(db, id).await?;
    let people = counts
        .iter()
        .fold(People::default(), |sum, (_, people)| sum.and(*people));
    let of = Of::Concerns(id);
    let before = release::last_made(db, of).await?;
    let next = Last {
        on: uk_day(now),
        counted: Counted {
            people,
            ..Counted::default()
        },
        complete: false,
    };
    let last = before.as_ref().map(|made| &made.last);
    let made = Made {
        number: before.map_or(0, |made| made.number).saturating_add(1),
        last: next,
        version: 0,
    };
    Ok(is_due(of, last, next.counted, next.on, false).then_some((made, counts)))
}
