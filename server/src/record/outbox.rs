//! Effects on other slices, written with what causes them and carried out by a job.
//!
//! Invariant: an effect is carried out at least once; whoever handles it makes twice harmless.

use entity::outbox;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

use crate::mail::Letter;

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
    let kind = match effect {
        Effect::Mail(_) => "mail",
        Effect::TellTakenPart { .. } => "tell-taken-part",
    };
    let payload =
        serde_json::to_string(effect).map_err(|error| DbErr::Custom(error.to_string()))?;
    outbox::Entity::insert(outbox::ActiveModel {
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        created_at: Set(now.as_millisecond()),
        run_after: Set(now.as_millisecond()),
        attempts: Set(0),
        ..Default::default()
    })
    .exec_without_returning(tx)
    .await
    .map(drop)
}
