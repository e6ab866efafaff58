//! Effects on other slices, written with what causes them and carried out by a job.
//!
//! Invariant: an effect is carried out at least once; whoever handles it makes twice harmless.

use entity::outbox;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::granted::Permitted;
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

impl Effect {
    /// The word for what it is.
    fn kind(&self) -> &'static str {
        match self {
            Self::Mail(_) => MAIL,
            Self::TellTakenPart { .. } => "tell-taken-part",
        }
    }
}

/// The kind of an effect that is a letter.
pub(super) const MAIL: &str = "mail";
/// After which moment something is tried again that is given up.
pub const NEVER: i64 = i64::MAX / 2;

/// Writes an effect in the transaction that causes it.
pub async fn push(permitted: &impl Permitted, effect: &Effect) -> Result<(), DbErr> {
    push_all(permitted, std::slice::from_ref(effect)).await
}

/// Writes several effects as one statement, in the transaction that causes them.
pub async fn push_all(permitted: &impl Permitted, effects: &[Effect]) -> Result<(), DbErr> {
    let now = permitted.now().as_millisecond();
    let mut rows = Vec::with_capacity(effects.len());
    for effect in effects {
        let payload =
            serde_json::to_string(effect).map_err(|error| DbErr::Custom(error.to_string()))?;
        rows.push(outbox::ActiveModel {
            kind: Set(effect.kind().to_owned()),
            payload: Set(payload),
            created_at: Set(now),
            run_after: Set(now),
            attempts: Set(0),
            ..Default::default()
        });
    }
    if rows.is_empty() {
        return Ok(());
    }
    outbox::Entity::insert_many(rows)
        .exec_without_returning(permitted.connection())
        .await
        .map(drop)
}

/// Keeps an effect for this attempt until the transaction ends and a lease longer: an effect that
/// takes several transactions asks in each of them, so that of two processes only one goes on.
/// False where a later attempt has it, or it is done.
pub async fn hold(
    permitted: &impl Permitted,
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
        .exec(permitted.connection())
        .await?;
    Ok(held.rows_affected > 0)
}

/// An effect that is due.
#[derive(Debug)]
pub struct Due {
    /// Its number.
    pub id: i64,
    /// The word for what it is.
    pub kind: String,
    /// What is to happen.
    pub effect: Result<Effect, Unreadable>,
    /// When it was written, and so first tried.
    pub since: i64,
    /// How often it was tried.
    attempts: i32,
}

impl Due {
    /// Whether it is a letter, read or not.
    pub fn is_letter(&self) -> bool {
        self.kind == MAIL
    }
}

/// Why a stored effect can't be read. Nothing of what is stored is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not as an effect is written.
    #[error("{what:?} error at character {at} of what is stored")]
    Text {
        /// What kind of error.
        what: serde_json::error::Category,
        /// At which character.
        at: usize,
    },
    /// It is another effect than the word beside it says.
    #[error("another effect than its kind says")]
    Another,
}

/// What is to happen, as it is stored.
pub(super) fn effect(row: &outbox::Model) -> Result<Effect, Unreadable> {
    let effect: Effect = serde_json::from_str(&row.payload).map_err(|error| Unreadable::Text {
        what: error.classify(),
        at: error.column(),
    })?;
    if effect.kind() == row.kind {
        Ok(effect)
    } else {
        Err(Unreadable::Another)
    }
}

/// An effect that this process has taken for a while.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    id: i64,
    /// Which try it is, from 1.
    pub attempt: i32,
}

/// The effects that are due and of which nobody has a lease, at most so many letters and so many others:
/// first the others, so that no letters stand in their way, and of each those that have waited longest
/// for their turn.
pub async fn due(db: &impl ConnectionTrait, now: i64, most: u64) -> Result<Vec<Due>, DbErr> {
    let mut found = due_of(db, now, outbox::Column::Kind.ne(MAIL), most).await?;
    found.extend(due_of(db, now, outbox::Column::Kind.eq(MAIL), most).await?);
    Ok(found)
}

async fn due_of(
    db: &impl ConnectionTrait,
    now: i64,
    kind: SimpleExpr,
    most: u64,
) -> Result<Vec<Due>, DbErr> {
    Ok(outbox::Entity::find()
        .filter(kind)
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::RunAfter.lte(now))
        .filter(
            outbox::Column::LeaseUntil
                .is_null()
                .or(outbox::Column::LeaseUntil.lt(now)),
        )
        .order_by_asc(outbox::Column::RunAfter)
        .order_by_asc(outbox::Column::Id)
        .limit(most)
        .all(db)
        .await?
        .into_iter()
        .map(|row| Due {
            id: row.id,
            effect: effect(&row),
            kind: row.kind,
            since: row.created_at,
            attempts: row.attempts,
        })
        .collect())
}

/// Takes an effect until then; nothing where another process has.
pub async fn take(
    db: &impl ConnectionTrait,
    due: &Due,
    until: i64,
) -> Result<Option<Taken>, DbErr> {
    let attempt = due.attempts + 1;
    let taken = outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, Expr::value(until))
        .col_expr(outbox::Column::Attempts, Expr::value(attempt))
        .filter(outbox::Column::Id.eq(due.id))
        .filter(outbox::Column::Attempts.eq(due.attempts))
        .filter(outbox::Column::DoneAt.is_null())
        .exec(db)
        .await?;
    Ok((taken.rows_affected > 0).then_some(Taken {
        id: due.id,
        attempt,
    }))
}

fn finish(taken: Taken) -> sea_orm::UpdateMany<outbox::Entity> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, Expr::value(None::<i64>))
        .filter(outbox::Column::Id.eq(taken.id))
        .filter(outbox::Column::Attempts.eq(taken.attempt))
}

/// Says that it was done. What it said, a letter for instance, is not kept.
pub async fn done(db: &impl ConnectionTrait, taken: Taken, at: i64) -> Result<(), DbErr> {
    finish(taken)
        .col_expr(outbox::Column::DoneAt, Expr::value(at))
        .col_expr(outbox::Column::Payload, Expr::value("{}"))
        .exec(db)
        .await
        .map(drop)
}

/// Says that it failed, why, and after which moment it is to be tried again.
pub async fn failed(
    db: &impl ConnectionTrait,
    taken: Taken,
    again_after: i64,
    why: String,
) -> Result<(), DbErr> {
    finish(taken)
        .col_expr(outbox::Column::RunAfter, Expr::value(again_after))
        .col_expr(outbox::Column::LastError, Expr::value(why))
        .exec(db)
        .await
        .map(drop)
}

/// Forgets effects that were written before then: letters whether or not they were sent, others
/// once they are done. How many letters were among them that had not been sent.
pub async fn forget(db: &impl ConnectionTrait, before: i64) -> Result<u64, DbErr> {
    let old = || outbox::Entity::delete_many().filter(outbox::Column::CreatedAt.lt(before));
    let unsent = old()
        .filter(outbox::Column::Kind.eq(MAIL))
        .filter(outbox::Column::DoneAt.is_null())
        .exec(db)
        .await?;
    old()
        .filter(outbox::Column::DoneAt.is_not_null())
        .exec(db)
        .await?;
    Ok(unsent.rows_affected)
}
