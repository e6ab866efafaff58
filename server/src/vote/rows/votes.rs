//! Votes on statements as rows, many at once, with the counts that are kept of them.
//!
//! Invariant: of several votes of one voter on one statement the last counts; the counts on a
//! statement change in the transaction that changes the votes.

use std::collections::{BTreeMap, HashMap};

use domain::calendar::uk_day;
use domain::consultation::Consultation;
use domain::ids::{ConsultationId, StatementId};
use domain::vote::statement::{Vote, Votes};
use entity::{statement_vote, voter, voter_source};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter,
    Value,
};

use super::opinion::{self, Routing};
use super::set_aside::{self, Source};
use super::voters;
use crate::db::{Savepoint, sql};
use crate::granted::Admitted;

/// Whoever writes votes on PostgreSQL holds this lock until the commit: two processes that add to
/// the counts of the same statements in different orders would else wait for each other.
pub(super) const LOCK: &str = "SELECT pg_advisory_xact_lock(7202)";

/// Waits for other processes that write votes or statements of voters.
pub async fn lock(tx: &Savepoint) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(LOCK).await?;
    }
    Ok(())
}

/// A vote that was admitted, on a statement that is open to votes.
#[derive(Debug)]
pub struct NewVote<'a> {
    /// What admits it.
    pub by: Admitted<'a, Consultation>,
    /// What is stored of the voter's cookie.
    pub token_hash: String,
    /// The statement.
    pub statement: StatementId,
    /// What the voter thinks of it.
    pub vote: Vote,
    /// Where a new voter comes from, if that is to be kept for a while.
    pub source: Option<Source>,
    /// What statements are drawn from in this consultation.
    pub routing: Routing,
}

impl NewVote<'_> {
    fn on(&self) -> ConsultationId {
        self.by.root().id
    }
}

/// Writes the votes, and what goes with them.
pub async fn cast(votes: &[NewVote<'_>]) -> Result<(), DbErr> {
    let Some(first) = votes.first() else {
        return Ok(());
    };
    let tx = first.by.tx();
    let voters = voters_of(&first.by, votes).await?;
    let mut latest: BTreeMap<(i64, i64), Vote> = BTreeMap::new();
    for one in votes {
        if let Some(voter) = voters.get(&one.token_hash) {
            latest.insert((*voter, one.statement.0), one.vote);
        }
    }
    let changed = replace(tx, latest).await?;
    add(tx, &changed).await?;
    let on: BTreeMap<i64, Routing> = votes.iter().map(|one| (one.on().0, one.routing)).collect();
    opinion::voted(
        &first.by,
        on.into_iter().map(|(id, of)| (ConsultationId(id), of)),
    )
    .await
}

/// The rows of the voters by what is stored of their cookies, made where they are missing.
async fn voters_of(
    by: &Admitted<'_, Consultation>,
    votes: &[NewVote<'_>],
) -> Result<HashMap<String, i64>, DbErr> {
    let tx = by.tx();
    let mut new: BTreeMap<&str, &NewVote<'_>> = BTreeMap::new();
    for one in votes {
        new.entry(&one.token_hash).or_insert(one);
    }
    let hashes: Vec<&str> = new.keys().copied().collect();
    let known = voters::by_hash(tx, &hashes).await?;
    new.retain(|hash, _| !known.contains_key(*hash));
    if new.is_empty() {
        return Ok(known);
    }
    let rows: Vec<voter::ActiveModel> = new
        .iter()
        .map(|(hash, one)| voters::row(one.on(), hash, uk_day(one.by.now())))
        .collect::<Result<_, _>>()?;
    voters::insert_all(by, rows).await?;
    let all = voters::by_hash(tx, &hashes).await?;
    let sources: Vec<voter_source::ActiveModel> = new
        .into_iter()
        .filter_map(|(hash, one)| Some(set_aside::row(*all.get(hash)?, one.on(), one.source?)))
        .collect();
    set_aside::insert_sources(by, sources).await?;
    Ok(all)
}

/// Puts the votes in their rows and returns how the counts of each statement change.
async fn replace(
    tx: &Savepoint,
    latest: BTreeMap<(i64, i64), Vote>,
) -> Result<BTreeMap<i64, Votes>, DbErr> {
    let before: HashMap<(i64, i64), i32> = statement_vote::Entity::find()
        .filter(statement_vote::Column::VoterId.is_in(latest.keys().map(|(voter, _)| *voter)))
        .filter(statement_vote::Column::StatementId.is_in(latest.keys().map(|(_, of)| *of)))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| ((row.voter_id, row.statement_id), row.value))
        .collect();
    let mut changed: BTreeMap<i64, Votes> = BTreeMap::new();
    let mut rows = Vec::new();
    for ((voter, statement), vote) in latest {
        let old = match before.get(&(voter, statement)) {
            Some(value) => Some(read(*value)?),
            None => None,
        };
        if old == Some(vote) {
            continue;
        }
        let change = Votes::change(old, vote);
        let sum = changed.entry(statement).or_default();
        sum.agrees += change.agrees;
        sum.disagrees += change.disagrees;
        sum.passes += change.passes;
        rows.push(statement_vote::ActiveModel {
            voter_id: Set(voter),
            statement_id: Set(statement),
            value: Set(vote.value()),
        });
    }
    if !rows.is_empty() {
        statement_vote::Entity::insert_many(rows)
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
    }
    Ok(changed)
}

/// The vote of a stored number. Any other number is a fault.
pub(in crate::vote) fn read(value: i32) -> Result<Vote, DbErr> {
    Vote::from_value(value).ok_or_else(|| DbErr::Custom(format!("a vote of {value}")))
}

/// Adds to the counts of the statements, all in one statement.
async fn add(tx: &Savepoint, changed: &BTreeMap<i64, Votes>) -> Result<(), DbErr> {
    if changed.is_empty() {
        return Ok(());
    }
    let values: Vec<Value> = changed
        .iter()
        .flat_map(|(id, by)| [*id, by.agrees, by.disagrees, by.passes].map(Value::from))
        .collect();
    let rows = vec!["(?, ?, ?, ?)"; changed.len()].join(", ");
    let text = format!(
        "UPDATE statement SET agrees = statement.agrees + c.column2, \
         disagrees = statement.disagrees + c.column3, passes = statement.passes + c.column4 \
         FROM (VALUES {rows}) AS c WHERE statement.id = c.column1"
    );
    tx.execute_raw(sql(tx.get_database_backend(), &text, values))
        .await
        .map(drop)
}
