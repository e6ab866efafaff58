//! Letters of the outbox that did not leave, and sending one of them again.
//!
//! Invariant: a letter is sent again as a new effect, and the old one ends in the same transaction, so
//! that it is tried for as many days again and nobody gets it twice. It says which effect it was at first,
//! so that it is known as the same letter wherever it arrives.

use domain::letter::Trouble;
use domain::retention::LETTER_DAYS;
use entity::outbox;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::outbox::{Effect, MAIL, NEVER, Unreadable, effect, push};
use crate::db::{Tx, moment};
use crate::granted::Granted;
use crate::mail::Letter;

/// A letter that did not leave.
#[derive(Clone, Debug)]
pub struct FailedLetter {
    /// Its number.
    pub id: i64,
    /// The letter; nothing where it can't be read.
    pub letter: Option<Letter>,
    /// When it was written.
    pub written: Timestamp,
    /// How often it was tried.
    pub tries: i32,
    /// Why the last try failed.
    pub trouble: Trouble,
    /// When it is tried again; nothing where it is given up.
    pub next: Option<Timestamp>,
    /// When it is removed.
    pub removed: Timestamp,
}

fn not_sent() -> Select<outbox::Entity> {
    outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(MAIL))
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::LastError.is_not_null())
}

/// How many letters did not leave.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    not_sent().count(db).await
}

/// Letters that did not leave, the latest first: `most` of them, from this place on.
pub async fn failed(
    db: &impl ConnectionTrait,
    from: u64,
    most: u64,
) -> Result<Vec<FailedLetter>, DbErr> {
    let rows = not_sent()
        .order_by_desc(outbox::Column::Id)
        .offset(from)
        .limit(most)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: outbox::Model) -> Result<FailedLetter, DbErr> {
    let written = moment(row.created_at)?;
    let kept = SignedDuration::from_hours(24 * LETTER_DAYS);
    let (letter, trouble) = match letter(&row) {
        Ok(letter) => {
            let why = row.last_error.as_deref().unwrap_or_default();
            (Some(letter), Trouble::from_word(why))
        }
        Err(why) => {
            tracing::error!(id = row.id, %why, "a letter can't be read");
            (None, Trouble::Unreadable)
        }
    };
    Ok(FailedLetter {
        id: row.id,
        letter,
        written,
        tries: row.attempts,
        trouble,
        next: if row.run_after >= NEVER {
            None
        } else {
            Some(moment(row.run_after)?)
        },
        removed: written.checked_add(kept).unwrap_or(Timestamp::MAX),
    })
}

fn letter(row: &outbox::Model) -> Result<Letter, Unreadable> {
    match effect(row)? {
        Effect::Mail(letter) => Ok(letter),
        Effect::TellTakenPart { .. } => Err(Unreadable::Another),
    }
}

/// A letter that somebody wants to be sent again.
#[derive(Debug)]
pub struct SoughtLetter {
    id: i64,
    /// Nothing where it has left meanwhile, or is on its way at this moment.
    unsent: Option<Letter>,
}

/// A letter, its row held until the transaction ends; nothing where there is none of this number any
/// more.
pub async fn hold(tx: &Tx, id: i64, now: Timestamp) -> Result<Option<SoughtLetter>, DbErr> {
    let found = outbox::Entity::find_by_id(id)
        .filter(outbox::Column::Kind.eq(MAIL))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    let Some(row) = found else { return Ok(None) };
    let on_its_way = row
        .lease_until
        .is_some_and(|until| until >= now.as_millisecond());
    let waits = row.done_at.is_none() && row.last_error.is_some() && !on_its_way;
    let unsent = waits.then(|| letter(&row)).transpose();
    Ok(Some(SoughtLetter {
        id,
        unsent: unsent.map_err(|why| DbErr::Custom(format!("letter {id}: {why}")))?,
    }))
}

/// Has it sent again. False where nothing is to be done: it has left, or is on its way.
pub async fn send_again(granted: &Granted<'_, SoughtLetter>) -> Result<bool, DbErr> {
    let Some(letter) = &granted.root().unsent else {
        return Ok(false);
    };
    outbox::Entity::update_many()
        .col_expr(
            outbox::Column::DoneAt,
            Expr::value(granted.now().as_millisecond()),
        )
        .col_expr(outbox::Column::Payload, Expr::value("{}"))
        .filter(outbox::Column::Id.eq(granted.root().id))
        .exec(granted.tx())
        .await?;
    let again = Letter {
        first: letter.first.or(Some(granted.root().id)),
        ..letter.clone()
    };
    push(granted, &Effect::Mail(again)).await?;
    Ok(true)
}
