//! PendingVote a vote and adding a statement: durable when they return, many to a commit.

pub mod import_polis;
pub mod set_aside;
pub mod vote_writer;

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use domain::vote::statement::{Vote, check_statement};
use entity::{opinion, statement, voter};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect,
};

pub use domain::vote::statement::StatementRefused;

use crate::App;
use crate::http::Error;
use crate::secret;
use crate::vote::commands::vote_writer::{PendingVote, Source, lock};
use crate::vote::queries::routing;

/// What is stored of a voter's cookie in one consultation; cookies can't be joined across two.
pub fn token_hash(on: &Consultation, token: &str) -> String {
    secret::hash(&format!("{}/{token}", on.id))
}

/// Takes a vote, or replaces this voter's earlier one.
///
/// # Errors
/// Not found where the statement is not open to votes here; unavailable where nothing can be
/// written.
pub async fn cast(
    app: &App,
    on: &Consultation,
    token: &str,
    on_statement: StatementId,
    vote: Vote,
    now: Timestamp,
) -> Result<(), Error> {
    cast_from(app, on, token, (on_statement, vote), None, now).await
}

/// The same, with where a new voter comes from.
///
/// # Errors
/// As [`cast`].
pub async fn cast_from(
    app: &App,
    on: &Consultation,
    token: &str,
    (on_statement, vote): (StatementId, Vote),
    from: Option<Source>,
    now: Timestamp,
) -> Result<(), Error> {
    let vote = PendingVote {
        consultation: on.id.0,
        token_hash: token_hash(on, token),
        statement: on_statement.0,
        vote,
        day: day(now),
        from,
        routing: (routing::seed(&app.config.secret, on.id), routing::RULE),
    };
    if app.votes.write(vote).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// A day, no finer: an order of arrival could tell who voted.
fn day(now: Timestamp) -> String {
    now.to_string().get(..10).unwrap_or_default().to_owned()
}

/// Says that what may be voted on in a consultation has changed, inside the transaction that
/// changes it, so that its opinion groups are found again.
///
/// # Errors
/// Those of the database.
pub async fn statements_changed(
    tx: &impl ConnectionTrait,
    consultation: ConsultationId,
) -> Result<(), DbErr> {
    opinion::Entity::update_many()
        .col_expr(
            opinion::Column::Version,
            Expr::col(opinion::Column::Version).add(1_i64),
        )
        .filter(opinion::Column::ConsultationId.eq(consultation.0))
        .exec(tx)
        .await
        .map(drop)
}

/// The row of this voter in this consultation, made on the first vote. Locked on PostgreSQL, so
/// that two votes at once by one person come one after the other.
async fn voter_id(
    tx: &DatabaseTransaction,
    consultation: i64,
    hash: &str,
    day: String,
) -> Result<i64, DbErr> {
    voter::Entity::insert(voter::ActiveModel {
        consultation_id: Set(consultation),
        token_hash: Set(hash.to_owned()),
        joined_on: Set(day),
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
        .filter(voter::Column::ConsultationId.eq(consultation))
        .filter(voter::Column::TokenHash.eq(hash))
        .lock_exclusive();
    find.one(tx)
        .await?
        .map(|row| row.id)
        .ok_or_else(|| DbErr::RecordNotFound("the voter just made".to_owned()))
}

/// Whether these words could be taken as a statement.
pub fn words_are_fine(text: &str) -> bool {
    check_statement(text, 0).is_ok()
}

/// Takes a resident's statement, held until a moderator approves it. The same key twice is once.
///
/// # Errors
/// The refusal inside; unavailable where nothing can be written.
pub async fn add_statement(
    app: &App,
    on: &Consultation,
    token: &str,
    text: &str,
    key: &str,
    now: Timestamp,
) -> Result<Result<(), StatementRefused>, Error> {
    // What is wrong with the words alone needs no transaction.
    if let Err(refused) = check_statement(text, 0) {
        return Ok(Err(refused));
    }
    let consultation = on.id.0;
    let hash = token_hash(on, token);
    let (text, key) = (text.to_owned(), key.to_owned());
    let written = app.writer.write(move |tx| {
        let (hash, text, key) = (hash.clone(), text.clone(), key.clone());
        Box::pin(async move {
            lock(tx).await?;
            let voter = voter_id(tx, consultation, &hash, day(now)).await?;
            let key = secret::hash(&format!("{voter}/{key}"));
            let again = statement::Entity::find()
                .filter(statement::Column::IdempotencyKey.eq(&key))
                .count(tx)
                .await?;
            if again > 0 {
                return Ok(Ok(()));
            }
            let waiting = statement::Entity::find()
                .filter(statement::Column::VoterId.eq(voter))
                .filter(statement::Column::State.eq("held"))
                .count(tx)
                .await?;
            let text = match check_statement(&text, waiting) {
                Ok(text) => text,
                Err(refused) => return Ok(Err(refused)),
            };
            insert_statement(tx, consultation, voter, text, key, now).await?;
            Ok(Ok(()))
        })
    });
    Ok(written.await?)
}

async fn insert_statement(
    tx: &DatabaseTransaction,
    consultation: i64,
    voter: i64,
    text: String,
    key: String,
    now: Timestamp,
) -> Result<(), DbErr> {
    statement::Entity::insert(statement::ActiveModel {
        consultation_id: Set(consultation),
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
    .exec_without_returning(tx)
    .await
    .map(drop)
}
