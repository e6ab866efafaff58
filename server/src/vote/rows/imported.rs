//! Statements and votes of a conversation that was held elsewhere, as rows.
//!
//! Invariant: the counts that are stored are those of the votes that are stored.

use std::collections::{BTreeMap, HashMap};

use domain::ids::ConsultationId;
use domain::vote::statement::{Vote, Votes};
use entity::{statement, statement_vote, voter};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::statements::{APPROVED, HELD, day_of};
use super::voters::random_id;
use crate::granted::Granted;
use crate::secret;

/// A statement as it was published.
#[derive(Clone, Debug)]
pub struct ImportedStatement {
    /// Its number there.
    pub number: i64,
    /// When it was made, in milliseconds; 0 where that is not known.
    pub at: i64,
    /// Its words.
    pub text: String,
    /// Whether it is about the voter rather than an opinion.
    pub meta: bool,
    /// Whether whoever held the conversation wrote it.
    pub by_owner: bool,
    /// What became of it there: approved, not moderated, or anything else.
    pub moderated: Moderated,
}

/// What became of a statement where it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moderated {
    /// It was shown.
    Approved,
    /// Nobody looked at it.
    Waiting,
    /// It was taken away.
    Rejected,
}

/// The latest votes of one participant.
#[derive(Clone, Debug)]
pub struct ImportedVoter {
    /// The participant's number there.
    pub who: String,
    /// By the statement's number there.
    pub votes: Vec<(i64, Vote)>,
}

/// Stores statements and votes. A statement that has votes but is not in the list is kept without
/// words, as rejected, since its votes count all the same.
pub async fn insert<Root>(
    granted: &Granted<'_, Root>,
    on: ConsultationId,
    statements: Vec<ImportedStatement>,
    voters: &[ImportedVoter],
) -> Result<(), DbErr> {
    let mut counts: BTreeMap<i64, Votes> = BTreeMap::new();
    for (number, vote) in voters.iter().flat_map(|one| &one.votes) {
        let sum = counts.entry(*number).or_default();
        let one = Votes::change(None, *vote);
        sum.agrees += one.agrees;
        sum.disagrees += one.disagrees;
        sum.passes += one.passes;
    }
    let mut all: BTreeMap<i64, ImportedStatement> = statements
        .into_iter()
        .map(|one| (one.number, one))
        .collect();
    for number in counts.keys() {
        all.entry(*number).or_insert_with(|| ImportedStatement {
            number: *number,
            at: 0,
            text: String::new(),
            meta: false,
            by_owner: false,
            moderated: Moderated::Rejected,
        });
    }
    let ids = insert_statements(granted, on, all, &counts).await?;
    let known = insert_voters(granted, on, voters).await?;
    let mut rows = Vec::new();
    for one in voters {
        let Some(voter) = known.get(&hash(on, &one.who)) else {
            continue;
        };
        rows.extend(one.votes.iter().filter_map(|(number, vote)| {
            Some(statement_vote::ActiveModel {
                voter_id: Set(*voter),
                statement_id: Set(*ids.get(number)?),
                value: Set(vote.value()),
            })
        }));
    }
    for chunk in rows.chunks(3_000) {
        statement_vote::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(granted.tx())
            .await?;
    }
    Ok(())
}

/// The day of a moment, no finer: what is stored of statements made here is no finer either.
fn day(at: i64) -> i64 {
    match Timestamp::from_millisecond(at) {
        Ok(moment) if at > 0 => day_of(moment),
        _ => 0,
    }
}

/// What is stored of a participant in place of a cookie.
fn hash(on: ConsultationId, who: &str) -> String {
    secret::hash(format!("import/{on}/{who}"))
}

/// The stored id of each statement by its number there.
async fn insert_statements<Root>(
    granted: &Granted<'_, Root>,
    on: ConsultationId,
    all: BTreeMap<i64, ImportedStatement>,
    counts: &BTreeMap<i64, Votes>,
) -> Result<HashMap<i64, i64>, DbErr> {
    let rows: Vec<statement::ActiveModel> = all
        .into_values()
        .map(|one| {
            let votes = counts.get(&one.number).copied().unwrap_or_default();
            let state = match one.moderated {
                Moderated::Approved => APPROVED,
                Moderated::Waiting => HELD,
                Moderated::Rejected => "rejected",
            };
            let source = if one.by_owner { "seed" } else { "resident" };
            statement::ActiveModel {
                consultation_id: Set(on.0),
                text: Set(one.text),
                is_meta: Set(one.meta),
                source: Set(source.to_owned()),
                state: Set(state.to_owned()),
                import_ref: Set(Some(one.number)),
                agrees: Set(votes.agrees),
                disagrees: Set(votes.disagrees),
                passes: Set(votes.passes),
                created_at: Set(day(one.at)),
                reason_code: Set(None),
                voter_id: Set(None),
                idempotency_key: Set(None),
                ..Default::default()
            }
        })
        .collect();
    for chunk in rows.chunks(500) {
        statement::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(granted.tx())
            .await?;
    }
    Ok(statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(on.0))
        .all(granted.tx())
        .await?
        .into_iter()
        .filter_map(|row| Some((row.import_ref?, row.id)))
        .collect())
}

/// The stored id of each participant by what is stored in place of a cookie.
async fn insert_voters<Root>(
    granted: &Granted<'_, Root>,
    on: ConsultationId,
    voters: &[ImportedVoter],
) -> Result<HashMap<String, i64>, DbErr> {
    let rows: Vec<voter::ActiveModel> = voters
        .iter()
        .map(|one| {
            Ok(voter::ActiveModel {
                id: Set(random_id()?),
                consultation_id: Set(on.0),
                token_hash: Set(hash(on, &one.who)),
                joined_on: Set(String::new()),
            })
        })
        .collect::<Result<_, DbErr>>()?;
    for chunk in rows.chunks(2_000) {
        voter::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(granted.tx())
            .await?;
    }
    Ok(voter::Entity::find()
        .filter(voter::Column::ConsultationId.eq(on.0))
        .all(granted.tx())
        .await?
        .into_iter()
        .map(|row| (row.token_hash, row.id))
        .collect())
}
