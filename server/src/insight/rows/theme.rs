//! Themes with their answers and promises.

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, ThemeId};
use domain::insight::read::Promises;
use domain::insight::{Outcome, Theme};
use domain::typed;
use entity::theme::{ActiveModel, Column, Entity, Model};
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::db::count;
use crate::granted::Granted;

/// What the version of a theme is kept under.
pub fn subject(id: ThemeId) -> String {
    format!("theme/{id}")
}

fn read(row: Model) -> Result<Theme, DbErr> {
    let unknown = |what: &str| DbErr::Custom(format!("theme {}: {what}", row.id));
    let outcome = match row.outcome.as_str() {
        "" => None,
        code => Some(Outcome::from_code(code).ok_or_else(|| unknown("outcome"))?),
    };
    let promise_due = match row.promise_due_on.as_deref() {
        None => None,
        Some(day) => Some(day.parse::<Date>().map_err(|_| unknown("promise_due_on"))?),
    };
    Ok(Theme {
        id: Some(ThemeId(row.id)),
        title: row.title,
        we_asked: row.we_asked,
        you_said: row.you_said,
        outcome,
        we_did: row.we_did,
        because: row.because,
        promise: row.promise.unwrap_or_default(),
        promise_due,
        kept: row.promise_kept_at.is_some(),
    })
}

fn one(granted: &Granted<'_, Consultation>, id: ThemeId) -> Select<Entity> {
    Entity::find_by_id(id.0).filter(Column::ConsultationId.eq(granted.root().id.0))
}

/// The themes of a consultation in their order.
///
/// # Errors
/// An outcome or a day that is none.
pub async fn of(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<Theme>, DbErr> {
    Entity::find()
        .filter(Column::ConsultationId.eq(id.0))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// A theme of this consultation.
///
/// # Errors
/// An outcome or a day that is none.
pub async fn theme(
    granted: &Granted<'_, Consultation>,
    id: ThemeId,
) -> Result<Option<Theme>, DbErr> {
    one(granted, id)
        .one(granted.tx())
        .await?
        .map(read)
        .transpose()
}

fn says(theme: &Theme) -> ActiveModel {
    let text = |s: &str| Set(typed::trimmed(s).to_owned());
    let promise = typed::trimmed(&theme.promise);
    ActiveModel {
        title: text(&theme.title),
        we_asked: text(&theme.we_asked),
        you_said: text(&theme.you_said),
        outcome: Set(theme
            .outcome
            .map(Outcome::code)
            .unwrap_or_default()
            .to_owned()),
        we_did: text(&theme.we_did),
        because: text(&theme.because),
        promise: Set((!promise.is_empty()).then(|| promise.to_owned())),
        promise_due_on: Set(theme.promise_due.map(|day| day.to_string())),
        ..Default::default()
    }
}

/// Adds a theme after the others.
pub async fn insert(granted: &Granted<'_, Consultation>, theme: &Theme) -> Result<ThemeId, DbErr> {
    let consultation = granted.root().id.0;
    let last: Option<Option<i32>> = Entity::find()
        .filter(Column::ConsultationId.eq(consultation))
        .select_only()
        .column_as(Column::Position.max(), "last")
        .into_tuple()
        .one(granted.tx())
        .await?;
    let row = ActiveModel {
        consultation_id: Set(consultation),
        position: Set(last.flatten().unwrap_or(0).saturating_add(1)),
        ..says(theme)
    };
    Ok(ThemeId(row.insert(granted.tx()).await?.id))
}

/// Replaces what a theme says. Whether its promise is kept stays as it is.
pub async fn update(
    granted: &Granted<'_, Consultation>,
    id: ThemeId,
    theme: &Theme,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(id.0),
        ..says(theme)
    };
    row.update(granted.tx()).await.map(drop)
}

/// Removes a theme.
pub async fn delete(granted: &Granted<'_, Consultation>, id: ThemeId) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::ConsultationId.eq(granted.root().id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Says that the promise of a theme is kept. False where it has none, or it was kept before.
pub async fn keep_promise(granted: &Granted<'_, Consultation>, id: ThemeId) -> Result<bool, DbErr> {
    let kept = Entity::update_many()
        .col_expr(
            Column::PromiseKeptAt,
            Expr::value(granted.now().as_millisecond()),
        )
        .filter(Column::Id.eq(id.0))
        .filter(Column::ConsultationId.eq(granted.root().id.0))
        .filter(Column::Promise.is_not_null())
        .filter(Column::PromiseKeptAt.is_null())
        .exec(granted.tx())
        .await?;
    Ok(kept.rows_affected > 0)
}

/// Promises made, due and kept on this day, by consultation.
pub async fn promises(
    db: &impl ConnectionTrait,
    today: Date,
) -> Result<HashMap<ConsultationId, Promises>, DbErr> {
    let is_due = Condition::any()
        .add(Column::PromiseKeptAt.is_not_null())
        .add(Column::PromiseDueOn.lt(today.to_string()));
    let due = Func::count(Expr::case(is_due, Expr::col(Column::Id)));
    Entity::find()
        .filter(Column::Promise.is_not_null())
        .select_only()
        .column(Column::ConsultationId)
        .column_as(Column::Id.count(), "made")
        .column_as(Expr::from(due), "due")
        .column_as(Column::PromiseKeptAt.count(), "kept")
        .group_by(Column::ConsultationId)
        .into_tuple::<(i64, i64, i64, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, made, due, kept)| {
            let promises = Promises {
                made: count(made, "promises")?,
                due: count(due, "promises that are due")?,
                kept: count(kept, "promises that were kept")?,
            };
            Ok((ConsultationId(id), promises))
        })
        .collect()
}
