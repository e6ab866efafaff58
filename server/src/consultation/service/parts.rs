//! Options, questions and statements of a draft.

use domain::account::Member;
use domain::consultation::policy::Act;
use domain::consultation::{Choices, QuestionKind};
use domain::ids::{ConsultationId, OptionId, QuestionId, StatementId};
use entity::{option, question, statement};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

use super::permitted;
use crate::App;
use crate::http::Error;
use crate::record::{audit, site};

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

/// Runs the work in a transaction of somebody who may edit, and records it.
macro_rules! editing {
    ($app:expr, $member:expr, $id:expr, $now:expr, $what:literal, |$tx:ident| $work:expr) => {{
        let $tx = $app.db.begin().await?;
        let on = permitted(&$tx, $member, $id, Act::Edit, $now).await?;
        let done = $work;
        audit::append(
            &$tx,
            $now,
            Some($member.person),
            "edit-draft",
            &on.slug,
            $what,
        )
        .await?;
        site::changed(&$tx).await?;
        $tx.commit().await?;
        Ok(done)
    }};
}

fn next(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX - 1) + 1
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
    editing!(app, member, id, now, "add option", |tx| {
        let count = option::Entity::find()
            .filter(option::Column::ConsultationId.eq(id.0))
            .count(&tx)
            .await?;
        option::ActiveModel {
            consultation_id: Set(id.0),
            position: Set(next(count)),
            title: Set(new.title.trim().to_owned()),
            description: Set(new.description.trim().to_owned()),
            do_nothing: Set(new.do_nothing),
            ..Default::default()
        }
        .insert(&tx)
        .await
        .map(drop)?
    })
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
    editing!(app, member, id, now, "remove option", |tx| {
        option::Entity::delete_many()
            .filter(option::Column::ConsultationId.eq(id.0))
            .filter(option::Column::Id.eq(which.0))
            .exec(&tx)
            .await
            .map(drop)?
    })
}

/// Adds a question at the end.
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
    editing!(app, member, id, now, "add question", |tx| {
        let count = question::Entity::find()
            .filter(question::Column::ConsultationId.eq(id.0))
            .count(&tx)
            .await?;
        let choices = serde_json::to_string(&new.choices).map_err(Error::unexpected)?;
        let row = question::ActiveModel {
            consultation_id: Set(id.0),
            position: Set(next(count)),
            page: Set(new.page.max(1)),
            kind: Set(new.kind.code().to_owned()),
            prompt: Set(new.prompt.trim().to_owned()),
            hint: Set(new.hint.trim().to_owned()),
            required: Set(new.required),
            published: Set(new.published),
            choices: Set(choices),
            ..Default::default()
        }
        .insert(&tx)
        .await?;
        QuestionId(row.id)
    })
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
    editing!(app, member, id, now, "remove question", |tx| {
        question::Entity::delete_many()
            .filter(question::Column::ConsultationId.eq(id.0))
            .filter(question::Column::Id.eq(which.0))
            .exec(&tx)
            .await
            .map(drop)?
    })
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
    editing!(app, member, id, now, "add statement", |tx| {
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
        .insert(&tx)
        .await
        .map(drop)?
    })
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
    editing!(app, member, id, now, "remove statement", |tx| {
        statement::Entity::delete_many()
            .filter(statement::Column::ConsultationId.eq(id.0))
            .filter(statement::Column::Source.eq("seed"))
            .filter(statement::Column::Id.eq(which.0))
            .exec(&tx)
            .await
            .map(drop)?
    })
}
