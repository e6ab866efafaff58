//! How far the votes of a consultation have come, and how its statements are drawn.
//!
//! Whoever changes what may be voted on, or whose votes count, moves the version on, so that what
//! people think is worked out again.

use domain::consultation::Consultation;
use domain::ids::ConsultationId;
use entity::opinion;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::granted::{Admitted, Granted};

/// What statements are drawn from: recorded with a consultation's first vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Routing {
    /// The seed of the consultation.
    pub seed: i64,
    /// The rule, by name.
    pub rule: &'static str,
}

/// The version of the votes of a consultation: 0 before the first.
pub async fn version(db: &impl ConnectionTrait, id: ConsultationId) -> Result<i64, DbErr> {
    Ok(opinion::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map_or(0, |row| row.version))
}

/// The version of the votes of every consultation that has any.
pub async fn versions(db: &impl ConnectionTrait) -> Result<Vec<(ConsultationId, i64)>, DbErr> {
    Ok(opinion::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| (ConsultationId(row.consultation_id), row.version))
        .collect())
}

/// Says that what may be voted on in a consultation, or whose votes count, has changed. Where
/// nobody has voted there is nothing to work out.
pub async fn changed(granted: &Granted<'_, Consultation>) -> Result<(), DbErr> {
    opinion::Entity::update_many()
        .col_expr(
            opinion::Column::Version,
            Expr::col(opinion::Column::Version).add(1_i64),
        )
        .filter(opinion::Column::ConsultationId.eq(granted.root().id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

fn first(id: ConsultationId, routing: Routing) -> opinion::ActiveModel {
    opinion::ActiveModel {
        consultation_id: Set(id.0),
        version: Set(1),
        routing_seed: Set(routing.seed),
        routing_rule: Set(routing.rule.to_owned()),
    }
}

/// The first version of a consultation that comes with its votes.
pub async fn begin<Root>(
    granted: &Granted<'_, Root>,
    id: ConsultationId,
    routing: Routing,
) -> Result<(), DbErr> {
    opinion::Entity::insert(first(id, routing))
        .exec_without_returning(granted.tx())
        .await
        .map(drop)
}

/// Counts the votes of each consultation on.
pub(super) async fn voted(
    by: &Admitted<'_, Consultation>,
    on: impl IntoIterator<Item = (ConsultationId, Routing)>,
) -> Result<(), DbErr> {
    let rows = on.into_iter().map(|(id, routing)| first(id, routing));
    opinion::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(opinion::Column::ConsultationId)
                .value(
                    opinion::Column::Version,
                    Expr::col((opinion::Entity, opinion::Column::Version)).add(1_i64),
                )
                .to_owned(),
        )
        .exec_without_returning(by.tx())
        .await
        .map(drop)
}
