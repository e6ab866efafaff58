//! Decisions of moderators, each kept with its reason.

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::PersonId;
use domain::moderation::{Decision, Reason, SubjectKind};
use entity::moderation_decision::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};

use crate::granted::Granted;

/// What the version of a moderated text is kept under.
pub fn subject(kind: SubjectKind, id: i64) -> String {
    format!("{}/{id}", kind.code())
}

/// Keeps a decision with whoever took it.
pub async fn insert(
    granted: &Granted<'_, Consultation>,
    by: PersonId,
    kind: SubjectKind,
    id: i64,
    decision: Decision,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        subject_kind: Set(kind.code().to_owned()),
        subject_id: Set(id),
        decision: Set(decision.word().to_owned()),
        reason_code: Set(decision.reason().map(|reason| reason.code().to_owned())),
        note: Set(String::new()),
        person_id: Set(by.0),
        at: Set(granted.now().as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(granted.tx())
    .await
    .map(drop)
}

/// The reason of the latest rejection of each of these texts.
///
/// # Errors
/// A reason that is none.
pub async fn latest_reasons(
    db: &impl ConnectionTrait,
    kind: SubjectKind,
    ids: Vec<i64>,
) -> Result<HashMap<i64, Reason>, DbErr> {
    let mut latest = HashMap::new();
    for row in Entity::find()
        .filter(Column::SubjectKind.eq(kind.code()))
        .filter(Column::SubjectId.is_in(ids))
        .filter(Column::ReasonCode.is_not_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?
    {
        let code = row.reason_code.unwrap_or_default();
        let reason = Reason::from_code(&code).ok_or_else(|| {
            DbErr::Custom(format!("moderation_act {}: reason_code {code}", row.id))
        })?;
        latest.insert(row.subject_id, reason);
    }
    Ok(latest)
}
