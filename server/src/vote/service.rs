//! Casting a vote and adding a statement: one transaction each.

use domain::consultation::Consultation;
use domain::ids::StatementId;
use domain::vote::statement::{Vote, Votes, check_statement};
use entity::{statement, statement_vote, voter};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};

pub use domain::vote::statement::StatementRefused;

use crate::App;
use crate::http::Error;
use crate::secret;

/// What is stored of a voter's cookie in one consultation; cookies can't be joined across two.
pub fn token_hash(on: &Consultation, token: &str) -> String {
    secret::hash(&format!("{}/{token}", on.id))
}

/// Takes a vote, or replaces this voter's earlier one.
///
/// # Errors
/// Not found where the statement is not open to votes here; those of the database.
pub async fn cast(
    app: &App,
    on: &Consultation,
    token: &str,
    on_statement: StatementId,
    vote: Vote,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let known = statement::Entity::find_by_id(on_statement.0)
        .filter(statement::Column::ConsultationId.eq(on.id.0))
        .filter(statement::Column::State.eq("approved"))
        .count(&tx)
        .await?;
    if known == 0 {
        return Err(Error::NotFound);
    }
    let voter = voter_id(&tx, on, token, now).await?;
    record(&tx, voter, on_statement.0, vote).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts the vote in its row and the difference in the statement's counts.
async fn record(
    tx: &DatabaseTransaction,
    voter: i64,
    statement: i64,
    vote: Vote,
) -> Result<(), DbErr> {
    let old = statement_vote::Entity::find_by_id((voter, statement))
        .one(tx)
        .await?
        .and_then(|row| Vote::from_value(row.value));
    if old == Some(vote) {
        return Ok(());
    }
    statement_vote::Entity::insert(statement_vote::ActiveModel {
        voter_id: Set(voter),
        statement_id: Set(statement),
        value: Set(vote.value()),
    })
    .on_conflict(
        OnConflict::columns([
            statement_vote::Column::VoterId,
            statement_vote::Column::StatementId,
        ])
        .update_column(statement_vote::Column::Value)
        .to_owned(),
    )
    .exec_without_returning(tx)
    .await?;
    add(tx, statement, Votes::change(old, vote)).await
}

async fn add(tx: &DatabaseTransaction, id: i64, change: Votes) -> Result<(), DbErr> {
    use statement::Column::{Agrees, Disagrees, Passes};
    statement::Entity::update_many()
        .col_expr(Agrees, Expr::col(Agrees).add(change.agrees))
        .col_expr(Disagrees, Expr::col(Disagrees).add(change.disagrees))
        .col_expr(Passes, Expr::col(Passes).add(change.passes))
        .filter(statement::Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// The row of this voter in this consultation, made on the first vote. Locked on PostgreSQL, so
/// that two votes at once by one person come one after the other.
async fn voter_id(
    tx: &DatabaseTransaction,
    on: &Consultation,
    token: &str,
    now: Timestamp,
) -> Result<i64, DbErr> {
    let hash = token_hash(on, token);
    voter::Entity::insert(voter::ActiveModel {
        consultation_id: Set(on.id.0),
        token_hash: Set(hash.clone()),
        // A day, no finer: an order of arrival could tell who voted.
        joined_on: Set(now.to_string().get(..10).unwrap_or_default().to_owned()),
        ..Default::default()
    })
    .on_conflict(
        OnConflict::columns([voter::Column::ConsultationId, voter::Column::TokenHash])
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(tx)
    .await?;
    let find = voter::Entity::find()
        .filter(voter::Column::ConsultationId.eq(on.id.0))
        .filter(voter::Column::TokenHash.eq(hash))
        .lock_exclusive();
    find.one(tx)
        .await?
        .map(|row| row.id)
        .ok_or_else(|| DbErr::RecordNotFound("the voter just made".to_owned()))
}

/// Takes a resident's statement, held until a moderator approves it. The same key twice is once.
///
/// # Errors
/// The refusal inside, those of the database outside.
pub async fn add_statement(
    app: &App,
    on: &Consultation,
    token: &str,
    text: &str,
    key: &str,
    now: Timestamp,
) -> Result<Result<(), StatementRefused>, Error> {
    let tx = app.db.begin().await?;
    let voter = voter_id(&tx, on, token, now).await?;
    let waiting = statement::Entity::find()
        .filter(statement::Column::VoterId.eq(voter))
        .filter(statement::Column::State.eq("held"))
        .count(&tx)
        .await?;
    let key = secret::hash(&format!("{voter}/{key}"));
    let again = statement::Entity::find()
        .filter(statement::Column::IdempotencyKey.eq(&key))
        .count(&tx)
        .await?;
    if again > 0 {
        return Ok(Ok(()));
    }
    let text = match check_statement(text, waiting) {
        Ok(text) => text,
        Err(refused) => return Ok(Err(refused)),
    };
    statement::Entity::insert(statement::ActiveModel {
        consultation_id: Set(on.id.0),
        text: Set(text),
        source: Set("resident".to_owned()),
        state: Set("held".to_owned()),
        voter_id: Set(Some(voter)),
        idempotency_key: Set(Some(key)),
        agrees: Set(0),
        disagrees: Set(0),
        passes: Set(0),
        created_at: Set(now.as_millisecond()),
        ..Default::default()
    })
    .exec_without_returning(&tx)
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}
