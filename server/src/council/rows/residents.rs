//! How many people live in each area: for lists of what concerns them.

use std::collections::HashMap;

use domain::ids::AreaId;
use entity::area;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect};

use crate::db::count;

/// How many live in each area, by its id.
pub async fn by_area(db: &impl ConnectionTrait) -> Result<HashMap<AreaId, u64>, DbErr> {
    area::Entity::find()
        .select_only()
        .columns([area::Column::Id, area::Column::Residents])
        .into_tuple::<(i64, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, people)| Ok((AreaId(id), count(people, "residents of an area")?)))
        .collect()
}
