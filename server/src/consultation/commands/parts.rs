//! Options and statements of a draft.
//!
//! Invariant: the same thing sent twice is stored once, so that a double click adds nothing.

use domain::account::Member;
use domain::ids::{ConsultationId, OptionId, StatementId};
use entity::{option, statement};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect,
};

use crate::App;
use crate::consultation::commands::editing;
use crate::http::Error;

/// An option to add.
#[derive(Clone, Debug)]
pub struct NewOption {
    /// Its title.
    pub title: String,
    /// What it means.
    pub description: String,
    /// Whether it is to do nothing.
    pub do_nothing: bool,
}

async fn next_place(db: &impl ConnectionTrait, id: ConsultationId) -> Result<i32, DbErr> {
    let last: Option<Option<i32>> = option::Entity::find()
        .select_only()
        .column_as(option::Column::Position.max(), "last")
        .filter(option::Column::ConsultationId.eq(id.0))
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or(0).saturating_add(1))
}

/// Adds an option at the end.
///
/// # Errors
/// Permission, the database.
pub async fn add_option(
    app: &App,
    member: &Member,
    id: ConsultationId,
    new: NewOption,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    let (title, description) = (new.title.trim(), new.description.trim());
    let there = option::Entity::find()
        .filter(option::Column::ConsultationId.eq(id.0))
        .filter(option::Column::Title.eq(title))
        .filter(option::Column::Description.eq(description))
        .filter(option::Column::DoNothing.eq(new.do_nothing))
        .count(&draft.tx)
        .await?;
    if there == 0 {
        option::ActiveModel {
            consultation_id: Set(id.0),
            position: Set(next_place(&draft.tx, id).await?),
            title: Set(title.to_owned()),
            description: Set(description.to_owned()),
            do_nothing: Set(new.do_nothing),
            ..Default::default()
        }
        .insert(&draft.tx)
        .await?;
    }
    draft.done("add option").await
}

/// Changes an option; its place stays.
///
/// # Errors
/// Not found, permission, the database.
pub async fn change_option(
    app: &App,
    member: &Member,
    id: ConsultationId,
    which: OptionId,
    new: NewOption,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    let row = option::Entity::find_by_id(which.0)
        .filter(option::Column::ConsultationId.eq(id.0))
        .one(&draft.tx)
        .await?
        .ok_or(Error::NotFound)?;
    let mut row: option::ActiveModel = row.into();
    row.title = Set(new.title.trim().to_owned());
    row.description = Set(new.description.trim().to_owned());
    row.do_nothing = Set(new.do_nothing);
    row.update(&draft.tx).await?;
    draft.done("change option").await
}

/// Takes an option away.
///
/// # Errors
/// Permission, the database.
pub async fn remove_option(
    app: &App,
    member: &Member,
    id: ConsultationId,
    which: OptionId,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    option::Entity::delete_many()
        .filter(option::Column::ConsultationId.eq(id.0))
        .filter(option::Column::Id.eq(which.0))
        .exec(&draft.tx)
        .await?;
    draft.done("remove option").await
}

/// Adds a statement of the owner.
///
/// # Errors
/// Permission, the database.
pub async fn add_statement(
    app: &App,
    member: &Member,
    id: ConsultationId,
    text: String,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    let there = statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::Text.eq(&text))
        .count(&draft.tx)
        .await?;
    if there == 0 {
        statement::ActiveModel {
            consultation_id: Set(id.0),
            text: Set(text),
            source: Set("seed".to_owned()),
            state: Set("approved".to_owned()),
            agrees: Set(0),
            disagrees: Set(0),
            passes: Set(0),
            created_at: Set(now.as_millisecond()),
            ..Default::default()
        }
        .insert(&draft.tx)
        .await?;
    }
    draft.done("add statement").await
}

/// Takes a statement away.
///
/// # Errors
/// Permission, the database.
pub async fn remove_statement(
    app: &App,
    member: &Member,
    id: ConsultationId,
    which: StatementId,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    statement::Entity::delete_many()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::Source.eq("seed"))
        .filter(statement::Column::Id.eq(which.0))
        .exec(&draft.tx)
        .await?;
    draft.done("remove statement").await
}
