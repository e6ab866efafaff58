//! What everybody sees about an area, and which areas a member of staff looks after.

use domain::account::{NotPermitted, Role};
use domain::council::Area;
use domain::ids::AreaId;
use domain::insight::disclosure::Shown;
use domain::insight::release::Of;
use domain::neighbourhood::Category;
use domain::neighbourhood::policy::may_say_what_was_done;
use domain::neighbourhood::read::AreaPanel;
use sea_orm::{ConnectionTrait, DbErr};

use crate::account::rows::roles;
use crate::council::rows::{areas, care};
use crate::error::Denied;
use crate::granted::Caller;
use crate::insight::rows::release;
use crate::neighbourhood::rows::saying;

/// What everybody sees about an area: counts as they were released, and what was done.
pub async fn area_panel(db: &impl ConnectionTrait, id: AreaId) -> Result<Option<AreaPanel>, DbErr> {
    let Some(area) = areas::by_id(db).await?.remove(&id) else {
        return Ok(None);
    };
    let released = release::last::<Vec<(Category, Shown)>>(db, Of::Concerns(id)).await?;
    let teams = care::teams_of(db, id).await?;
    Ok(Some(AreaPanel {
        counts: released.map_or_else(Vec::new, |released| released.cells),
        promises: saying::of(db, id).await?,
        teams: care::team_names(db, &teams).await?,
        code: area.code,
        name: area.name,
    }))
}

/// Whether anybody reads concerns about this area: somebody of a team that looks after it.
pub async fn is_read(db: &impl ConnectionTrait, id: AreaId) -> Result<bool, DbErr> {
    let teams = care::teams_of(db, id).await?;
    roles::anybody_holds(db, Role::NeighbourhoodOfficer, &teams).await
}

/// The areas that this person's neighbourhood teams look after, by name.
///
/// # Errors
/// Nobody is signed in.
pub async fn areas_of(db: &impl ConnectionTrait, caller: &Caller) -> Result<Vec<Area>, Denied> {
    let member = caller.actor.signed_in()?;
    let teams = member.teams_as(Role::NeighbourhoodOfficer);
    Ok(care::areas_of(db, &teams).await?)
}

/// The area of this code, if this person may say what was done in it.
///
/// # Errors
/// Why they may not. An area that does not exist is looked after by no team.
pub async fn own_area(
    db: &impl ConnectionTrait,
    caller: &Caller,
    code: &str,
) -> Result<Area, Denied> {
    caller.actor.signed_in()?;
    let area = areas::by_code(db, code).await?;
    let area = area.ok_or(NotPermitted::Forbidden)?;
    may_say_what_was_done(&caller.actor, &care::teams_of(db, area.id).await?)?;
    Ok(area)
}
