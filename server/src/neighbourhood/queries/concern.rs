//! One concern: for its team, and for its author.

use std::collections::HashMap;

use domain::code::Code;
use domain::council::Area;
use domain::edit::Version;
use domain::ids::{AreaId, ConcernId};
use domain::neighbourhood::policy::{may_answer, sees_contact};
use domain::neighbourhood::read::{ConcernView, Listed};
use domain::neighbourhood::reply_clock;
use entity::concern;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use crate::council::rows::{areas, care};
use crate::db::{moment, moment_if, there};
use crate::error::Denied;
use crate::granted::Caller;
use crate::neighbourhood::queries::area::is_read;
use crate::neighbourhood::rows;
use crate::record::revision;

/// A concern with what happened to it, for whoever may answer it.
///
/// # Errors
/// Why they may not, or that there is no such concern.
pub async fn concern_for(
    db: &impl ConnectionTrait,
    caller: &Caller,
    id: ConcernId,
) -> Result<ConcernView, Denied> {
    caller.actor.signed_in()?;
    let version = revision::version(db, &rows::concern::subject(id)).await?;
    let row = concern::Entity::find_by_id(id.0).one(db).await?;
    let row = row.ok_or(Denied::NotFound)?;
    let teams = care::teams_of(db, AreaId(row.area_id)).await?;
    let on = rows::concern::read(&row, teams)?;
    may_answer(&caller.actor, &on)?;
    let contact = if sees_contact(&caller.actor, &on) {
        rows::contact::read(db, id).await?
    } else {
        None
    };
    Ok(ConcernView {
        contact,
        version,
        ..view(db, row, caller.now).await?
    })
}

/// The concern of this code, for its author.
pub async fn by_code(
    db: &impl ConnectionTrait,
    code: &str,
    now: Timestamp,
) -> Result<Option<ConcernView>, DbErr> {
    match rows::concern::by_code(db, &Code::typed(code)).await? {
        Some(row) => view(db, row, now).await.map(Some),
        None => Ok(None),
    }
}

/// Without how to reach its author, and without the version, which only a form needs.
async fn view(
    db: &impl ConnectionTrait,
    row: concern::Model,
    now: Timestamp,
) -> Result<ConcernView, DbErr> {
    let id = ConcernId(row.id);
    Ok(ConcernView {
        listed: listed(&row, &areas::by_id(db).await?, now)?,
        due: moment(row.reply_due_at)?,
        is_read: is_read(db, AreaId(row.area_id)).await?,
        events: rows::event::of(db, id).await?,
        may_contact: row.may_contact,
        contact: None,
        version: Version::default(),
        what: row.what,
    })
}

/// What a list shows of a concern.
pub(super) fn listed(
    row: &concern::Model,
    areas: &HashMap<AreaId, Area>,
    now: Timestamp,
) -> Result<Listed, DbErr> {
    let area = there(areas.get(&AreaId(row.area_id)), "the area of a concern")?;
    Ok(Listed {
        id: ConcernId(row.id),
        category: rows::concern::category(row)?,
        place: row.place.clone(),
        ward: area.name.clone(),
        submitted: moment(row.submitted_at)?,
        route: rows::concern::route(row)?,
        status: rows::concern::status(row)?,
        clock: reply_clock(
            moment(row.reply_due_at)?,
            moment_if(row.first_reply_at)?,
            now,
        ),
    })
}
