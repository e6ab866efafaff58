//! Use cases that bring in places: boundaries, their census figures, postcodes.
//!
//! Invariant: bringing in the same file twice changes nothing; an area is known by its code.

use std::collections::HashMap;

use domain::council::boundary;
use domain::council::read::Ring;
use domain::council::{Postcode, boundary::BoundaryRefused};
use entity::{area, area_figure, postcode};
use geojson::{GeoJson, GeometryValue, JsonObject, JsonValue};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::App;
use crate::db::Tx;
use crate::record::{audit, site};

/// Rows of one statement: SQLite takes 32,766 values, PostgreSQL 65,535.
const ROWS_AT_ONCE: usize = 2_000;

/// An area of a file, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct NewArea {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its boundary.
    pub rings: Vec<Ring>,
}

/// Why a file is not taken. Each is one sentence.
#[derive(Debug, thiserror::Error)]
pub enum AreasRefused {
    /// It can't be read as GeoJSON.
    #[error("The file is not GeoJSON: {0}.")]
    NotGeoJson(String),
    /// It holds no areas.
    #[error("The file holds no areas.")]
    Empty,
    /// A feature without code or name.
    #[error("Feature {0} has no {1}: name the property with --code and --name.")]
    NoProperty(usize, String),
    /// Two features with one code.
    #[error("The code {0} stands twice in the file.")]
    Twice(String),
    /// A boundary that can't be used.
    #[error("The boundary of {0} can't be used: {1}.")]
    Boundary(String, BoundaryRefused),
    /// A shape that is no area.
    #[error("{0} is not a polygon.")]
    NotAPolygon(String),
    /// A table that can't be read.
    #[error("{0}")]
    Table(String),
    /// A fault.
    #[error("The database failed: {0}.")]
    Database(#[from] DbErr),
}

/// Reads a GeoJSON feature collection. Without `code` and `name` the first properties that end in
/// `CD` and `NM` are taken, as the Office for National Statistics names them.
///
/// # Errors
/// The first thing that is wrong.
pub fn read_geojson(
    text: &str,
    code: Option<&str>,
    name: Option<&str>,
) -> Result<Vec<NewArea>, AreasRefused> {
    let parsed = text
        .parse::<GeoJson>()
        .map_err(|error| AreasRefused::NotGeoJson(error.to_string()))?;
    let GeoJson::FeatureCollection(collection) = parsed else {
        return Err(AreasRefused::NotGeoJson("no feature collection".to_owned()));
    };
    let mut areas: Vec<NewArea> = Vec::with_capacity(collection.features.len());
    for (place, feature) in collection.features.into_iter().enumerate() {
        let properties = feature.properties.unwrap_or_default();
        let value = |given: Option<&str>, ending: &str| {
            property(&properties, given, ending).ok_or_else(|| {
                AreasRefused::NoProperty(place + 1, given.unwrap_or(ending).to_owned())
            })
        };
        let (code, name) = (value(code, "CD")?, value(name, "NM")?);
        let rings = match feature.geometry.map(|geometry| geometry.value) {
            Some(GeometryValue::Polygon { coordinates }) => rings(coordinates),
            Some(GeometryValue::MultiPolygon { coordinates }) => {
                coordinates.into_iter().flat_map(rings).collect()
            }
            _ => return Err(AreasRefused::NotAPolygon(name)),
        };
        boundary::check(&rings).map_err(|why| AreasRefused::Boundary(name.clone(), why))?;
        if areas.iter().any(|area| area.code == code) {
            return Err(AreasRefused::Twice(code));
        }
        areas.push(NewArea { code, name, rings });
    }
    if areas.is_empty() {
        return Err(AreasRefused::Empty);
    }
    Ok(areas)
}

fn property(properties: &JsonObject, given: Option<&str>, ending: &str) -> Option<String> {
    let found = match given {
        Some(given) => properties.get(given),
        // Properties come in alphabetical order: LAD25CD, the council, stands before WD25CD.
        None => properties
            .iter()
            .filter(|(key, _)| key.ends_with(ending) && !key.starts_with("LAD"))
            .map(|(_, value)| value)
            .next_back(),
    };
    let text = match found? {
        JsonValue::String(text) => text.trim().to_owned(),
        JsonValue::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn rings(coordinates: Vec<Vec<geojson::Position>>) -> Vec<Ring> {
    coordinates
        .into_iter()
        .map(|ring| {
            ring.iter()
                .map(|position| {
                    let at = |n: usize| position.as_slice().get(n).copied().unwrap_or(f64::NAN);
                    (at(0), at(1))
                })
                .collect()
        })
        .collect()
}

/// Brings areas in: new ones are added, known ones get the new name and boundary.
///
/// # Errors
/// Those of the database.
pub async fn import(app: &App, areas: &[NewArea], kind: &str) -> Result<usize, AreasRefused> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let known = ids(&tx).await?;
    let mut added = 0;
    for new in areas {
        let boundary = serde_json::to_string(&new.rings)
            .map_err(|error| AreasRefused::NotGeoJson(error.to_string()))?;
        if let Some(id) = known.get(&new.code) {
            area::Entity::update_many()
                .col_expr(area::Column::Name, Expr::value(new.name.clone()))
                .col_expr(area::Column::Kind, Expr::value(kind))
                .col_expr(area::Column::Boundary, Expr::value(boundary))
                .filter(area::Column::Id.eq(*id))
                .exec(&tx)
                .await?;
        } else {
            area::ActiveModel {
                code: Set(new.code.clone()),
                name: Set(new.name.clone()),
                kind: Set(kind.to_owned()),
                boundary: Set(boundary),
                residents: Set(0),
                ..Default::default()
            }
            .insert(&tx)
            .await?;
            added += 1;
        }
    }
    let detail = format!("{} areas, {added} new", areas.len());
    audit::append(&tx, now, None, "areas.imported", kind, &detail).await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(added)
}

async fn ids(tx: &Tx) -> Result<HashMap<String, i64>, DbErr> {
    Ok(area::Entity::find()
        .all(tx)
        .await?
        .into_iter()
        .map(|row| (row.code, row.id))
        .collect())
}

/// Brings census figures in. The table has the area's code first, its name second, `residents`
/// and then one column a measure, named such as `age: Aged 15 years and under`. Rows of areas that
/// are not here are left out; returns how many were taken.
///
/// # Errors
/// What is wrong with the table, or faults.
pub async fn import_figures(app: &App, table: &str) -> Result<usize, AreasRefused> {
    let wrong =
        |error: csv::Error| AreasRefused::Table(format!("The figures can't be read: {error}."));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heads = reader.headers().map_err(wrong)?.clone();
    let tx = app.db.begin().await?;
    let known = ids(&tx).await?;
    let mut taken = 0;
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let Some(id) = record.get(0).and_then(|code| known.get(code)) else {
            continue;
        };
        let mut rows = Vec::new();
        for (head, cell) in heads.iter().zip(&record).skip(2) {
            let count = cell.trim().parse::<f64>().ok().filter(|n| *n >= 0.0);
            let Some(count) = count.map(|n| n.round() as i64) else {
                return Err(AreasRefused::Table(format!(
                    "“{cell}” under “{head}” is not a number."
                )));
            };
            if head == "residents" {
                area::Entity::update_many()
                    .col_expr(area::Column::Residents, Expr::value(count))
                    .filter(area::Column::Id.eq(*id))
                    .exec(&tx)
                    .await?;
            } else {
                rows.push(area_figure::ActiveModel {
                    area_id: Set(*id),
                    measure: Set(head.to_owned()),
                    count: Set(count),
                    ..Default::default()
                });
            }
        }
        area_figure::Entity::delete_many()
            .filter(area_figure::Column::AreaId.eq(*id))
            .exec(&tx)
            .await?;
        if !rows.is_empty() {
            area_figure::Entity::insert_many(rows)
                .exec_without_returning(&tx)
                .await?;
        }
        taken += 1;
    }
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(taken)
}

/// Brings postcodes in: a table of postcode, code of the area, town. Postcodes of areas that are
/// not here are left out; returns how many were taken.
///
/// # Errors
/// What is wrong with the table, or faults.
pub async fn import_postcodes(app: &App, table: &str) -> Result<usize, AreasRefused> {
    let wrong =
        |error: csv::Error| AreasRefused::Table(format!("The postcodes can't be read: {error}."));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let tx = app.db.begin().await?;
    let known = ids(&tx).await?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let cell = |n: usize| record.get(n).unwrap_or_default();
        let Some(area) = known.get(cell(1)) else {
            continue;
        };
        let Ok(postcode) = Postcode::parse(cell(0)) else {
            return Err(AreasRefused::Table(format!(
                "“{}” is not a postcode.",
                cell(0)
            )));
        };
        rows.push(postcode::ActiveModel {
            postcode: Set(postcode.as_str().to_owned()),
            area_id: Set(*area),
            locality: Set(cell(2).to_owned()),
        });
    }
    let taken = rows.len();
    let newest = OnConflict::column(postcode::Column::Postcode)
        .update_columns([postcode::Column::AreaId, postcode::Column::Locality])
        .to_owned();
    let mut rest = rows.into_iter().peekable();
    while rest.peek().is_some() {
        let some: Vec<_> = rest.by_ref().take(ROWS_AT_ONCE).collect();
        postcode::Entity::insert_many(some)
            .on_conflict(newest.clone())
            .exec_without_returning(&tx)
            .await?;
    }
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]";

    fn file(features: &str) -> String {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
    }

    fn feature(properties: &str, geometry: &str) -> String {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{geometry}}}}}"
        )
    }

    #[test]
    fn the_ward_is_taken_and_not_the_council_it_is_in() {
        let one = r#"{"LAD25CD":"E08","LAD25NM":"Dudley","WD25CD":"E05","WD25NM":"Amblecote","WD25NMW":" "}"#;
        let areas = read_geojson(&file(&feature(one, SQUARE)), None, None).expect("areas");
        assert_eq!(
            (areas[0].code.as_str(), areas[0].name.as_str()),
            ("E05", "Amblecote")
        );
        let named = read_geojson(
            &file(&feature(one, SQUARE)),
            Some("LAD25CD"),
            Some("LAD25NM"),
        );
        assert_eq!(named.expect("areas")[0].name, "Dudley");
    }

    #[test]
    fn a_file_that_can_not_be_used_is_refused_with_the_reason() {
        let good = r#"{"WD25CD":"E05","WD25NM":"Amblecote"}"#;
        let twice = [feature(good, SQUARE), feature(good, SQUARE)].join(",");
        let metres = feature(
            good,
            "[[[390000,285000],[390001,285000],[390001,285001],[390000,285000]]]",
        );
        for (text, says) in [
            ("no".to_owned(), "not GeoJSON"),
            (file(""), "no areas"),
            (file(&feature("{}", SQUARE)), "--code"),
            (file(&twice), "twice"),
            (file(&metres), "longitude"),
        ] {
            let refused = read_geojson(&text, None, None)
                .expect_err("refused")
                .to_string();
            assert!(refused.contains(says), "{refused}");
        }
    }
}
