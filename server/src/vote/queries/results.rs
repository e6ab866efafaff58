//! Statements that are open to votes, with their counts.

use domain::ids::{ConsultationId, StatementId};
use domain::vote::read::StatementResult;
use domain::vote::statement::Votes;
use entity::statement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use crate::vote::rows::statements::APPROVED;

fn open(id: ConsultationId) -> sea_orm::Select<statement::Entity> {
    statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq(APPROVED))
}

/// Approved statements by number, with their counts.
pub async fn approved(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<StatementResult>, DbErr> {
    Ok(open(id)
        .order_by_asc(statement::Column::Id)
        .all(db)
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
        .collect())
}

/// How many statements are open to votes.
pub async fn count(db: &impl ConnectionTrait, id: ConsultationId) -> Result<u64, DbErr> {
    open(id).count(db).await
}

/// Approved statements with their counts, most agreed first (by share of those who agree or
/// disagree, then by votes).
pub async fn results(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<StatementResult>, DbErr> {
    let mut found = approved(db, id).await?;
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
