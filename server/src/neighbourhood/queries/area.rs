//! What everybody sees about an area, and which areas a member of staff looks after.

use std::collections::BTreeMap;

use domain::account::{NotPermitted, Role};
use domain::council::Area;
use domain::ids::AreaId;
use domain::insight::disclosure::PUBLIC;
use domain::neighbourhood::Category;
use domain::neighbourhood::policy::may_say_what_was_done;
use domain::neighbourhood::read::AreaPanel;
use entity::concern;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::account::rows::roles;
use crate::council::rows::{areas, care};
use crate::db::{count, stored};
use crate::error::Denied;
use crate::granted::Caller;
use crate::neighbourhood::rows::saying;

/// What everybody sees about an area: counts through the disclosure gate, and what was done.
pub async fn area_panel(db: &impl ConnectionTrait, id: AreaId) -> Result<Option<AreaPanel>, DbErr> {
    let Some(area) = areas::by_id(db).await?.remove(&id) else {
        return Ok(None);
    };
    let mut counted: BTreeMap<Category, u64> = BTreeMap::new();
    for (word, number) in concern::Entity::find()
        .filter(concern::Column::AreaId.eq(id.0))
        .select_only()
        .column(concern::Column::Category)
        .column_as(concern::Column::Id.count(), "count")
        .group_by(concern::Column::Category)
        .into_tuple::<(String, i64)>()
        .all(db)
        .await?
    {
        let category = stored(Category::from_code(&word), "a concern", &word)?;
        counted.insert(category, count(number, "concerns")?);
    }
    let counts: Vec<u64> = Category::ALL
        .iter()
        .map(|category| counted.get(category).copied().unwrap_or(0))
        .collect();
    let shown = PUBLIC.table(&counts);
    let teams = care::teams_of(db, id).await?;
    Ok(Some(AreaPanel {
        counts: Category::ALL.iter().copied().zip(shown).collect(),
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
