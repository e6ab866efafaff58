//! The votes of a consultation as a matrix: approved statements only, people by a number that
//! cannot be tied to them.
//!
//! Invariant: a participant's number is their place in the order of a keyed hash of their row, so
//! it tells neither who nor when, and it is the same in what is analysed and in what is
//! downloaded: who runs the download again gets the same groups, to the last bit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::ids::ConsultationId;
use domain::vote::opinion::{About, Cast, Moderation, VoteMatrix};
use entity::{statement, statement_vote, voter_flag};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};

use crate::db::count;
use crate::secret::Secret;
use crate::vote::rows::statements::APPROVED;
use crate::vote::rows::votes::read;

/// Votes are read for this many people at once.
const VOTERS_AT_ONCE: usize = 2_000;

/// The approved statements by number, with their words.
pub async fn texts(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<BTreeMap<i64, String>, DbErr> {
    Ok(statement::Entity::find()
        .select_only()
        .columns([statement::Column::Id, statement::Column::Text])
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq(APPROVED))
        .into_tuple::<(i64, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

/// Those of the approved statements that are about the voter rather than an opinion.
pub async fn metas(db: &impl ConnectionTrait, id: ConsultationId) -> Result<BTreeSet<i64>, DbErr> {
    Ok(statement::Entity::find()
        .select_only()
        .column(statement::Column::Id)
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq(APPROVED))
        .filter(statement::Column::IsMeta.eq(true))
        .into_tuple::<i64>()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

/// The people who voted on at least one approved statement, in the order of their numbers.
pub async fn participants(
    db: &impl ConnectionTrait,
    secret: &Secret,
    id: ConsultationId,
) -> Result<Vec<i64>, DbErr> {
    let voters = votes(id)
        .select_only()
        .column(statement_vote::Column::VoterId)
        .distinct()
        .into_tuple::<i64>()
        .all(db)
        .await?;
    let mut keyed: Vec<([u8; 32], i64)> = voters
        .into_iter()
        .map(|voter| {
            let message = [id.0.to_be_bytes(), voter.to_be_bytes()].concat();
            (secret.mac("participant", &message), voter)
        })
        .collect();
    keyed.sort_unstable();
    Ok(keyed.into_iter().map(|(_, voter)| voter).collect())
}

/// Votes on approved statements of voters who are not set aside.
fn votes(id: ConsultationId) -> sea_orm::Select<statement_vote::Entity> {
    let set_aside = Query::select()
        .column(voter_flag::Column::VoterId)
        .from(voter_flag::Entity)
        .and_where(voter_flag::Column::ConsultationId.eq(id.0))
        .and_where(voter_flag::Column::SetAside.eq(true))
        .to_owned();
    everybody(id).filter(statement_vote::Column::VoterId.not_in_subquery(set_aside))
}

/// Votes on approved statements of everybody.
fn everybody(id: ConsultationId) -> sea_orm::Select<statement_vote::Entity> {
    statement_vote::Entity::find()
        .join(
            JoinType::InnerJoin,
            statement_vote::Relation::Statement.def(),
        )
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq(APPROVED))
}

/// How many votes of each value there are on each approved statement, without those of voters who are
/// set aside.
pub async fn counts(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<HashMap<(i64, i32), u64>, DbErr> {
    votes(id)
        .select_only()
        .columns([
            statement_vote::Column::StatementId,
            statement_vote::Column::Value,
        ])
        .column_as(statement_vote::Column::VoterId.count(), "votes")
        .group_by(statement_vote::Column::StatementId)
        .group_by(statement_vote::Column::Value)
        .into_tuple::<(i64, i32, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(statement, value, votes)| Ok(((statement, value), count(votes, "votes")?)))
        .collect()
}

/// How many votes on approved statements there are, from their kept counts.
pub async fn size(db: &impl ConnectionTrait, id: ConsultationId) -> Result<i64, DbErr> {
    Ok(statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq(APPROVED))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.agrees + row.disagrees + row.passes)
        .sum())
}

/// The whole matrix.
pub async fn matrix(
    db: &impl ConnectionTrait,
    secret: &Secret,
    id: ConsultationId,
) -> Result<VoteMatrix, DbErr> {
    let statements: Vec<i64> = texts(db, id).await?.into_keys().collect();
    let people = participants(db, secret, id).await?;
    let number: HashMap<i64, i64> = people.iter().copied().zip(0..).collect();
    let mut voters = people;
    voters.sort_unstable();
    let mut cast: Vec<Cast> = Vec::new();
    for some in voters.chunks(VOTERS_AT_ONCE) {
        let (Some(first), Some(last)) = (some.first(), some.last()) else {
            continue;
        };
        let rows = votes(id)
            .filter(statement_vote::Column::VoterId.between(*first, *last))
            .select_only()
            .columns([
                statement_vote::Column::VoterId,
                statement_vote::Column::StatementId,
                statement_vote::Column::Value,
            ])
            .into_tuple::<(i64, i64, i32)>()
            .all(db)
            .await?;
        // Whoever came between the two readings is in the next analysis.
        for (voter, statement, value) in rows {
            if let Some(person) = number.get(&voter) {
                cast.push(Cast {
                    person: *person,
                    statement,
                    value: read(value)?.sign(),
                });
            }
        }
    }
    let metas = metas(db, id).await?;
    let about = |id: &i64| About {
        moderation: Moderation::Accepted,
        meta: metas.contains(id),
    };
    Ok(VoteMatrix::from_votes(cast)
        .with_statements(statements.into_iter().map(|id| (id, Some(about(&id))))))
}

/// The votes of these people, by person.
pub async fn votes_of(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    voters: &[i64],
) -> Result<HashMap<i64, BTreeMap<i64, i32>>, DbErr> {
    let mut found: HashMap<i64, BTreeMap<i64, i32>> = HashMap::new();
    for row in everybody(id)
        .filter(statement_vote::Column::VoterId.is_in(voters.iter().copied()))
        .order_by_asc(statement_vote::Column::StatementId)
        .all(db)
        .await?
    {
        found
            .entry(row.voter_id)
            .or_default()
            .insert(row.statement_id, read(row.value)?.value());
    }
    Ok(found)
}
