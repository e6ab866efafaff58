//! The questionnaire of a draft.
//!
//! Invariant: the same question sent twice is stored once, so that a double click adds nothing.

use domain::account::Member;
use domain::consultation::{Choices, QuestionKind};
use domain::ids::{ConsultationId, QuestionId};
use entity::question;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QuerySelect,
};

use crate::App;
use crate::consultation::commands::editing;
use crate::http::Error;

/// A question to add.
#[derive(Clone, Debug)]
pub struct NewQuestion {
    /// Its page, from 1.
    pub page: i32,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub prompt: String,
    /// Help.
    pub hint: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether free text may be published after moderation.
    pub published: bool,
    /// Its choices or its scale.
    pub choices: Choices,
}

impl NewQuestion {
    fn row(&self) -> Result<question::ActiveModel, Error> {
        Ok(question::ActiveModel {
            page: Set(self.page.max(1)),
            kind: Set(self.kind.code().to_owned()),
            prompt: Set(self.prompt.trim().to_owned()),
            hint: Set(self.hint.trim().to_owned()),
            required: Set(self.required),
            published: Set(self.published),
            choices: Set(serde_json::to_string(&self.choices).map_err(Error::unexpected)?),
            ..Default::default()
        })
    }
}

async fn next_place(db: &impl ConnectionTrait, id: ConsultationId) -> Result<i32, DbErr> {
    let last: Option<Option<i32>> = question::Entity::find()
        .select_only()
        .column_as(question::Column::Position.max(), "last")
        .filter(question::Column::ConsultationId.eq(id.0))
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or(0).saturating_add(1))
}

/// Adds a question at the end of its page.
///
/// # Errors
/// Permission, the database.
pub async fn add_question(
    app: &App,
    member: &Member,
    id: ConsultationId,
    new: NewQuestion,
    now: Timestamp,
) -> Result<QuestionId, Error> {
    let draft = editing(app, member, id, now).await?;
    let mut row = new.row()?;
    let there = question::Entity::find()
        .filter(question::Column::ConsultationId.eq(id.0))
        .filter(question::Column::Page.eq(new.page.max(1)))
        .filter(question::Column::Kind.eq(new.kind.code()))
        .filter(question::Column::Prompt.eq(new.prompt.trim()))
        .one(&draft.tx)
        .await?;
    let question = match there {
        Some(there) => there.id,
        None => {
            row.consultation_id = Set(id.0);
            row.position = Set(next_place(&draft.tx, id).await?);
            row.insert(&draft.tx).await?.id
        }
    };
    draft.done("add question").await?;
    Ok(QuestionId(question))
}

/// Changes a question; its place on the page stays.
///
/// # Errors
/// Not found, permission, the database.
pub async fn change_question(
    app: &App,
    member: &Member,
    id: ConsultationId,
    which: QuestionId,
    new: NewQuestion,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    question::Entity::find_by_id(which.0)
        .filter(question::Column::ConsultationId.eq(id.0))
        .one(&draft.tx)
        .await?
        .ok_or(Error::NotFound)?;
    let mut row = new.row()?;
    row.id = Set(which.0);
    row.update(&draft.tx).await?;
    draft.done("change question").await
}

/// Takes a question away.
///
/// # Errors
/// Permission, the database.
pub async fn remove_question(
    app: &App,
    member: &Member,
    id: ConsultationId,
    which: QuestionId,
    now: Timestamp,
) -> Result<(), Error> {
    let draft = editing(app, member, id, now).await?;
    question::Entity::delete_many()
        .filter(question::Column::ConsultationId.eq(id.0))
        .filter(question::Column::Id.eq(which.0))
        .exec(&draft.tx)
        .await?;
    draft.done("remove question").await
}
