//! What came of a consultation: when its answers were published, and the decision.
//!
//! Invariant: each is written once, by whoever the policy permits behind the lock. Deliberately not
//! here: the themes, which are insight's.

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, PersonId};
use entity::consultation::{Column, Entity};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::db::moment;
use crate::granted::Granted;

/// A decision as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedDecision {
    /// Who recorded it; nobody for what was imported.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// Its words in Markdown.
    pub words: String,
    /// When the equality impact assessment was finished.
    pub equality_assessed: Option<Date>,
}

/// Says that the answers are published from now on.
pub async fn publish_answers(granted: &Granted<'_, Consultation>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(
            Column::AnsweredAt,
            Expr::value(granted.now().as_millisecond()),
        )
        .filter(Column::Id.eq(granted.root().id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Keeps the decision.
pub async fn record_decision(
    granted: &Granted<'_, Consultation>,
    words: &str,
    equality_assessed: Option<Date>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(
            Column::DecidedAt,
            Expr::value(granted.now().as_millisecond()),
        )
        .col_expr(
            Column::DecidedBy,
            Expr::value(granted.by().map(|person| person.0)),
        )
        .col_expr(Column::Decision, Expr::value(words))
        .col_expr(
            Column::EqualityAssessedOn,
            Expr::value(equality_assessed.map(|day| day.to_string())),
        )
        .filter(Column::Id.eq(granted.root().id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// The decision, once there is one.
///
/// # Errors
/// A stored day that is none.
pub async fn recorded_decision(
    db: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<RecordedDecision>, DbErr> {
    let row = Entity::find().filter(Column::Slug.eq(slug)).one(db).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let Some(at) = row.decided_at else {
        return Ok(None);
    };
    let equality_assessed = match &row.equality_assessed_on {
        Some(day) => Some(day.parse::<Date>().map_err(|why| {
            DbErr::Custom(format!(
                "consultation {}: equality_assessed_on: {why}",
                row.id
            ))
        })?),
        None => None,
    };
    Ok(Some(RecordedDecision {
        by: row.decided_by.map(PersonId),
        at: moment(at)?,
        words: row.decision.unwrap_or_default(),
        equality_assessed,
    }))
}

/// The decision's words, once there are any.
pub async fn decision(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Option<String>, DbErr> {
    Ok(Entity::find_by_id(id.0)
        .one(db)
        .await?
        .and_then(|row| row.decision))
}

/// Where its data comes from, if it was imported.
pub async fn attribution(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Option<String>, DbErr> {
    Ok(Entity::find_by_id(id.0)
        .one(db)
        .await?
        .and_then(|row| row.attribution))
}
