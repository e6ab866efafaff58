//! The little of a consultation that other slices ask of its row, without the rest.

use std::collections::HashMap;

use domain::consultation::Milestones;
use domain::ids::ConsultationId;
use entity::consultation::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::clock::from_millis_opt;
use crate::db::Savepoint;
use crate::granted::Held;

/// How far consultations have come, read inside a write of the group commit: one statement for
/// them all.
///
/// No lock is taken, since a lock would make everybody who responds wait for one officer. Whoever
/// closes, answers or withdraws one of them either has committed, and is seen here, or commits
/// later, and so comes after what this write takes.
pub async fn hold_milestones(
    tx: &Savepoint,
    of: impl IntoIterator<Item = ConsultationId>,
) -> Result<HashMap<ConsultationId, Held<'_, Milestones>>, DbErr> {
    let mut ids: Vec<i64> = of.into_iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    type Columns = (
        i64,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
    );
    Ok(Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::SubmittedAt,
            Column::ApprovedAt,
            Column::PublishedAt,
            Column::OpensAt,
            Column::ClosesAt,
            Column::AnsweredAt,
            Column::DecidedAt,
            Column::WithdrawnAt,
        ])
        .filter(Column::Id.is_in(ids))
        .into_tuple::<Columns>()
        .all(tx)
        .await?
        .into_iter()
        .map(
            |(id, submitted, approved, published, opens, closes, answered, decided, withdrawn)| {
                let found = Milestones {
                    submitted: from_millis_opt(submitted),
                    approved: from_millis_opt(approved),
                    published: from_millis_opt(published),
                    opens: from_millis_opt(opens),
                    closes: from_millis_opt(closes),
                    answered: from_millis_opt(answered),
                    decided: from_millis_opt(decided),
                    withdrawn: from_millis_opt(withdrawn),
                };
                (ConsultationId(id), Held::new(tx, found))
            },
        )
        .collect())
}

/// The name of a consultation in addresses.
pub async fn slug(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<String>, DbErr> {
    Entity::find_by_id(id.0)
        .select_only()
        .column(Column::Slug)
        .into_tuple()
        .one(db)
        .await
}
