//! The kept counts beside those of the stored rows: they must agree.

use std::collections::BTreeMap;

use entity::tally as kept;
use sea_orm::{AccessMode, DbErr, EntityTrait, IsolationLevel, TransactionTrait};

use crate::db::Db;
use crate::response::rows::recount;

/// A count that is not what the rows say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The consultation.
    pub consultation: i64,
    /// The question; 0 for responses as a whole.
    pub question: i64,
    /// What is counted.
    pub dimension: String,
    /// For which value.
    pub key: String,
    /// The kept count.
    pub kept: i64,
    /// The count of the rows.
    pub counted: i64,
}

/// Counts everything again and returns how many counts were compared, and every difference.
pub async fn compare(db: &Db) -> Result<(usize, Vec<Difference>), DbErr> {
    // One snapshot for rows and counts, so that a running server does not look wrong.
    let tx = if db.is_sqlite() {
        db.read().begin().await?
    } else {
        db.read()
            .begin_with_config(
                Some(IsolationLevel::RepeatableRead),
                Some(AccessMode::ReadOnly),
            )
            .await?
    };
    let mut both: BTreeMap<(i64, i64, String, String), (i64, i64)> = BTreeMap::new();
    for row in kept::Entity::find().all(&tx).await? {
        let key = (row.consultation_id, row.question_id, row.dimension, row.key);
        both.entry(key).or_default().0 = row.count;
    }
    for (consultation, counts) in recount::count(&tx).await? {
        for ((question, dimension, key), counted) in counts {
            let key = (consultation, question, dimension.to_owned(), key);
            both.entry(key).or_default().1 = counted;
        }
    }
    tx.commit().await?;
    let compared = both.len();
    let differences = both
        .into_iter()
        .filter(|(_, (kept, counted))| kept != counted)
        .map(
            |((consultation, question, dimension, key), (kept, counted))| Difference {
                consultation,
                question,
                dimension,
                key,
                kept,
                counted,
            },
        )
        .collect();
    Ok((compared, differences))
}
