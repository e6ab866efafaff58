//! Voters who look as if a script had voted: noticed, set aside, never removed.
//!
//! What is kept of where a vote comes from is a mark of 20 bits: a keyed digest of the day and of
//! the network (a 256th part of an IPv4 address range, or an IPv6 site), so that many networks share
//! one and it is another tomorrow; and whether the page had been read. Both are forgotten after
//! [`VOTE_SOURCE_DAYS`] days. Invariants: a voter who was looked at by a person is not flagged again; every kind
//! on them is on the record.

use std::collections::BTreeMap;
use std::net::IpAddr;

use domain::account::Member;
use domain::ids::ConsultationId;
use domain::retention::VOTE_SOURCE_DAYS;
use domain::vote::read::{AsideLine, AsideStatement, AsideView};
use domain::vote::statement::Votes;
use domain::vote::stuffing::{Flag, Voter, flags};
use entity::{voter_flag, voter_source};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use crate::App;
use crate::client::ClientAddress;
use crate::http::Error;
use crate::record::audit;
use crate::secret::Secret;
use crate::vote::commands::vote_writer::Source;
use crate::vote::queries::matrix;
use crate::vote::{commands, queries};

/// The mark where it is not known which network it was.
const UNKNOWN: i32 = -1;
/// Voters whose votes are read at once.
const VOTERS_AT_ONCE: usize = 2_000;

fn day_number(now: Timestamp) -> i32 {
    i32::try_from(now.as_second().div_euclid(86_400)).unwrap_or_default()
}

/// What is kept of where a voter comes from.
pub fn source(secret: &Secret, client: ClientAddress, now: Timestamp, read: bool) -> Source {
    let day = day_number(now);
    let (network, own): (Vec<u8>, bool) = match client.ip() {
        IpAddr::V4(v4) => (
            v4.octets().into_iter().take(3).collect(),
            v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        ),
        IpAddr::V6(v6) => (
            v6.octets().into_iter().take(6).collect(),
            v6.is_loopback() || v6.is_unique_local(),
        ),
    };
    if own {
        // Our own proxy, or everybody within one building: it tells nothing of anybody.
        return Source {
            day,
            mark: UNKNOWN,
            read,
        };
    }
    let message = [&day.to_be_bytes()[..], &network].concat();
    let [a, b, c, ..] = secret.mac("voter-source", &message);
    Source {
        day,
        mark: i32::from(a & 15) << 16 | i32::from(b) << 8 | i32::from(c),
        read,
    }
}

/// Forgets where votes came from.
///
/// # Errors
/// Those of the database.
pub async fn forget(app: &App, now: Timestamp) -> Result<(), DbErr> {
    voter_source::Entity::delete_many()
        .filter(voter_source::Column::Day.lt(i64::from(day_number(now)) - VOTE_SOURCE_DAYS))
        .exec(app.db.writing())
        .await
        .map(drop)
}

/// Looks for voters who are to be set aside, and sets them aside.
///
/// # Errors
/// Those of the database.
pub async fn look(app: &App, id: ConsultationId, now: Timestamp) -> Result<(), DbErr> {
    let db = app.db.read();
    let sources: BTreeMap<i64, voter_source::Model> = voter_source::Entity::find()
        .filter(voter_source::Column::ConsultationId.eq(id.0))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.voter_id, row))
        .collect();
    if sources.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = sources.keys().copied().collect();
    let mut voters = Vec::with_capacity(ids.len());
    for some in ids.chunks(VOTERS_AT_ONCE) {
        let mut votes = matrix::votes_of(db, id, some).await?;
        voters.extend(some.iter().filter_map(|voter| {
            let from = sources.get(voter)?;
            Some(Voter {
                id: *voter,
                source: u64::try_from(from.source)
                    .ok()
                    .map(|mark| (u32::try_from(from.day).unwrap_or(0), mark)),
                read: from.read,
                votes: votes
                    .remove(voter)?
                    .into_iter()
                    .filter_map(|(statement, value)| Some((statement, i8::try_from(value).ok()?)))
                    .collect(),
            })
        }));
    }
    let found = tokio::task::spawn_blocking(move || flags(&voters))
        .await
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    let known: Vec<i64> = flagged(app, id)
        .await?
        .iter()
        .map(|row| row.voter_id)
        .collect();
    let mut by_reason: BTreeMap<&str, usize> = BTreeMap::new();
    let new: Vec<voter_flag::ActiveModel> = found
        .into_iter()
        .filter(|(voter, _)| known.binary_search(voter).is_err())
        .map(|(voter, flag)| {
            *by_reason.entry(flag.code()).or_default() += 1;
            voter_flag::ActiveModel {
                voter_id: Set(voter),
                consultation_id: Set(id.0),
                reason: Set(flag.code().to_owned()),
                aside: Set(true),
            }
        })
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let tx = app.db.begin().await?;
    for some in new.chunks(VOTERS_AT_ONCE) {
        voter_flag::Entity::insert_many(some.to_vec())
            .on_conflict(
                OnConflict::column(voter_flag::Column::VoterId)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&tx)
            .await?;
    }
    let subject = format!("consultation/{id}");
    let detail = format!("{by_reason:?}");
    audit::append(&tx, now, None, "set-votes-aside", &subject, &detail).await?;
    tx.commit().await
}

async fn flagged(app: &App, id: ConsultationId) -> Result<Vec<voter_flag::Model>, DbErr> {
    use sea_orm::QueryOrder;
    voter_flag::Entity::find()
        .filter(voter_flag::Column::ConsultationId.eq(id.0))
        .order_by_asc(voter_flag::Column::VoterId)
        .all(app.db.read())
        .await
}

/// How many voters are set aside.
///
/// # Errors
/// Those of the database.
pub async fn count(app: &App, id: ConsultationId) -> Result<u64, DbErr> {
    voter_flag::Entity::find()
        .filter(voter_flag::Column::ConsultationId.eq(id.0))
        .filter(voter_flag::Column::Aside.eq(true))
        .count(app.db.read())
        .await
}

/// Who is set aside and why, and the counts with and without them.
///
/// # Errors
/// Those of the database.
pub async fn view(app: &App, id: ConsultationId) -> Result<AsideView, DbErr> {
    let db = app.db.read();
    let rows = flagged(app, id).await?;
    let lines = Flag::ALL
        .into_iter()
        .map(|flag| {
            let of = |aside: bool| {
                rows.iter()
                    .filter(|row| row.reason == flag.code() && row.aside == aside)
                    .count()
            };
            AsideLine {
                flag,
                aside: of(true),
                back: of(false),
            }
        })
        .filter(|line| line.aside + line.back > 0)
        .collect();
    let mut without: BTreeMap<i64, Votes> = BTreeMap::new();
    let aside: Vec<i64> = rows
        .iter()
        .filter(|r| r.aside)
        .map(|r| r.voter_id)
        .collect();
    for some in aside.chunks(VOTERS_AT_ONCE) {
        for (statement, value) in matrix::votes_of(db, id, some)
            .await?
            .into_values()
            .flatten()
        {
            let sum = without.entry(statement).or_default();
            match value {
                1 => sum.agrees += 1,
                -1 => sum.disagrees += 1,
                _ => sum.passes += 1,
            }
        }
    }
    let statements = queries::results(db, id)
        .await?
        .into_iter()
        .map(|one| {
            let less = without.get(&one.id.0).copied().unwrap_or_default();
            AsideStatement {
                text: one.text,
                with: one.votes,
                without: Votes {
                    agrees: one.votes.agrees - less.agrees,
                    disagrees: one.votes.disagrees - less.disagrees,
                    passes: one.votes.passes - less.passes,
                },
            }
        })
        .collect();
    Ok(AsideView {
        lines,
        statements,
        ..AsideView::default()
    })
}

/// Sets the voters with this flag aside again, or lets them back.
///
/// # Errors
/// Those of the database.
pub async fn decide(
    app: &App,
    member: &Member,
    id: ConsultationId,
    flag: Flag,
    aside: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let done = voter_flag::Entity::update_many()
        .col_expr(voter_flag::Column::Aside, Expr::value(aside))
        .filter(voter_flag::Column::ConsultationId.eq(id.0))
        .filter(voter_flag::Column::Reason.eq(flag.code()))
        .filter(voter_flag::Column::Aside.eq(!aside))
        .exec(&tx)
        .await?;
    let kind = if aside {
        "set-votes-aside"
    } else {
        "let-votes-back"
    };
    let detail = format!("{} {}", flag.code(), done.rows_affected);
    let subject = format!("consultation/{id}");
    audit::append(&tx, now, Some(member.person), kind, &subject, &detail).await?;
    commands::statements_changed(&tx, id).await?;
    tx.commit().await?;
    Ok(())
}
