//! The little of a consultation that other slices ask of its row, without the rest.

use std::collections::HashMap;

use domain::consultation::Milestones;
use domain::ids::ConsultationId;
use entity::consultation::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::db::{Savepoint, moment_if};
use crate::granted::RootInWrite;

/// How far consultations have come, read inside a write of the group commit: one statement for
/// them all.
///
/// No lock is taken, since a lock would make everybody who responds wait for one officer. Whoever
/// closes, answers or withdraws one of them either has committed, and is seen here, or commits
/// later, and so comes after what this write takes.
pub async fn hold_milestones(
    tx: &Savepoint,
    of: impl IntoIterator<Item = ConsultationId>,
) -> Result<HashMap<ConsultationId, RootInWrite<'_, Milestones>>, DbErr> {
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
    Entity::find()
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
                    submitted: moment_if(submitted)?,
                    approved: moment_if(approved)?,
                    published: moment_if(published)?,
                    opens: moment_if(opens)?,
                    closes: moment_if(closes)?,
                    answered: moment_if(answered)?,
                    decided: moment_if(decided)?,
                    withdrawn: moment_if(withdrawn)?,
                };
                Ok((ConsultationId(id), RootInWrite::new(tx, found)))
            },
        )
        .collect()
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
