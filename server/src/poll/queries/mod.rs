//! Reads of polls. While a poll is open nothing here tells what a ballot says but to who holds its
//! code.

pub mod results;

use std::collections::HashMap;

use domain::consultation::{Consultation, Stage};
use domain::ids::{ConsultationId, PollId, TeamId};
use domain::poll::policy::may_see_result;
use domain::poll::read::{PollView, Turnout};
use domain::poll::{Choices, Electorate, Poll, marks};
use entity::{area, consultation, poll, poll_ballot, poll_count, poll_elector, poll_option};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::poll::rows;

/// The poll of this number.
///
/// # Errors
/// Those of the database.
pub async fn poll(
    db: &impl ConnectionTrait,
    on: &Consultation,
    number: i32,
) -> Result<Option<Poll>, DbErr> {
    let found = poll::Entity::find()
        .filter(poll::Column::ConsultationId.eq(on.id.0))
        .filter(poll::Column::Number.eq(number))
        .one(db)
        .await?;
    let Some(row) = found else { return Ok(None) };
    let options = poll_option::Entity::find()
        .filter(poll_option::Column::PollId.eq(row.id))
        .all(db)
        .await?;
    Ok(rows::poll(row, options))
}

/// The polls of a consultation by number, whether or not they can be voted in yet.
///
/// # Errors
/// Those of the database.
pub async fn polls(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<Poll>, DbErr> {
    let found = poll::Entity::find()
        .filter(poll::Column::ConsultationId.eq(id.0))
        .order_by_asc(poll::Column::Number)
        .all(db)
        .await?;
    let ids: Vec<i64> = found.iter().map(|row| row.id).collect();
    let mut options: HashMap<i64, Vec<poll_option::Model>> = HashMap::new();
    if !ids.is_empty() {
        for one in poll_option::Entity::find()
            .filter(poll_option::Column::PollId.is_in(ids))
            .all(db)
            .await?
        {
            options.entry(one.poll_id).or_default().push(one);
        }
    }
    Ok(found
        .into_iter()
        .filter_map(|row| {
            let options = options.remove(&row.id).unwrap_or_default();
            rows::poll(row, options)
        })
        .collect())
}

/// What pages show of a poll. Its seed is in it: a page that is open to voters must not show it
/// before the result.
///
/// # Errors
/// Those of the database.
pub async fn view(
    db: &impl ConnectionTrait,
    on: &Consultation,
    poll: Poll,
    now: Timestamp,
) -> Result<PollView, DbErr> {
    let mut ids: Vec<i64> = poll
        .options
        .iter()
        .filter_map(|one| one.area)
        .map(|area| area.0)
        .collect();
    if let Electorate::Ward { areas } = &poll.electorate {
        ids.extend(areas.iter().map(|area| area.0));
    }
    let areas = if ids.is_empty() {
        Vec::new()
    } else {
        area::Entity::find()
            .select_only()
            .columns([area::Column::Id, area::Column::Name])
            .filter(area::Column::Id.is_in(ids))
            .order_by_asc(area::Column::Name)
            .into_tuple()
            .all(db)
            .await?
    };
    let words = |at: Option<Timestamp>| at.map(app::ui::dates::long).unwrap_or_default();
    let stage = on.stage(now);
    Ok(PollView {
        slug: on.slug.clone(),
        title: on.title.clone(),
        areas,
        opens: words(on.milestones.opens),
        closes: words(on.milestones.closes),
        open: stage == Stage::Open,
        closed: matches!(stage, Stage::Closed | Stage::Answered | Stage::Decided),
        result_visible: may_see_result(on, &poll, now).is_ok(),
        invented: on.invented,
        poll,
    })
}

/// How many have voted. It tells no result and may be shown at any time.
///
/// # Errors
/// Those of the database.
pub async fn turnout(db: &impl ConnectionTrait, poll: &Poll) -> Result<Turnout, DbErr> {
    let cast = || {
        poll_ballot::Entity::find()
            .filter(poll_ballot::Column::PollId.eq(poll.id.0))
            .filter(poll_ballot::Column::Choices.is_not_null())
    };
    let count = |paper: bool| {
        cast()
            .filter(poll_ballot::Column::Paper.eq(paper))
            .count(db)
    };
    let electors = match poll.electorate {
        Electorate::Register => Some(electors(db, poll.id).await?),
        _ => None,
    };
    Ok(Turnout {
        electors,
        online: count(false).await?,
        paper: count(true).await?,
        set_aside: cast()
            .filter(poll_ballot::Column::SetAside.eq(true))
            .count(db)
            .await?,
    })
}

/// How many are on the register.
///
/// # Errors
/// Those of the database.
pub async fn electors(db: &impl ConnectionTrait, poll: PollId) -> Result<u64, DbErr> {
    poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.0))
        .count(db)
        .await
}

/// How many of those who may vote have been given a ballot paper.
///
/// # Errors
/// Those of the database.
pub async fn issued(db: &impl ConnectionTrait, poll: PollId) -> Result<u64, DbErr> {
    poll_elector::Entity::find()
        .filter(poll_elector::Column::PollId.eq(poll.0))
        .filter(poll_elector::Column::IssuedOn.is_not_null())
        .count(db)
        .await
}

/// The published list of a poll and its hash, once there is one.
///
/// # Errors
/// Those of the database.
pub async fn published(
    db: &impl ConnectionTrait,
    poll: PollId,
) -> Result<Option<poll_count::Model>, DbErr> {
    poll_count::Entity::find()
        .filter(poll_count::Column::PollId.eq(poll.0))
        .order_by_asc(poll_count::Column::Id)
        .limit(1)
        .one(db)
        .await
}

/// Polls of these teams that have closed and are not published.
///
/// # Errors
/// Those of the database.
pub async fn uncounted(
    db: &impl ConnectionTrait,
    teams: &[TeamId],
    now: Timestamp,
) -> Result<u64, DbErr> {
    use consultation::Column::{ClosesAt, Id, PublishedAt, TeamId, WithdrawnAt};
    let closed: Vec<i64> = consultation::Entity::find()
        .select_only()
        .column(Id)
        .filter(TeamId.is_in(teams.iter().map(|team| team.0)))
        .filter(PublishedAt.is_not_null())
        .filter(ClosesAt.lte(now.as_millisecond()))
        .filter(WithdrawnAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let counted: Vec<i64> = poll_count::Entity::find()
        .select_only()
        .column(poll_count::Column::PollId)
        .into_tuple()
        .all(db)
        .await?;
    poll::Entity::find()
        .filter(poll::Column::ConsultationId.is_in(closed))
        .filter(poll::Column::Id.is_not_in(counted))
        .count(db)
        .await
}

/// A ballot paper as its voter sees it.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// What it says; none where it was not cast.
    pub choices: Option<Choices>,
    /// Its commitment, once cast.
    pub commitment: Option<String>,
}

/// The paper of a voting code, if one was issued.
///
/// # Errors
/// Those of the database.
pub async fn ballot(
    db: &impl ConnectionTrait,
    poll: &Poll,
    voting_code: &str,
) -> Result<Option<Ballot>, DbErr> {
    let hash = crate::poll::code::hash(poll.id, voting_code);
    let found = poll_ballot::Entity::find_by_id((poll.id.0, hash))
        .one(db)
        .await?;
    Ok(found.map(|row| Ballot {
        choices: row
            .choices
            .and_then(|text| marks(&text))
            .and_then(|marks| poll.choices(&marks).ok()),
        commitment: row.commitment,
    }))
}
