//! Voters as rows: the hash of a cookie and a day, nothing finer. Their ids are random: no number
//! counts up, so none says who came after whom.

use std::collections::HashMap;

use domain::calendar::uk_day;
use domain::consultation::Consultation;
use domain::ids::ConsultationId;
use entity::voter;
use jiff::civil::Date;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use crate::db::Savepoint;
use crate::granted::Admitted;
use crate::secret;

/// What is stored of a voter's cookie in one consultation; cookies can't be joined across two.
pub fn token_hash(on: ConsultationId, token: &str) -> String {
    secret::hash(format!("{on}/{token}"))
}

/// The voter of this cookie, if they have voted or written anything.
pub async fn find(
    db: &impl ConnectionTrait,
    on: ConsultationId,
    token_hash: &str,
) -> Result<Option<i64>, DbErr> {
    voter::Entity::find()
        .select_only()
        .column(voter::Column::Id)
        .filter(voter::Column::ConsultationId.eq(on.0))
        .filter(voter::Column::TokenHash.eq(token_hash))
        .into_tuple()
        .one(db)
        .await
}

/// How many people have voted.
pub async fn count(db: &impl ConnectionTrait, on: ConsultationId) -> Result<u64, DbErr> {
    voter::Entity::find()
        .filter(voter::Column::ConsultationId.eq(on.0))
        .count(db)
        .await
}

/// Makes the row of a voter who has none.
pub async fn insert(
    admitted: &Admitted<'_, Consultation>,
    token_hash: &str,
) -> Result<Option<i64>, DbErr> {
    let (tx, on) = (admitted.tx(), admitted.root().id);
    insert_all(admitted, [row(on, token_hash, uk_day(admitted.now()))?]).await?;
    find(tx, on, token_hash).await
}

/// The rows of these voters by what is stored of their cookies.
pub(super) async fn by_hash(
    tx: &Savepoint,
    hashes: &[&str],
) -> Result<HashMap<String, i64>, DbErr> {
    Ok(voter::Entity::find()
        .select_only()
        .columns([voter::Column::TokenHash, voter::Column::Id])
        .filter(voter::Column::TokenHash.is_in(hashes.iter().copied()))
        .into_tuple::<(String, i64)>()
        .all(tx)
        .await?
        .into_iter()
        .collect())
}

pub(super) fn row(
    on: ConsultationId,
    token_hash: &str,
    day: Date,
) -> Result<voter::ActiveModel, DbErr> {
    Ok(voter::ActiveModel {
        id: Set(random_id()?),
        consultation_id: Set(on.0),
        token_hash: Set(token_hash.to_owned()),
        joined_on: Set(day.to_string()),
    })
}

/// A fresh id of a voter or of what one wrote.
pub(super) fn random_id() -> Result<i64, DbErr> {
    secret::random_id().map_err(|error| DbErr::Custom(error.to_string()))
}

/// Makes those rows that are missing.
pub(super) async fn insert_all(
    by: &Admitted<'_, Consultation>,
    rows: impl IntoIterator<Item = voter::ActiveModel>,
) -> Result<(), DbErr> {
    voter::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([voter::Column::ConsultationId, voter::Column::TokenHash])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(by.tx())
        .await
        .map(drop)
}
