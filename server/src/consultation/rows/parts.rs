//! Options and questions of a draft as they are written.
//!
//! Invariant: a new one takes the place behind the last, read behind the lock of the draft, so no two
//! share a place.

use domain::consultation::Consultation;
use domain::consultation::draft::{NewOption, NewQuestion};
use domain::ids::{ConsultationId, OptionId, QuestionId};
use entity::{option, question};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QuerySelect,
};

use crate::error::Fault;
use crate::granted::Granted;

/// Stores an option behind the last one.
pub async fn insert_option(
    draft: &Granted<'_, Consultation>,
    new: NewOption,
) -> Result<OptionId, DbErr> {
    let last: Option<Option<i32>> = option::Entity::find()
        .select_only()
        .column_as(option::Column::Position.max(), "last")
        .filter(option::Column::ConsultationId.eq(draft.root().id.0))
        .into_tuple()
        .one(draft.tx())
        .await?;
    let row = option::ActiveModel {
        consultation_id: Set(draft.root().id.0),
        position: Set(last.flatten().unwrap_or(0).saturating_add(1)),
        title: Set(new.title),
        description: Set(new.description),
        do_nothing: Set(new.do_nothing),
        ..Default::default()
    };
    Ok(OptionId(row.insert(draft.tx()).await?.id))
}

/// Whether this draft has this option.
pub async fn has_option(draft: &Granted<'_, Consultation>, which: OptionId) -> Result<bool, DbErr> {
    Ok(option::Entity::find_by_id(which.0)
        .filter(option::Column::ConsultationId.eq(draft.root().id.0))
        .one(draft.tx())
        .await?
        .is_some())
}

/// Writes an option of this draft; its place stays.
pub async fn set_option(
    draft: &Granted<'_, Consultation>,
    which: OptionId,
    new: NewOption,
) -> Result<(), DbErr> {
    option::Entity::update_many()
        .set(option::ActiveModel {
            title: Set(new.title),
            description: Set(new.description),
            do_nothing: Set(new.do_nothing),
            ..Default::default()
        })
        .filter(option::Column::ConsultationId.eq(draft.root().id.0))
        .filter(option::Column::Id.eq(which.0))
        .exec(draft.tx())
        .await
        .map(drop)
}

/// The options of a consultation, in no order.
pub async fn option_ids(
    db: &impl ConnectionTrait,
    of: ConsultationId,
) -> Result<Vec<OptionId>, DbErr> {
    let ids: Vec<i64> = option::Entity::find()
        .select_only()
        .column(option::Column::Id)
        .filter(option::Column::ConsultationId.eq(of.0))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(OptionId).collect())
}

/// Takes an option of this draft away; whether it was there.
pub async fn delete_option(
    draft: &Granted<'_, Consultation>,
    which: OptionId,
) -> Result<bool, DbErr> {
    Ok(option::Entity::delete_many()
        .filter(option::Column::ConsultationId.eq(draft.root().id.0))
        .filter(option::Column::Id.eq(which.0))
        .exec(draft.tx())
        .await?
        .rows_affected
        > 0)
}

fn question_row(new: NewQuestion) -> Result<question::ActiveModel, Fault> {
    Ok(question::ActiveModel {
        page: Set(new.page),
        kind: Set(new.kind.code().to_owned()),
        choices: Set(serde_json::to_string(&new.choices)?),
        prompt: Set(new.prompt),
        hint: Set(new.hint),
        required: Set(new.required),
        published: Set(new.published),
        ..Default::default()
    })
}

/// Stores a question behind the last one.
///
/// # Errors
/// Choices that can't be written.
pub async fn insert_question(
    draft: &Granted<'_, Consultation>,
    new: NewQuestion,
) -> Result<QuestionId, Fault> {
    let last: Option<Option<i32>> = question::Entity::find()
        .select_only()
        .column_as(question::Column::Position.max(), "last")
        .filter(question::Column::ConsultationId.eq(draft.root().id.0))
        .into_tuple()
        .one(draft.tx())
        .await?;
    let row = question::ActiveModel {
        consultation_id: Set(draft.root().id.0),
        position: Set(last.flatten().unwrap_or(0).saturating_add(1)),
        ..question_row(new)?
    };
    Ok(QuestionId(row.insert(draft.tx()).await?.id))
}

/// Whether this draft has this question.
pub async fn has_question(
    draft: &Granted<'_, Consultation>,
    which: QuestionId,
) -> Result<bool, DbErr> {
    Ok(question::Entity::find_by_id(which.0)
        .filter(question::Column::ConsultationId.eq(draft.root().id.0))
        .one(draft.tx())
        .await?
        .is_some())
}

/// Writes a question of this draft; its place stays.
///
/// # Errors
/// Choices that can't be written.
pub async fn set_question(
    draft: &Granted<'_, Consultation>,
    which: QuestionId,
    new: NewQuestion,
) -> Result<(), Fault> {
    question::Entity::update_many()
        .set(question_row(new)?)
        .filter(question::Column::ConsultationId.eq(draft.root().id.0))
        .filter(question::Column::Id.eq(which.0))
        .exec(draft.tx())
        .await?;
    Ok(())
}

/// The questions of a consultation, in no order.
pub async fn question_ids(
    db: &impl ConnectionTrait,
    of: ConsultationId,
) -> Result<Vec<QuestionId>, DbErr> {
    let ids: Vec<i64> = question::Entity::find()
        .select_only()
        .column(question::Column::Id)
        .filter(question::Column::ConsultationId.eq(of.0))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(QuestionId).collect())
}

/// Takes a question of this draft away; whether it was there.
pub async fn delete_question(
    draft: &Granted<'_, Consultation>,
    which: QuestionId,
) -> Result<bool, DbErr> {
    Ok(question::Entity::delete_many()
        .filter(question::Column::ConsultationId.eq(draft.root().id.0))
        .filter(question::Column::Id.eq(which.0))
        .exec(draft.tx())
        .await?
        .rows_affected
        > 0)
}
