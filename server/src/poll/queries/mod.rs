//! Reads of polls. While a poll is open nothing here says what a ballot says but to whoever holds
//! its code.

pub mod desk;
pub mod kept_results;
pub mod results;

use app::ui::dates;
use domain::code::Code;
use domain::consultation::{Consultation, Stage};
use domain::ids::{ConsultationId, PollId, TeamId};
use domain::insight::disclosure::{PUBLIC, Shown};
use domain::insight::release::Of;
use domain::poll::policy::hidden;
use domain::poll::read::{PollView, PublicTurnout, PublishedList, Turnout};
use domain::poll::{Electorate, Poll};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

use crate::consultation;
use crate::council::rows::areas::wards;
use crate::insight::rows::release;
use crate::poll::rows::{ballots, counts, electors, polls};

pub use crate::poll::rows::ballots::Ballot;
pub use crate::poll::rows::counts::{head, is_published};

/// The poll of this number.
///
/// # Errors
/// A poll that can't be read is a fault.
pub async fn poll(
    db: &impl ConnectionTrait,
    on: &Consultation,
    number: i32,
) -> Result<Option<Poll>, DbErr> {
    polls::find(db, on.id, number).await
}

/// The polls of a consultation by number, whether or not they can be voted in yet.
///
/// # Errors
/// A poll that can't be read is a fault.
pub async fn polls(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<Poll>, DbErr> {
    polls::all(db, id).await
}

/// What pages show of a poll. Its seed is in it: a page that is open to voters must not show it
/// before the result.
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
        wards(db)
            .await?
            .into_iter()
            .filter(|ward| ids.contains(&ward.id.0))
            .map(|ward| (ward.id.0, ward.name))
            .collect()
    };
    let stage = on.stage(now);
    let published = counts::is_published(db, poll.id).await?;
    Ok(PollView {
        slug: on.slug.clone(),
        title: on.title.clone(),
        areas,
        opens: on.milestones.opens.map(dates::long).unwrap_or_default(),
        closes: on.milestones.closes.map(dates::until).unwrap_or_default(),
        open: stage == Stage::Open,
        closed: matches!(stage, Stage::Closed | Stage::Answered | Stage::Decided),
        result_visible: hidden(on, published, now) == Ok(None),
        invented: on.invented,
        poll,
    })
}

/// How many have voted, as everybody may see it: as it was released, until the ballots are public.
///
/// # Errors
/// A release that can't be read is a fault.
pub async fn public_turnout(
    db: &impl ConnectionTrait,
    poll: &Poll,
    published: bool,
) -> Result<PublicTurnout, DbErr> {
    if published {
        return Ok(PublicTurnout::Counted(turnout(db, poll).await?));
    }
    let electors = match poll.electorate {
        Electorate::Register => {
            let electors = on_register(db, poll.id).await?.electors;
            Some(PUBLIC.alone(electors))
        }
        _ => None,
    };
    let released = release::last::<Shown>(db, Of::Ballots(poll.id)).await?;
    Ok(PublicTurnout::Released {
        voted: released.map_or(Shown::Hidden, |released| released.cells),
        electors,
    })
}

/// How many have voted, for the desk.
pub async fn turnout(db: &impl ConnectionTrait, poll: &Poll) -> Result<Turnout, DbErr> {
    let cast = ballots::cast(db, &[poll.id]).await?;
    let mut turnout = cast.get(&poll.id).copied().unwrap_or_default();
    if poll.electorate == Electorate::Register {
        turnout.electors = Some(on_register(db, poll.id).await?.electors);
    }
    Ok(turnout)
}

/// How many may have a paper of this poll, and how many have been given one.
async fn on_register(db: &impl ConnectionTrait, poll: PollId) -> Result<electors::Issued, DbErr> {
    let counted = electors::counts(db, &[poll]).await?;
    Ok(counted.get(&poll).copied().unwrap_or_default())
}

/// The published list of a poll and its hash, once there is one.
pub async fn published(
    db: &impl ConnectionTrait,
    poll: PollId,
) -> Result<Option<PublishedList>, DbErr> {
    counts::published(db, poll).await
}

/// Polls of these teams that have closed and are not published.
pub async fn uncounted(
    db: &impl ConnectionTrait,
    teams: &[TeamId],
    now: Timestamp,
) -> Result<u64, DbErr> {
    let closed = consultation::rows::facts::closed_of(db, teams, now).await?;
    polls::unpublished(db, &closed).await
}

/// The paper of a voting code, if one was issued.
///
/// # Errors
/// Marks that can't be read are a fault.
pub async fn ballot(
    db: &impl ConnectionTrait,
    poll: &Poll,
    voting_code: &Code,
) -> Result<Option<Ballot>, DbErr> {
    ballots::find(db, poll, crate::poll::code::hash(poll.id, voting_code)).await
}
