//! Voters who are set aside, and where voters came from, as rows.
//!
//! Invariant: a voter who has a flag keeps it; a person may let them back and set them aside again,
//! and the program never flags them a second time.

use std::collections::{BTreeMap, HashSet};

use domain::consultation::Consultation;
use domain::ids::ConsultationId;
use domain::vote::stuffing::Flag;
use entity::{voter_flag, voter_source};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};

use crate::granted::{Admitted, Granted};

/// Rows written in one statement.
const AT_ONCE: usize = 2_000;
/// The mark where it is not known which network it was.
pub const UNKNOWN: i32 = -1;

/// Where a voter's first vote came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The day, counted from 1970.
    pub day: i32,
    /// A mark of the network, another each day; [`UNKNOWN`] where it tells nothing.
    pub mark: i32,
    /// Whether the voting page had been given to this browser.
    pub read: bool,
}

pub(super) fn row(voter: i64, on: ConsultationId, from: Source) -> voter_source::ActiveModel {
    voter_source::ActiveModel {
        voter_id: Set(voter),
        consultation_id: Set(on.0),
        day: Set(from.day),
        source: Set(from.mark),
        read: Set(from.read),
    }
}

pub(super) async fn insert_sources(
    by: &Admitted<'_, Consultation>,
    sources: Vec<voter_source::ActiveModel>,
) -> Result<(), DbErr> {
    if sources.is_empty() {
        return Ok(());
    }
    voter_source::Entity::insert_many(sources)
        .on_conflict(
            OnConflict::column(voter_source::Column::VoterId)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(by.tx())
        .await
        .map(drop)
}

/// Where the voters of a consultation came from, by voter, as far as that is still known.
pub async fn sources(
    db: &impl ConnectionTrait,
    on: ConsultationId,
) -> Result<BTreeMap<i64, Source>, DbErr> {
    Ok(voter_source::Entity::find()
        .filter(voter_source::Column::ConsultationId.eq(on.0))
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            let from = Source {
                day: row.day,
                mark: row.source,
                read: row.read,
            };
            (row.voter_id, from)
        })
        .collect())
}

/// Forgets where votes came from before this day, counted from 1970. It is the program that
/// forgets, of everybody alike.
pub async fn forget_sources(db: &impl ConnectionTrait, before: i64) -> Result<(), DbErr> {
    voter_source::Entity::delete_many()
        .filter(voter_source::Column::Day.lt(before))
        .exec(db)
        .await
        .map(drop)
}

/// A voter with a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlaggedVoter {
    /// Which one.
    pub voter: i64,
    /// Why.
    pub flag: Flag,
    /// Whether they are set aside; else they were let back.
    pub set_aside: bool,
}

/// The voters with a flag. A flag that is none is a fault.
pub async fn flagged(
    db: &impl ConnectionTrait,
    on: ConsultationId,
) -> Result<Vec<FlaggedVoter>, DbErr> {
    voter_flag::Entity::find()
        .filter(voter_flag::Column::ConsultationId.eq(on.0))
        .order_by_asc(voter_flag::Column::VoterId)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            let flag = Flag::from_code(&row.reason)
                .ok_or_else(|| DbErr::Custom(format!("voter {}: its flag", row.voter_id)))?;
            Ok(FlaggedVoter {
                voter: row.voter_id,
                flag,
                set_aside: row.set_aside,
            })
        })
        .collect()
}

/// How many voters are set aside.
pub async fn count(db: &impl ConnectionTrait, on: ConsultationId) -> Result<u64, DbErr> {
    voter_flag::Entity::find()
        .filter(voter_flag::Column::ConsultationId.eq(on.0))
        .filter(voter_flag::Column::SetAside.eq(true))
        .count(db)
        .await
}

/// Flags these voters and sets them aside, but for those who have a flag, and says how many were
/// set aside for each reason.
pub async fn set_aside_new(
    granted: &Granted<'_, Consultation>,
    found: &BTreeMap<i64, Flag>,
) -> Result<BTreeMap<Flag, usize>, DbErr> {
    let (tx, on) = (granted.tx(), granted.root().id);
    let known: HashSet<i64> = flagged(tx, on)
        .await?
        .into_iter()
        .map(|one| one.voter)
        .collect();
    let mut counts: BTreeMap<Flag, usize> = BTreeMap::new();
    let mut rows: Vec<voter_flag::ActiveModel> = Vec::new();
    for (voter, flag) in found.iter().filter(|(voter, _)| !known.contains(*voter)) {
        *counts.entry(*flag).or_default() += 1;
        rows.push(voter_flag::ActiveModel {
            voter_id: Set(*voter),
            consultation_id: Set(on.0),
            reason: Set(flag.code().to_owned()),
            set_aside: Set(true),
        });
    }
    for some in rows.chunks(AT_ONCE) {
        voter_flag::Entity::insert_many(some.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(counts)
}

/// Sets every voter with this flag aside, or lets them back, and says for how many that is a change.
pub async fn mark_all(
    granted: &Granted<'_, Consultation>,
    flag: Flag,
    set_aside: bool,
) -> Result<u64, DbErr> {
    let done = voter_flag::Entity::update_many()
        .col_expr(voter_flag::Column::SetAside, Expr::value(set_aside))
        .filter(voter_flag::Column::ConsultationId.eq(granted.root().id.0))
        .filter(voter_flag::Column::Reason.eq(flag.code()))
        .filter(voter_flag::Column::SetAside.eq(!set_aside))
        .exec(granted.tx())
        .await?;
    Ok(done.rows_affected)
}
