//! Releases as rows: the last of each is what everybody reads.
//!
//! Invariant: a number of a subject is written once, so of two who release at one moment one does.

use std::collections::HashMap;

use domain::insight::disclosure::{People, Shown};
use domain::insight::release::{Counted, Last, Of};
use entity::release::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use sea_orm::{QueryOrder, QuerySelect};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::{count, stored};
use crate::granted::Permitted;

/// What is kept of a release beside what everybody may see.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Its number, from 1.
    pub number: i32,
    /// When it was made, and of how many.
    pub last: Last,
    /// The version of what it was worked out from, where that has one; else 0.
    pub version: i64,
}

/// The last release of something.
#[derive(Clone, Debug)]
pub struct Released<Cells> {
    /// What is kept beside it.
    pub made: Made,
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
    last_row(db, of)
        .await?
        .map(|row| {
            let made = made(&row)?;
            let cells = serde_json::from_str(&row.cells).ok();
            Ok(Released {
                made,
                cells: stored(cells, format_args!("release of {}", row.subject), "cells")?,
            })
        })
        .transpose()
}

async fn last_row(db: &impl ConnectionTrait, of: Of) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::Subject.eq(of.subject()))
        .order_by_desc(Column::Number)
        .limit(1)
        .one(db)
        .await
}

/// What is kept of the last release of this, if there is one.
///
/// # Errors
/// One that can't be read is a fault.
pub async fn last_made(db: &impl ConnectionTrait, of: Of) -> Result<Option<Made>, DbErr> {
    last_row(db, of).await?.as_ref().map(made).transpose()
}

/// The number of people of the last release of each of these that has one.
///
/// # Errors
/// One that can't be read is a fault.
pub async fn shown(db: &impl ConnectionTrait, of: &[Of]) -> Result<HashMap<Of, Shown>, DbErr> {
    let by_subject: HashMap<String, Of> = of.iter().map(|one| (one.subject(), *one)).collect();
    let mut found = HashMap::new();
    for (subject, number) in Entity::find()
        .select_only()
        .columns([Column::Subject, Column::Shown])
        .filter(Column::Subject.is_in(by_subject.keys().map(String::as_str)))
        .filter(newest())
        .into_tuple::<(String, Option<i64>)>()
        .all(db)
        .await?
    {
        let number = number
            .map(|number| count(number, "a release"))
            .transpose()?;
        if let Some(of) = by_subject.get(&subject) {
            found.insert(*of, number.map_or(Shown::Hidden, Shown::Count));
        }
    }
    Ok(found)
}

/// Those of which there will be no more, with the version of what each was worked out from.
pub async fn complete(db: &impl ConnectionTrait) -> Result<HashMap<String, i64>, DbErr> {
    let found = Entity::find()
        .select_only()
        .columns([Column::Subject, Column::Version])
        .filter(Column::Complete.eq(true))
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// The last of each subject.
fn newest() -> Expr {
    let number: SelectStatement = Query::select()
        .expr(Expr::col(("other", Column::Number)).max())
        .from_as(Entity, "other")
        .and_where(Expr::col(("other", Column::Subject)).equals((Entity, Column::Subject)))
        .to_owned();
    Column::Number.in_subquery(number)
}

fn made(row: &Model) -> Result<Made, DbErr> {
    let of = format!("release {} of {}", row.number, row.subject);
    let people = |number| Ok::<_, DbErr>(People::counted(count(number, &of)?));
    Ok(Made {
        number: row.number,
        last: Last {
            on: stored(row.released_on.parse().ok(), &of, &row.released_on)?,
            counted: Counted {
                people: people(row.people)?,
                aside: people(row.aside)?,
            },
            complete: row.complete,
        },
        version: row.version,
    })
}

/// Writes a release. `shown` is how many people it says that it is of.
pub async fn insert<Cells: Serialize>(
    permitted: &impl Permitted,
    of: Of,
    made: Made,
    shown: Shown,
    cells: &Cells,
) -> Result<(), DbErr> {
    let cells = serde_json::to_string(cells).map_err(|why| DbErr::Json(why.to_string()))?;
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let Last {
        on,
        counted,
        complete,
    } = made.last;
    Entity::insert(ActiveModel {
        subject: Set(of.subject()),
        number: Set(made.number),
        released_on: Set(on.to_string()),
        people: Set(number(counted.people.to_keep())),
        aside: Set(number(counted.aside.to_keep())),
        complete: Set(complete),
        version: Set(made.version),
        shown: Set(shown.number().map(number)),
        cells: Set(cells),
    })
    .exec_without_returning(permitted.connection())
    .await
    .map(drop)
}
