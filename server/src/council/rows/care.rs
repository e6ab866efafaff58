//! Which neighbourhood team looks after which area, as rows.

use domain::council::{Area, AreaInCare};
use domain::ids::{AreaId, TeamId};
use entity::{area, team, team_area};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::council::rows::areas;
use crate::db::Tx;
use crate::granted::Locked;

/// The teams that look after an area, by rising id.
pub async fn teams_of(db: &impl ConnectionTrait, of: AreaId) -> Result<Vec<TeamId>, DbErr> {
    Ok(team_area::Entity::find()
        .select_only()
        .column(team_area::Column::TeamId)
        .filter(team_area::Column::AreaId.eq(of.0))
        .order_by_asc(team_area::Column::TeamId)
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .map(TeamId)
        .collect())
}

/// The names of these teams, by rising id.
pub async fn team_names(db: &impl ConnectionTrait, teams: &[TeamId]) -> Result<Vec<String>, DbErr> {
    team::Entity::find()
        .select_only()
        .column(team::Column::Name)
        .filter(team::Column::Id.is_in(teams.iter().map(|team| team.0)))
        .order_by_asc(team::Column::Id)
        .into_tuple()
        .all(db)
        .await
}

/// The areas that these teams look after, by name.
pub async fn areas_of(db: &impl ConnectionTrait, teams: &[TeamId]) -> Result<Vec<Area>, DbErr> {
    let ids: Vec<i64> = team_area::Entity::find()
        .select_only()
        .column(team_area::Column::AreaId)
        .filter(team_area::Column::TeamId.is_in(teams.iter().map(|team| team.0)))
        .into_tuple()
        .all(db)
        .await?;
    areas::named(db, area::Entity::find().filter(area::Column::Id.is_in(ids))).await
}

/// Locks the area of this code until the transaction ends. What points to it by foreign key goes on.
pub async fn lock(tx: &Tx, code: &str) -> Result<Option<Locked<AreaInCare>>, DbErr> {
    let found = area::Entity::find()
        .select_only()
        .columns([area::Column::Id, area::Column::Code, area::Column::Name])
        .filter(area::Column::Code.eq(code))
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<(i64, String, String)>()
        .one(tx)
        .await?;
    let Some((id, code, name)) = found else {
        return Ok(None);
    };
    let id = AreaId(id);
    Ok(Some(Locked::new(AreaInCare {
        teams: teams_of(tx, id).await?,
        area: Area { id, code, name },
    })))
}
