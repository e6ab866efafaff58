//! The polls of a consultation, as its own pages and gates need them: by name and address only.
//!
//! What makes a poll fit to be voted on is in the domain. Not here: its ballots.

use domain::consultation::read::PollLine;
use domain::ids::{ConsultationId, PollId};
use domain::poll::Electorate;
use entity::{poll, poll_option};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{counts, electors, polls};

/// The polls of a consultation by number.
///
/// # Errors
/// A poll that can't be read is a fault.
pub async fn lines(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<PollLine>, DbErr> {
    let found = polls::all(db, id).await?;
    let ids: Vec<PollId> = found.iter().map(|poll| poll.id).collect();
    let published = counts::published_of(db, &ids).await?;
    let register = electors::counts(db, &ids).await?;
    Ok(found
        .into_iter()
        .map(|poll| {
            let electors = (poll.electorate == Electorate::Register)
                .then(|| register.get(&poll.id).map_or(0, |counted| counted.electors));
            PollLine {
                number: poll.number,
                ready: poll.faults_with(true, electors).is_empty(),
                published: published.contains(&poll.id),
                binding: poll.binding,
                question: poll.question,
            }
        })
        .collect())
}

/// The consultation whose poll shows this picture.
pub async fn of_picture(
    db: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<ConsultationId>, DbErr> {
    let option = poll_option::Entity::find()
        .filter(poll_option::Column::Picture.eq(token))
        .one(db)
        .await?;
    let Some(option) = option else {
        return Ok(None);
    };
    let row = poll::Entity::find_by_id(option.poll_id).one(db).await?;
    Ok(row.map(|row| ConsultationId(row.consultation_id)))
}
