//! The kept counts of responses, as dashboards read them, and as a moderator's decision moves them.
//!
//! Invariant: whoever changes several counts takes the rows in the order of their keys, so that no
//! two wait for each other in a circle.

use std::collections::{BTreeMap, HashMap};

use domain::consultation::Consultation;
use domain::ids::ConsultationId;
use entity::tally::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select,
};

use crate::db::count;
use crate::granted::Granted;

/// Counts by question and dimension, then key. What is no question's is under question 0.
#[derive(Clone, Debug, Default)]
pub struct Tallies(BTreeMap<i64, BTreeMap<String, BTreeMap<String, u64>>>);

impl Tallies {
    /// The counts of one dimension of one question, by key.
    pub fn of(&self, question: i64, dimension: &str) -> impl Iterator<Item = (&str, u64)> {
        self.0
            .get(&question)
            .and_then(|dimensions| dimensions.get(dimension))
            .into_iter()
            .flatten()
            .map(|(key, count)| (key.as_str(), *count))
    }

    /// One count.
    pub fn count(&self, question: i64, dimension: &str, key: &str) -> u64 {
        self.of(question, dimension)
            .find_map(|(found, count)| (found == key).then_some(count))
            .unwrap_or(0)
    }

    /// All counts of a dimension of a question together.
    pub fn sum(&self, question: i64, dimension: &str) -> u64 {
        self.of(question, dimension).map(|(_, count)| count).sum()
    }

    /// One key of one dimension in all questions together.
    pub fn across(&self, dimension: &str, key: &str) -> u64 {
        self.0
            .keys()
            .map(|question| self.count(*question, dimension, key))
            .sum()
    }
}

/// Every count of one consultation.
pub async fn of(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Tallies, DbErr> {
    let mut tallies = Tallies::default();
    for row in Entity::find()
        .filter(Column::ConsultationId.eq(id.0))
        .all(db)
        .await?
    {
        let count = stored_count(&row)?;
        let dimensions = tallies.0.entry(row.question_id).or_default();
        let counts = dimensions.entry(row.dimension).or_default();
        counts.insert(row.key, count);
    }
    Ok(tallies)
}

/// A kept count as it is read.
fn stored_count(row: &Model) -> Result<u64, DbErr> {
    let of = format_args!("{} of consultation {}", row.dimension, row.consultation_id);
    count(row.count, of)
}

fn totals() -> Select<Entity> {
    Entity::find()
        .filter(Column::QuestionId.eq(0))
        .filter(Column::Dimension.eq("total"))
}

/// How many responses each of these has.
pub async fn responses(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
) -> Result<HashMap<ConsultationId, u64>, DbErr> {
    totals()
        .filter(Column::ConsultationId.is_in(of.iter().map(|id| id.0)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| Ok((ConsultationId(row.consultation_id), stored_count(&row)?)))
        .collect()
}

/// How many responses there are in all.
pub async fn all_responses(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let mut sum = 0_u64;
    for row in totals().all(db).await? {
        sum = sum.saturating_add(stored_count(&row)?);
    }
    Ok(sum)
}

/// Moves one from a key of a dimension to another.
pub async fn shift(
    granted: &Granted<'_, Consultation>,
    question: i64,
    dimension: &str,
    from: &str,
    to: &str,
) -> Result<(), DbErr> {
    if from == to {
        return Ok(());
    }
    let mut changes = [(from, -1), (to, 1)];
    changes.sort_unstable();
    for (key, change) in changes {
        Entity::insert(ActiveModel {
            consultation_id: Set(granted.root().id.0),
            question_id: Set(question),
            dimension: Set(dimension.to_owned()),
            key: Set(key.to_owned()),
            count: Set(change),
        })
        .on_conflict(
            OnConflict::columns([
                Column::ConsultationId,
                Column::QuestionId,
                Column::Dimension,
                Column::Key,
            ])
            .value(
                Column::Count,
                Expr::col((Entity, Column::Count)).add(change),
            )
            .to_owned(),
        )
        .exec_without_returning(granted.tx())
        .await?;
    }
    Ok(())
}
