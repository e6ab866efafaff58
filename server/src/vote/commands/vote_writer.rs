//! Votes that wait, written many to a statement inside the shared commit.
//!
//! While one batch is on its way to the disk the next one gathers, so a vote costs a fraction of
//! the seven statements of its batch. Invariant: a vote is answered after the commit that holds it;
//! of several votes of one voter on one statement in a batch the last counts; the counts on a
//! statement change in the transaction that changes the votes.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::vote::statement::{Vote, Votes};
use entity::{opinion, statement, statement_vote, voter, voter_source};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait, QueryFilter, QuerySelect, Value,
};

use crate::db::gather::Gatherer;
use crate::db::{Writer, sql};

/// How many votes share a batch at most.
const MOST_TOGETHER: usize = 512;
/// Whoever writes votes on PostgreSQL holds this lock until the commit: two processes that add to
/// the counts of the same statements in different orders would else wait for each other.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7202)";

/// A vote on its way.
#[derive(Clone, Debug)]
pub struct PendingVote {
    /// The consultation.
    pub consultation: i64,
    /// What is stored of the voter's cookie.
    pub token_hash: String,
    /// The statement.
    pub statement: i64,
    /// What the voter thinks of it.
    pub vote: Vote,
    /// The day, which is all that is kept of the time.
    pub day: String,
    /// Where a new voter comes from, if that is to be kept for a while.
    pub from: Option<Source>,
    /// What statements are drawn from: recorded with a consultation's first vote.
    pub routing: (i64, &'static str),
}

/// Where a voter's first vote came from. See [`crate::vote::commands::set_aside`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The day, counted from 1970.
    pub day: i32,
    /// A mark of the network, another each day.
    pub mark: i32,
    /// Whether the voting page had been given to this browser.
    pub read: bool,
}

/// The way to the writer for votes; of each it says whether its statement is open to votes in its
/// consultation.
pub type VoteWriter = Gatherer<PendingVote, bool>;

/// Starts it.
pub fn start(writer: Writer) -> VoteWriter {
    Gatherer::start(writer, MOST_TOGETHER, |tx, votes| {
        Box::pin(write(tx, votes))
    })
}

/// Waits for other processes that write votes.
///
/// # Errors
/// Those of the database.
pub(super) async fn lock(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(LOCK).await?;
    }
    Ok(())
}

/// Writes the votes and says of each whether its statement was open to it.
async fn write(tx: &DatabaseTransaction, votes: &[PendingVote]) -> Result<Vec<bool>, DbErr> {
    lock(tx).await?;
    let open: HashSet<(i64, i64)> = statement::Entity::find()
        .select_only()
        .columns([statement::Column::Id, statement::Column::ConsultationId])
        .filter(statement::Column::Id.is_in(unique(votes, |one| one.statement)))
        .filter(statement::Column::State.eq("approved"))
        .into_tuple::<(i64, i64)>()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    let taken: Vec<bool> = votes
        .iter()
        .map(|one| open.contains(&(one.statement, one.consultation)))
        .collect();
    let votes: Vec<&PendingVote> = votes
        .iter()
        .zip(&taken)
        .filter_map(|(one, taken)| taken.then_some(one))
        .collect();
    if votes.is_empty() {
        return Ok(taken);
    }
    let voters = voters(tx, &votes).await?;
    let mut latest: BTreeMap<(i64, i64), Vote> = BTreeMap::new();
    for one in &votes {
        if let Some(voter) = voters.get(&one.token_hash) {
            latest.insert((*voter, one.statement), one.vote);
        }
    }
    let changed = replace(tx, latest).await?;
    add(tx, &changed).await?;
    versions(tx, &votes).await?;
    Ok(taken)
}

fn unique<T: Ord>(votes: &[PendingVote], of: impl Fn(&PendingVote) -> T) -> Vec<T> {
    let mut all: Vec<T> = votes.iter().map(of).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The rows of these voters by what is stored of their cookies, made where they are missing.
async fn voters(
    tx: &DatabaseTransaction,
    votes: &[&PendingVote],
) -> Result<HashMap<String, i64>, DbErr> {
    let mut new: BTreeMap<&str, &PendingVote> = BTreeMap::new();
    for one in votes {
        new.entry(&one.token_hash).or_insert(one);
    }
    let hashes: Vec<&str> = new.keys().copied().collect();
    let find = || {
        voter::Entity::find()
            .select_only()
            .columns([voter::Column::TokenHash, voter::Column::Id])
            .filter(voter::Column::TokenHash.is_in(hashes.clone()))
            .into_tuple::<(String, i64)>()
    };
    let known: HashMap<String, i64> = find().all(tx).await?.into_iter().collect();
    let made: Vec<(String, i64, Source)> = new
        .iter()
        .filter(|(hash, _)| !known.contains_key(**hash))
        .filter_map(|(hash, one)| Some(((*hash).to_owned(), one.consultation, one.from?)))
        .collect();
    let rows: Vec<voter::ActiveModel> = new
        .into_iter()
        .filter(|(hash, _)| !known.contains_key(*hash))
        .map(|(hash, one)| voter::ActiveModel {
            consultation_id: Set(one.consultation),
            token_hash: Set(hash.to_owned()),
            joined_on: Set(one.day.clone()),
            ..Default::default()
        })
        .collect();
    if rows.is_empty() {
        return Ok(known);
    }
    voter::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([voter::Column::ConsultationId, voter::Column::TokenHash])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    let all: HashMap<String, i64> = find().all(tx).await?.into_iter().collect();
    let sources: Vec<voter_source::ActiveModel> = made
        .into_iter()
        .filter_map(|(hash, consultation, from)| {
            Some(voter_source::ActiveModel {
                voter_id: Set(*all.get(&hash)?),
                consultation_id: Set(consultation),
                day: Set(from.day),
                source: Set(from.mark),
                read: Set(from.read),
            })
        })
        .collect();
    if !sources.is_empty() {
        voter_source::Entity::insert_many(sources)
            .on_conflict(
                OnConflict::column(voter_source::Column::VoterId)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
    }
    Ok(all)
}

/// Puts the votes in their rows and returns how the counts of each statement change.
async fn replace(
    tx: &DatabaseTransaction,
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
        let old = before
            .get(&(voter, statement))
            .and_then(|value| Vote::from_value(*value));
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

/// Adds to the counts of the statements, all in one statement.
async fn add(tx: &DatabaseTransaction, changed: &BTreeMap<i64, Votes>) -> Result<(), DbErr> {
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

/// Counts the votes of each consultation on, so that its opinion groups are looked at again.
async fn versions(tx: &DatabaseTransaction, votes: &[&PendingVote]) -> Result<(), DbErr> {
    let mut of: BTreeMap<i64, (i64, &'static str)> = BTreeMap::new();
    for one in votes {
        of.insert(one.consultation, one.routing);
    }
    let rows = of
        .into_iter()
        .map(|(consultation, (seed, rule))| opinion::ActiveModel {
            consultation_id: Set(consultation),
            version: Set(1),
            routing_seed: Set(seed),
            routing_rule: Set(rule.to_owned()),
        });
    opinion::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(opinion::Column::ConsultationId)
                .value(
                    opinion::Column::Version,
                    Expr::col((opinion::Entity, opinion::Column::Version)).add(1_i64),
                )
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await
        .map(drop)
}
