//! Areas and postcodes as rows. Boundaries are not read here: they are large, and only a map needs
//! them.

use std::collections::HashMap;

use domain::council::{Area, Postcode};
use domain::ids::AreaId;
use domain::names;
use entity::{area, postcode};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

type Named = (i64, String, String);

/// Id, code and name of the areas that this finds, by name.
pub(super) async fn named(
    db: &impl ConnectionTrait,
    find: Select<area::Entity>,
) -> Result<Vec<Area>, DbErr> {
    let mut found: Vec<Area> = find
        .select_only()
        .columns([area::Column::Id, area::Column::Code, area::Column::Name])
        .order_by_asc(area::Column::Id)
        .into_tuple::<Named>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, code, name)| Area {
            id: AreaId(id),
            code,
            name,
        })
        .collect();
    names::sort_by_name(&mut found, |area| &area.name);
    Ok(found)
}

/// Every ward, by name.
pub async fn wards(db: &impl ConnectionTrait) -> Result<Vec<Area>, DbErr> {
    named(
        db,
        area::Entity::find().filter(area::Column::Kind.eq("ward")),
    )
    .await
}

/// Every area by its id.
pub async fn by_id(db: &impl ConnectionTrait) -> Result<HashMap<AreaId, Area>, DbErr> {
    let areas = named(db, area::Entity::find()).await?;
    Ok(areas.into_iter().map(|area| (area.id, area)).collect())
}

/// The area of this code.
pub async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<Area>, DbErr> {
    let find = area::Entity::find().filter(area::Column::Code.eq(code));
    Ok(named(db, find).await?.into_iter().next())
}

/// The codes of the areas with these ids, by code.
pub async fn codes_in(
    db: &impl ConnectionTrait,
    ids: SelectStatement,
) -> Result<Vec<String>, DbErr> {
    area::Entity::find()
        .select_only()
        .column(area::Column::Code)
        .filter(area::Column::Id.in_subquery(ids))
        .order_by_asc(area::Column::Code)
        .into_tuple()
        .all(db)
        .await
}

/// The ward in which a postcode lies, if it is one of the borough's.
pub async fn of_postcode(
    db: &impl ConnectionTrait,
    postcode: &Postcode,
) -> Result<Option<AreaId>, DbErr> {
    Ok(postcode::Entity::find_by_id(postcode.as_str())
        .one(db)
        .await?
        .map(|row| AreaId(row.area_id)))
}

/// The areas that are no wards: the borough, in which every ward lies.
pub async fn boroughs(db: &impl ConnectionTrait) -> Result<Vec<Area>, DbErr> {
    named(
        db,
        area::Entity::find().filter(area::Column::Kind.ne("ward")),
    )
    .await
}
