//! The polls of a consultation, as its own pages and gates need them: by name and address only.
//!
//! What makes a poll fit to be voted on is in the domain. Not here: its ballots.

use std::collections::{HashMap, HashSet};

use domain::consultation::read::PollLine;
use domain::ids::{ConsultationId, PollId, PollOptionId};
use domain::poll::{Electorate, Poll, PollOption};
use entity::{poll, poll_count, poll_elector, poll_option};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// The polls of a consultation by number.
///
/// # Errors
/// A poll whose rule or electorate can't be read is a fault.
pub async fn lines(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<PollLine>, DbErr> {
    let rows = poll::Entity::find()
        .filter(poll::Column::ConsultationId.eq(id.0))
        .order_by_asc(poll::Column::Number)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut options: HashMap<i64, Vec<PollOption>> = HashMap::new();
    for row in poll_option::Entity::find()
        .filter(poll_option::Column::PollId.is_in(ids.clone()))
        .all(db)
        .await?
    {
        options.entry(row.poll_id).or_default().push(PollOption {
            id: PollOptionId(row.id),
            position: row.position,
            name: row.name,
            description: String::new(),
            cost: row.cost.and_then(|cost| u64::try_from(cost).ok()),
            area: None,
            picture: None,
        });
    }
    let published: HashSet<i64> = poll_count::Entity::find()
        .select_only()
        .column(poll_count::Column::PollId)
        .filter(poll_count::Column::PollId.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let registered: HashSet<i64> = poll_elector::Entity::find()
        .select_only()
        .column(poll_elector::Column::PollId)
        .distinct()
        .filter(poll_elector::Column::PollId.is_in(ids))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    rows.into_iter()
        .map(|row| {
            let poll = read(&row, options.remove(&row.id).unwrap_or_default())?;
            let listed = poll.electorate != Electorate::Register || registered.contains(&row.id);
            Ok(PollLine {
                number: row.number,
                ready: listed && poll.faults().is_empty(),
                sealed: row.sealed,
                published: published.contains(&row.id),
                question: row.question,
            })
        })
        .collect()
}

/// A row as a poll, without its seed.
fn read(row: &poll::Model, options: Vec<PollOption>) -> Result<Poll, DbErr> {
    let unreadable =
        |what: &str| DbErr::Custom(format!("poll {} has an unreadable {what}", row.id));
    Ok(Poll {
        id: PollId(row.id),
        consultation: ConsultationId(row.consultation_id),
        number: row.number,
        question: row.question.clone(),
        help: row.help.clone(),
        method: serde_json::from_str(&row.method).map_err(|_| unreadable("rule"))?,
        electorate: serde_json::from_str(&row.electorate).map_err(|_| unreadable("electorate"))?,
        sealed: row.sealed,
        binding: row.binding,
        options,
        seed_hash: row.seed_hash.clone(),
        seed: String::new(),
    })
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
