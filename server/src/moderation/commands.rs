//! Taking a decision on one text.

use domain::account::Member;
use domain::consultation::policy::{Permission, may};
use domain::ids::ConsultationId;
use domain::moderation::{Decision, SubjectKind};
use domain::response::tally::TEXT;
use entity::{answer, moderation_decision, response, statement};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
};

use crate::App;
use crate::consultation::rows::by_id;
use crate::http::Error;
use crate::record::{audit, site, tally};

/// Records the decision and moves the text to its new state.
///
/// # Errors
/// Not found where there is no such text or the moderator's teams do not hold it.
pub async fn decide(
    app: &App,
    member: &Member,
    kind: SubjectKind,
    id: i64,
    decision: Decision,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let consultation = consultation_of(&tx, kind, id)
        .await?
        .ok_or(Error::NotFound)?;
    let on = by_id(&tx, consultation).await?.ok_or(Error::NotFound)?;
    let actor = domain::account::Actor::Member(member.clone());
    may(&actor, Permission::Moderate, &on.context(now))?;
    let state = decision.state().code();
    let reason = decision.reason().map(|reason| reason.code().to_owned());
    match kind {
        SubjectKind::Statement => {
            statement::Entity::update_many()
                .col_expr(statement::Column::State, Expr::value(state))
                .col_expr(statement::Column::ReasonCode, Expr::value(reason.clone()))
                .filter(statement::Column::Id.eq(id))
                .exec(&tx)
                .await?;
            crate::vote::commands::statements_changed(&tx, consultation).await?;
        }
        SubjectKind::Answer => {
            let row = answer::Entity::find_by_id(id)
                .lock_exclusive()
                .one(&tx)
                .await?
                .ok_or(Error::NotFound)?;
            let on = (consultation.0, row.question_id);
            tally::shift(&tx, on, TEXT, &row.text_state, state).await?;
            answer::Entity::update_many()
                .col_expr(answer::Column::TextState, Expr::value(state))
                .filter(answer::Column::Id.eq(id))
                .exec(&tx)
                .await?;
        }
    }
    moderation_decision::Entity::insert(moderation_decision::ActiveModel {
        subject_kind: Set(kind.code().to_owned()),
        subject_id: Set(id),
        decision: Set(decision.word().to_owned()),
        reason_code: Set(reason.clone()),
        note: Set(String::new()),
        person_id: Set(member.person.0),
        at: Set(now.as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(&tx)
    .await?;
    audit::append(
        &tx,
        now,
        Some(member.person),
        &format!("moderate-{}", decision.word()),
        &format!("{}/{id}", kind.code()),
        &reason.unwrap_or_default(),
    )
    .await?;
    site::changed(&tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn consultation_of(
    db: &impl ConnectionTrait,
    kind: SubjectKind,
    id: i64,
) -> Result<Option<ConsultationId>, DbErr> {
    Ok(match kind {
        SubjectKind::Statement => statement::Entity::find_by_id(id)
            .one(db)
            .await?
            .map(|row| ConsultationId(row.consultation_id)),
        SubjectKind::Answer => answer::Entity::find_by_id(id)
            .find_also_related(response::Entity)
            .one(db)
            .await?
            .and_then(|(answer, response)| answer.text.and(response))
            .map(|response| ConsultationId(response.consultation_id)),
    })
}
