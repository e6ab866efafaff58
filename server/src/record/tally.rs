//! Kept counts that acts of staff move, in the transaction of the act.

use entity::tally;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

/// Moves one from a key of a dimension to another.
pub async fn shift(
    tx: &impl ConnectionTrait,
    (consultation, question): (i64, i64),
    dimension: &str,
    from: &str,
    to: &str,
) -> Result<(), DbErr> {
    // In the order of the keys, as every writer takes the rows.
    let mut changes = [(from, -1), (to, 1)];
    changes.sort_unstable();
    for (key, change) in changes {
        let count = (tally::Entity, tally::Column::Count);
        tally::Entity::insert(tally::ActiveModel {
            consultation_id: Set(consultation),
            question_id: Set(question),
            dimension: Set(dimension.to_owned()),
            key: Set(key.to_owned()),
            count: Set(change),
        })
        .on_conflict(
            OnConflict::columns([
                tally::Column::ConsultationId,
                tally::Column::QuestionId,
                tally::Column::Dimension,
                tally::Column::Key,
            ])
            .value(tally::Column::Count, Expr::col(count).add(change))
            .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    }
    Ok(())
}
