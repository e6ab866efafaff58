//! Ballots in the polls of consultations, as everybody may see them.
//!
//! Invariant: every page that names this number reads it here.

use std::collections::HashMap;

use domain::ids::{ConsultationId, PollId};
use domain::insight::disclosure::Shown;
use domain::insight::read::Ballots;
use domain::insight::release::Of;
use sea_orm::{ConnectionTrait, DbErr};

use crate::insight::rows::release;
use crate::poll::rows::{ballots, counts, polls};

/// The ballots of each of these that has a poll.
///
/// # Errors
/// A count that can't be read is a fault.
pub async fn of(
    db: &impl ConnectionTrait,
    on: &[ConsultationId],
) -> Result<HashMap<ConsultationId, Ballots>, DbErr> {
    let polls = polls::of_each(db, on).await?;
    let ids: Vec<PollId> = polls.iter().map(|(_, poll)| *poll).collect();
    let published = counts::published_of(db, &ids).await?;
    let (listed, sealed): (Vec<PollId>, Vec<PollId>) =
        ids.iter().partition(|id| published.contains(id));
    let listed = ballots::cast(db, &listed).await?;
    let sealed: Vec<Of> = sealed.into_iter().map(Of::Ballots).collect();
    let sealed = release::shown(db, &sealed).await?;
    let mut all: HashMap<ConsultationId, Ballots> = HashMap::new();
    for (consultation, poll) in polls {
        let cast = match published.contains(&poll) {
            true => listed.get(&poll).map(|cast| cast.online + cast.paper),
            false => sealed.get(&Of::Ballots(poll)).and_then(|one| one.number()),
        };
        let ballots = all.entry(consultation).or_insert(Ballots {
            polls: 0,
            cast: Shown::Hidden,
        });
        ballots.polls += 1;
        if let Some(cast) = cast {
            ballots.cast = Shown::Count(cast + ballots.cast.number().unwrap_or_default());
        }
    }
    Ok(all)
}
