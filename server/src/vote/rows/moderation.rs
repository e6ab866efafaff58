//! Statements as moderators and open data see them, and where they stand.
//!
//! Invariant: whatever changes what may be voted on says so to the analysis, in one transaction.

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use domain::moderation::{Reason, State};
use entity::statement;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::opinion;
use super::statements::forget_author;
use crate::db::moment;
use crate::granted::Granted;

/// A statement in moderation.
#[derive(Clone, Debug)]
pub struct ModeratedStatement {
    /// Which one.
    pub id: StatementId,
    /// Whose consultation it belongs to.
    pub consultation: ConsultationId,
    /// What was written.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// Why it was rejected, if it was.
    pub reason: Option<Reason>,
}

fn read(row: statement::Model) -> Result<ModeratedStatement, DbErr> {
    let unknown = |what: &str| DbErr::Custom(format!("statement {}: {what}", row.id));
    Ok(ModeratedStatement {
        id: StatementId(row.id),
        consultation: ConsultationId(row.consultation_id),
        state: State::from_code(&row.state).ok_or_else(|| unknown("state"))?,
        reason: row
            .reason_code
            .as_deref()
            .map(|code| Reason::from_code(code).ok_or_else(|| unknown("reason_code")))
            .transpose()?,
        text: row.text,
    })
}

/// One statement that a resident sent.
///
/// # Errors
/// A state or reason that is none.
pub async fn statement(
    db: &impl ConnectionTrait,
    id: StatementId,
) -> Result<Option<ModeratedStatement>, DbErr> {
    statement::Entity::find_by_id(id.0)
        .filter(statement::Column::Source.eq("resident"))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

fn sent_to(of: &[ConsultationId], state: State) -> Select<statement::Entity> {
    statement::Entity::find()
        .filter(statement::Column::ConsultationId.is_in(of.iter().map(|id| id.0)))
        .filter(statement::Column::Source.eq("resident"))
        .filter(statement::Column::State.eq(state.code()))
}

/// How many statements of residents are in this state.
pub async fn count(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
    state: State,
) -> Result<u64, DbErr> {
    sent_to(of, state).count(db).await
}

/// Some of the statements of residents in this state, those of the oldest day first.
///
/// # Errors
/// A state or reason that is none.
pub async fn statements(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
    state: State,
    offset: u64,
    most: u64,
) -> Result<Vec<ModeratedStatement>, DbErr> {
    sent_to(of, state)
        .order_by_asc(statement::Column::CreatedAt)
        .order_by_asc(statement::Column::Id)
        .offset(offset)
        .limit(most)
        .all(db)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// Moves a statement to another state; the groups of opinion are then worked out again.
pub async fn move_statement(
    granted: &Granted<'_, Consultation>,
    id: StatementId,
    to: State,
    reason: Option<Reason>,
) -> Result<(), DbErr> {
    statement::Entity::update_many()
        .col_expr(statement::Column::State, Expr::value(to.code()))
        .col_expr(
            statement::Column::ReasonCode,
            Expr::value(reason.map(Reason::code)),
        )
        .filter(statement::Column::Id.eq(id.0))
        .exec(granted.tx())
        .await?;
    if to != State::Held {
        forget_author(granted, id).await?;
    }
    opinion::changed(granted).await
}

/// An approved statement, as open data has it.
#[derive(Clone, Debug)]
pub struct PublicStatement {
    /// Which one.
    pub id: StatementId,
    /// What it says.
    pub text: String,
    /// Whether it was there from the start, rather than sent by a resident.
    pub from_the_start: bool,
    /// When it was made.
    pub made: Timestamp,
}

/// Every approved statement of a consultation by its number.
pub async fn public(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<PublicStatement>, DbErr> {
    statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq(State::Approved.code()))
        .order_by_asc(statement::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(PublicStatement {
                id: StatementId(row.id),
                text: row.text,
                from_the_start: row.source == "seed",
                made: moment(row.created_at)?,
            })
        })
        .collect()
}
