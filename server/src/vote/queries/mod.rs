//! Reads of statements and votes.

pub mod matrix;
pub mod opinion;
pub mod routing;

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use domain::vote::opinion::{self as rules, Weighed};
use domain::vote::read::{StatementResult, StatementView, VoteView};
use domain::vote::statement::{Vote, Votes};
use entity::{statement, statement_vote, voter};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use crate::vote::commands::token_hash;

/// The voting page of this voter; `asked` is a statement they want to look at again. `routing` has
/// the priorities last worked out and the seed of the consultation.
///
/// # Errors
/// Those of the database.
pub async fn page(
    db: &impl ConnectionTrait,
    on: &Consultation,
    token: &str,
    asked: Option<StatementId>,
    routing: (&[Weighed], i64),
) -> Result<VoteView, DbErr> {
    let (weighed, seed) = routing;
    let hash = token_hash(on, token);
    let statements = approved(db, on.id).await?;
    let voter = voter::Entity::find()
        .filter(voter::Column::ConsultationId.eq(on.id.0))
        .filter(voter::Column::TokenHash.eq(&hash))
        .one(db)
        .await?
        .map(|row| row.id);
    let mut votes: HashMap<i64, Vote> = HashMap::new();
    let mut waiting = 0;
    if let Some(voter) = voter {
        votes = statement_vote::Entity::find()
            .filter(statement_vote::Column::VoterId.eq(voter))
            .all(db)
            .await?
            .into_iter()
            .filter_map(|row| Some((row.statement_id, Vote::from_value(row.value)?)))
            .collect();
        waiting = statement::Entity::find()
            .filter(statement::Column::VoterId.eq(voter))
            .filter(statement::Column::State.eq("held"))
            .count(db)
            .await?;
    }
    let all = statements.len();
    let seen: Vec<i64> = votes.keys().copied().collect();
    let drawn = routing::choose(&statements, weighed, &seen, seed, &hash);
    let show = |row: &statement::Model| StatementView {
        id: StatementId(row.id),
        text: row.text.clone(),
        vote: votes.get(&row.id).copied(),
    };
    let current = asked
        .and_then(|id| statements.iter().find(|s| s.id == id.0))
        .or(drawn)
        .map(show);
    let voted = statements
        .iter()
        .filter(|s| votes.contains_key(&s.id))
        .map(show)
        .collect();
    Ok(VoteView {
        slug: on.slug.clone(),
        title: on.title.clone(),
        closes: String::new(),
        current,
        all,
        voted,
        may_add: on.statements_open,
        waiting,
        key: String::new(),
    })
}

/// The most statements that are offered before one's own is sent.
const MOST_ALIKE: usize = 3;

/// Approved statements that say nearly the same as `text`, the nearest first, with this voter's
/// votes.
///
/// # Errors
/// Those of the database.
pub async fn alike(
    db: &impl ConnectionTrait,
    on: &Consultation,
    token: &str,
    text: &str,
) -> Result<Vec<StatementView>, DbErr> {
    let statements = approved(db, on.id).await?;
    let near = rules::alike(
        text,
        statements.iter().map(|row| (row.id, row.text.as_str())),
    );
    let near: Vec<i64> = near
        .into_iter()
        .take(MOST_ALIKE)
        .map(|one| one.statement)
        .collect();
    if near.is_empty() {
        return Ok(Vec::new());
    }
    let votes: HashMap<i64, Vote> = statement_vote::Entity::find()
        .inner_join(voter::Entity)
        .filter(voter::Column::ConsultationId.eq(on.id.0))
        .filter(voter::Column::TokenHash.eq(token_hash(on, token)))
        .filter(statement_vote::Column::StatementId.is_in(near.clone()))
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| Some((row.statement_id, Vote::from_value(row.value)?)))
        .collect();
    Ok(near
        .into_iter()
        .filter_map(|id| statements.iter().find(|row| row.id == id))
        .map(|row| StatementView {
            id: StatementId(row.id),
            text: row.text.clone(),
            vote: votes.get(&row.id).copied(),
        })
        .collect())
}

async fn approved(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<statement::Model>, DbErr> {
    statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq("approved"))
        .order_by_asc(statement::Column::Id)
        .all(db)
        .await
}

/// How many statements are open to votes.
///
/// # Errors
/// Those of the database.
pub async fn count(db: &impl ConnectionTrait, id: ConsultationId) -> Result<u64, DbErr> {
    statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq("approved"))
        .count(db)
        .await
}

/// How many people voted.
///
/// # Errors
/// Those of the database.
pub async fn voters(db: &impl ConnectionTrait, id: ConsultationId) -> Result<u64, DbErr> {
    voter::Entity::find()
        .filter(voter::Column::ConsultationId.eq(id.0))
        .count(db)
        .await
}

/// Approved statements with their counts, most agreed first (by share of those who agree or
/// disagree, then by votes).
///
/// # Errors
/// Those of the database.
pub async fn results(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<StatementResult>, DbErr> {
    let mut found: Vec<StatementResult> = approved(db, id)
        .await?
        .into_iter()
        .map(|row| StatementResult {
            id: StatementId(row.id),
            text: row.text,
            by_resident: row.source == "resident",
            votes: Votes {
                agrees: row.agrees,
                disagrees: row.disagrees,
                passes: row.passes,
            },
        })
        .collect();
    // a/(a+d) > b/(b+e) in whole numbers.
    found.sort_by(|a, b| {
        let (x, y) = (a.votes, b.votes);
        (y.agrees * (x.agrees + x.disagrees).max(1))
            .cmp(&(x.agrees * (y.agrees + y.disagrees).max(1)))
            .then(y.all().cmp(&x.all()))
            .then(a.id.cmp(&b.id))
    });
    Ok(found)
}
