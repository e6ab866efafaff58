//! Effects on other slices, written with what causes them and carried out by a job.
//!
//! Invariant: an effect is carried out at least once; whoever handles it makes twice harmless.

use entity::outbox;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::mail::Letter;

/// How long whoever carries out an effect has it for themselves.
pub const LEASE_MILLIS: i64 = 60_000;

/// One try at carrying out an effect. A later try takes the effect away from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which effect.
    pub effect: i64,
    /// Which try it is, from 1.
    pub number: i32,
}

/// What is to happen.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Effect {
    /// Send a letter.
    Mail(Letter),
    /// Tell everyone who left an address that the outcome is published.
    TellTakenPart {
        /// The consultation.
        consultation: i64,
    },
}

/// Writes an effect in the transaction that causes it.
pub async fn push(tx: &impl ConnectionTrait, now: Timestamp, effect: &Effect) -> Result<(), DbErr> {
    push_all(tx, now, std::slice::from_ref(effect)).await
}

/// Writes several effects as one statement, in the transaction that causes them.
pub async fn push_all(
    tx: &impl ConnectionTrait,
    now: Timestamp,
    effects: &[Effect],
) -> Result<(), DbErr> {
    let mut rows = Vec::with_capacity(effects.len());
    for effect in effects {
        let kind = match effect {
            Effect::Mail(_) => "mail",
            Effect::TellTakenPart { .. } => "tell-taken-part",
        };
        let payload =
            serde_json::to_string(effect).map_err(|error| DbErr::Custom(error.to_string()))?;
        rows.push(outbox::ActiveModel {
            kind: Set(kind.to_owned()),
            payload: Set(payload),
            created_at: Set(now.as_millisecond()),
            run_after: Set(now.as_millisecond()),
            attempts: Set(0),
            ..Default::default()
        });
    }
    if rows.is_empty() {
        return Ok(());
    }
    outbox::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await
        .map(drop)
}

/// Keeps an effect for this attempt until the transaction ends and a lease longer: an effect that
/// takes several transactions asks in each of them, so that of two processes only one goes on.
/// False where a later attempt has it, or it is done.
pub async fn hold(
    tx: &impl ConnectionTrait,
    attempt: Attempt,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let held = outbox::Entity::update_many()
        .col_expr(
            outbox::Column::LeaseUntil,
            Expr::value(now.as_millisecond() + LEASE_MILLIS),
        )
        .filter(outbox::Column::Id.eq(attempt.effect))
        .filter(outbox::Column::Attempts.eq(attempt.number))
        .filter(outbox::Column::DoneAt.is_null())
        .exec(tx)
        .await?;
    Ok(held.rows_affected > 0)
}
