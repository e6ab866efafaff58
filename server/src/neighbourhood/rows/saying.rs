//! *You said, we did* as rows.

use domain::council::AreaInCare;
use domain::ids::{AreaId, TeamId};
use domain::neighbourhood::Saying;
use domain::neighbourhood::read::Said;
use entity::area_promise;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::db::moment;
use crate::granted::Granted;

/// The most that are shown of an area.
const MOST_SHOWN: u64 = 20;

/// Adds one of this team and returns its number.
pub async fn insert(
    granted: &Granted<'_, AreaInCare>,
    team: TeamId,
    saying: &Saying,
) -> Result<i64, DbErr> {
    let added = area_promise::Entity::insert(area_promise::ActiveModel {
        area_id: Set(granted.root().area.id.0),
        team_id: Set(team.0),
        you_said: Set(saying.said.clone()),
        we_did: Set(saying.done.clone()),
        at: Set(granted.now().as_millisecond()),
        ..Default::default()
    })
    .exec(granted.tx())
    .await?;
    Ok(added.last_insert_id)
}

/// The latest of an area, the latest first.
pub async fn of(db: &impl ConnectionTrait, area: AreaId) -> Result<Vec<Said>, DbErr> {
    area_promise::Entity::find()
        .filter(area_promise::Column::AreaId.eq(area.0))
        .order_by_desc(area_promise::Column::At)
        .limit(MOST_SHOWN)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Said {
                saying: Saying {
                    said: row.you_said,
                    done: row.we_did,
                },
                at: moment(row.at)?,
            })
        })
        .collect()
}
