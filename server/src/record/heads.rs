//! Signed heads of the record as rows, and the record held against heads.
//!
//! Invariant: a head is stored once for a number of entries, and only where every entry since the
//! last head follows from the one before it.

use std::collections::BTreeMap;

use entity::record_head;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::audit::{self, Followed, Place};
use super::signing::Head;
use crate::db::moment;
use crate::granted::Permitted;

/// How many heads are published: those of more than a month, if one came each hour.
pub const PUBLISHED: u64 = 1_000;

fn read(row: record_head::Model) -> Result<Head, DbErr> {
    Ok(Head {
        entries: u64::try_from(row.entries)
            .map_err(|_| DbErr::Custom(format!("a head of {} entries", row.entries)))?,
        hash: row.hash,
        at: moment(row.signed_at)?,
        key: row.public_key,
        signature: row.signature,
    })
}

/// The newest heads, the newest first.
pub async fn newest(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Head>, DbErr> {
    record_head::Entity::find()
        .order_by_desc(record_head::Column::Entries)
        .limit(most)
        .all(db)
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// Where the record was when its newest head was signed; its beginning where there is none.
pub async fn last_place(db: &impl ConnectionTrait) -> Result<Place, DbErr> {
    let last = record_head::Entity::find()
        .order_by_desc(record_head::Column::Entries)
        .one(db)
        .await?;
    let Some(row) = last else {
        return Ok(Place::default());
    };
    let last_entry = row.last_entry;
    let head = read(row)?;
    Ok(Place {
        entries: head.entries,
        last_entry,
        hash: head.hash,
    })
}

/// Stores a head, with the entry it was signed at.
pub async fn insert(permitted: &impl Permitted, head: &Head, place: &Place) -> Result<(), DbErr> {
    let entries = i64::try_from(head.entries)
        .map_err(|_| DbErr::Custom(format!("a head of {} entries", head.entries)))?;
    record_head::Entity::insert(record_head::ActiveModel {
        entries: Set(entries),
        last_entry: Set(place.last_entry),
        hash: Set(head.hash.clone()),
        signed_at: Set(head.at.as_millisecond()),
        public_key: Set(head.key.clone()),
        signature: Set(head.signature.clone()),
        mailed_on: Set(None),
    })
    .on_conflict(
        OnConflict::column(record_head::Column::Entries)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(permitted.connection())
    .await
    .map(drop)
}

/// The newest head, where none was mailed on this day and it has not been mailed at all.
pub async fn to_mail(db: &impl ConnectionTrait, day: Date) -> Result<Option<Head>, DbErr> {
    let today = record_head::Entity::find()
        .filter(record_head::Column::MailedOn.eq(day.to_string()))
        .count(db)
        .await?;
    if today > 0 {
        return Ok(None);
    }
    record_head::Entity::find()
        .order_by_desc(record_head::Column::Entries)
        .one(db)
        .await?
        .filter(|row| row.mailed_on.is_none())
        .map(read)
        .transpose()
}

/// Says that this head was mailed on this day.
pub async fn mailed(permitted: &impl Permitted, head: &Head, day: Date) -> Result<(), DbErr> {
    record_head::Entity::update_many()
        .col_expr(record_head::Column::MailedOn, Expr::value(day.to_string()))
        .filter(record_head::Column::Hash.eq(head.hash.as_str()))
        .exec(permitted.connection())
        .await
        .map(drop)
}

/// The record held against heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Every entry follows from the one before it and every head is of this record. What came after
    /// the last head is covered by none.
    Whole {
        /// How many entries there are.
        entries: u64,
        /// How many of them the heads cover.
        covered: u64,
    },
    /// The entry of this id does not follow from the one before it.
    BrokenAt(i64),
    /// There are fewer entries than when this head was signed.
    Cut(u64, Head),
    /// The entries are not those that there were when this head was signed.
    Another(Head),
}

/// Reads the whole record and holds it against heads, whose signatures have been checked.
pub async fn hold(db: &impl ConnectionTrait, heads: &[Head]) -> Result<Held, DbErr> {
    let mut at: BTreeMap<u64, Vec<&Head>> = BTreeMap::new();
    for head in heads {
        at.entry(head.entries).or_default().push(head);
    }
    let mut another = None;
    let followed = audit::follow(db, Place::default(), |place| {
        let here = at.get(&place.entries).into_iter().flatten();
        let differs = here.copied().find(|head| head.hash != place.hash);
        another = another.take().or(differs.cloned());
    })
    .await?;
    let place = match followed {
        Followed::BrokenAt(entry) => return Ok(Held::BrokenAt(entry)),
        Followed::To(place) => place,
    };
    if let Some(head) = another {
        return Ok(Held::Another(head));
    }
    let (entries, last) = (place.entries, at.last_key_value());
    let covered = last.map_or(0, |(covered, _)| *covered);
    match last.and_then(|(_, heads)| heads.first()) {
        Some(head) if covered > entries => Ok(Held::Cut(entries, (*head).clone())),
        _ => Ok(Held::Whole { entries, covered }),
    }
}
