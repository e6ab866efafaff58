//! Places as a map and a census show them: boundaries, figures and postcodes, and every write of
//! them. Areas by name alone are in `areas`.

use std::collections::HashMap;

use domain::council::Postcode;
use domain::council::read::{AreaLine, Profile};
use domain::ids::AreaId;
use domain::names;
use entity::{area, area_figure, postcode};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::granted::Granted;

/// Rows of one statement: SQLite takes 32,766 values, PostgreSQL 65,535.
const ROWS_AT_ONCE: usize = 2_000;

/// All wards by name.
pub async fn wards(db: &impl ConnectionTrait) -> Result<Vec<(AreaId, AreaLine)>, DbErr> {
    let mut found = area::Entity::find()
        .filter(area::Column::Kind.eq("ward"))
        .order_by_asc(area::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(line)
        .collect::<Result<Vec<_>, DbErr>>()?;
    names::sort_by_name(&mut found, |(_, area)| &area.name);
    Ok(found)
}

/// One area by its code.
pub async fn by_code(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<(AreaId, AreaLine)>, DbErr> {
    area::Entity::find()
        .filter(area::Column::Code.eq(code))
        .one(db)
        .await?
        .map(line)
        .transpose()
}

fn line(row: area::Model) -> Result<(AreaId, AreaLine), DbErr> {
    let wrong = |what: &str| DbErr::Custom(format!("area {}: {what}", row.id));
    let rings = serde_json::from_str(&row.boundary)
        .map_err(|error| wrong(&format!("its boundary can't be read: {error}")))?;
    let residents = u64::try_from(row.residents).map_err(|_| wrong("fewer than no residents"))?;
    let line = AreaLine {
        residents,
        rings,
        code: row.code,
        name: row.name,
    };
    Ok((AreaId(row.id), line))
}

/// The ids of areas by code.
pub async fn ids_by_code(db: &impl ConnectionTrait) -> Result<HashMap<String, AreaId>, DbErr> {
    Ok(area::Entity::find()
        .select_only()
        .columns([area::Column::Code, area::Column::Id])
        .into_tuple::<(String, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(code, id)| (code, AreaId(id)))
        .collect())
}

/// The code of the ward in which a postcode lies.
pub async fn ward_of(
    db: &impl ConnectionTrait,
    postcode: &Postcode,
) -> Result<Option<String>, DbErr> {
    Ok(postcode::Entity::find_by_id(postcode.as_str())
        .find_also_related(area::Entity)
        .one(db)
        .await?
        .and_then(|(_, area)| area.map(|area| area.code)))
}

/// The census figures of an area by measure, in the order of the source.
pub async fn profiles(db: &impl ConnectionTrait, id: AreaId) -> Result<Vec<Profile>, DbErr> {
    let rows = area_figure::Entity::find()
        .filter(area_figure::Column::AreaId.eq(id.0))
        .order_by_asc(area_figure::Column::Id)
        .all(db)
        .await?;
    let mut profiles: Vec<Profile> = Vec::new();
    for row in rows {
        let (measure, label) = row.measure.split_once(": ").unwrap_or((&row.measure, ""));
        let count = u64::try_from(row.count)
            .map_err(|_| DbErr::Custom(format!("area figure {} is below zero", row.id)))?;
        let count = (label.to_owned(), count);
        match profiles.iter_mut().find(|p| p.measure == measure) {
            Some(profile) => profile.counts.push(count),
            None => profiles.push(Profile {
                measure: measure.to_owned(),
                counts: vec![count],
            }),
        }
    }
    Ok(profiles)
}

/// Adds an area.
pub async fn insert_area<Root>(
    granted: &Granted<'_, Root>,
    code: &str,
    name: &str,
    kind: &str,
    boundary: String,
) -> Result<(), DbErr> {
    area::ActiveModel {
        code: Set(code.to_owned()),
        name: Set(name.to_owned()),
        kind: Set(kind.to_owned()),
        boundary: Set(boundary),
        residents: Set(0),
        ..Default::default()
    }
    .insert(granted.tx())
    .await
    .map(drop)
}

/// Gives an area another name and boundary.
pub async fn change_area<Root>(
    granted: &Granted<'_, Root>,
    id: AreaId,
    name: &str,
    kind: &str,
    boundary: String,
) -> Result<(), DbErr> {
    area::Entity::update_many()
        .col_expr(area::Column::Name, Expr::value(name))
        .col_expr(area::Column::Kind, Expr::value(kind))
        .col_expr(area::Column::Boundary, Expr::value(boundary))
        .filter(area::Column::Id.eq(id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Says how many people live in an area.
pub async fn set_residents<Root>(
    granted: &Granted<'_, Root>,
    id: AreaId,
    residents: u64,
) -> Result<(), DbErr> {
    let residents = stored(residents)?;
    area::Entity::update_many()
        .col_expr(area::Column::Residents, Expr::value(residents))
        .filter(area::Column::Id.eq(id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Replaces the census figures of an area: measure and count, in the order of the source.
pub async fn replace_figures<Root>(
    granted: &Granted<'_, Root>,
    id: AreaId,
    figures: Vec<(String, u64)>,
) -> Result<(), DbErr> {
    area_figure::Entity::delete_many()
        .filter(area_figure::Column::AreaId.eq(id.0))
        .exec(granted.tx())
        .await?;
    if figures.is_empty() {
        return Ok(());
    }
    let rows = figures
        .into_iter()
        .map(|(measure, count)| {
            Ok(area_figure::ActiveModel {
                area_id: Set(id.0),
                measure: Set(measure),
                count: Set(stored(count)?),
                ..Default::default()
            })
        })
        .collect::<Result<Vec<_>, DbErr>>()?;
    area_figure::Entity::insert_many(rows)
        .exec_without_returning(granted.tx())
        .await
        .map(drop)
}

/// A count as its column has it.
fn stored(count: u64) -> Result<i64, DbErr> {
    i64::try_from(count).map_err(|_| DbErr::Custom(format!("{count} is more than is stored")))
}

/// Adds postcodes with their area and town; one that is known is moved.
pub async fn put_postcodes<Root>(
    granted: &Granted<'_, Root>,
    postcodes: Vec<(Postcode, AreaId, String)>,
) -> Result<(), DbErr> {
    let newest = OnConflict::column(postcode::Column::Postcode)
        .update_columns([postcode::Column::AreaId, postcode::Column::Locality])
        .to_owned();
    let rows = postcodes
        .into_iter()
        .map(|(code, area, town)| postcode::ActiveModel {
            postcode: Set(code.as_str().to_owned()),
            area_id: Set(area.0),
            locality: Set(town),
        });
    let mut rest = rows.peekable();
    while rest.peek().is_some() {
        let some: Vec<_> = rest.by_ref().take(ROWS_AT_ONCE).collect();
        postcode::Entity::insert_many(some)
            .on_conflict(newest.clone())
            .exec_without_returning(granted.tx())
            .await?;
    }
    Ok(())
}
