//! Releases as rows: the last of each is what everybody reads.
//!
//! Invariant: a number of a subject is written once, so of two who release at one moment one does.

use std::collections::HashMap;

use domain::insight::disclosure::People;
use domain::insight::release::{Last, Of};
use entity::release::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use sea_orm::{QueryOrder, QuerySelect};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::{count, stored};
use crate::granted::Permitted;

/// The last release of something.
#[derive(Clone, Debug)]
pub struct Released<Cells> {
    number: i32,
    /// When it was made, and of how many.
    pub last: Last,
    /// The version of what it was worked out from, where that has one; else 0.
    pub version: i64,
    /// What everybody may see.
    pub cells: Cells,
}

/// The last release of this, if there is one.
///
/// # Errors
/// One that can't be read is a fault.
pub async fn last<Cells: DeserializeOwned>(
    db: &impl ConnectionTrait,
    of: Of,
) -> Result<Option<Released<Cells>>, DbErr> {
    let row = Entity::find()
        .filter(Column::Subject.eq(of.subject()))
        .order_by_desc(Column::Number)
        .limit(1)
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// The last release of each of these that has one, by what it is of.
///
/// # Errors
/// One that can't be read is a fault.
pub async fn last_of_each<Cells: DeserializeOwned>(
    db: &impl ConnectionTrait,
    of: &[Of],
) -> Result<HashMap<Of, Released<Cells>>, DbErr> {
    let by_subject: HashMap<String, Of> = of.iter().map(|one| (one.subject(), *one)).collect();
    let mut found = HashMap::new();
    for row in Entity::find()
        .filter(Column::Subject.is_in(by_subject.keys().map(String::as_str)))
        .order_by_asc(Column::Number)
        .all(db)
        .await?
    {
        if let Some(of) = by_subject.get(&row.subject) {
            found.insert(*of, read(row)?);
        }
    }
    Ok(found)
}

/// The names of those of which there will be no more.
pub async fn complete(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Subject)
        .filter(Column::Complete.eq(true))
        .into_tuple()
        .all(db)
        .await
}

fn read<Cells: DeserializeOwned>(row: Model) -> Result<Released<Cells>, DbErr> {
    let of = format!("release {} of {}", row.number, row.subject);
    Ok(Released {
        number: row.number,
        last: Last {
            on: stored(row.released_on.parse().ok(), &of, &row.released_on)?,
            people: People::counted(count(row.people, format_args!("people of {of}"))?),
            complete: row.complete,
        },
        version: row.version,
        cells: stored(serde_json::from_str(&row.cells).ok(), &of, "cells")?,
    })
}

/// Writes the next release after `before`.
pub async fn insert<Cells: Serialize>(
    permitted: &impl Permitted,
    of: Of,
    before: Option<i32>,
    next: &Released<Cells>,
) -> Result<(), DbErr> {
    let cells = serde_json::to_string(&next.cells).map_err(|why| DbErr::Json(why.to_string()))?;
    let people = i64::try_from(next.last.people.to_keep());
    Entity::insert(ActiveModel {
        subject: Set(of.subject()),
        number: Set(before.unwrap_or(0).saturating_add(1)),
        released_on: Set(next.last.on.to_string()),
        people: Set(people.unwrap_or(i64::MAX)),
        complete: Set(next.last.complete),
        version: Set(next.version),
        cells: Set(cells),
    })
    .exec_without_returning(permitted.connection())
    .await
    .map(drop)
}

impl<Cells> Released<Cells> {
    /// One that is to be written.
    pub fn of(last: Last, version: i64, cells: Cells) -> Self {
        Self {
            number: 0,
            last,
            version,
            cells,
        }
    }

    /// Its number, from 1.
    pub fn number(&self) -> i32 {
        self.number
    }
}
