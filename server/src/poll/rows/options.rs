//! What is on the papers of polls, as rows. An option keeps its id for as long as it is there.

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::{AreaId, PollId, PollOptionId};
use domain::poll::{NewOption, PollOption};
use domain::typed;
use entity::poll_option;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QueryOrder,
};

use super::unreadable;
use crate::error::Fault;
use crate::granted::Granted;

/// The options of these polls, each poll's in their order.
///
/// # Errors
/// An option that can't be read is a fault.
pub async fn of(
    db: &impl ConnectionTrait,
    polls: &[PollId],
) -> Result<HashMap<PollId, Vec<PollOption>>, DbErr> {
    let mut options: HashMap<PollId, Vec<PollOption>> = HashMap::new();
    if polls.is_empty() {
        return Ok(options);
    }
    let found = poll_option::Entity::find()
        .filter(poll_option::Column::PollId.is_in(polls.iter().map(|id| id.0)))
        .order_by_asc(poll_option::Column::Position)
        .all(db)
        .await?;
    for row in found {
        options
            .entry(PollId(row.poll_id))
            .or_default()
            .push(read(row)?);
    }
    Ok(options)
}

fn read(row: poll_option::Model) -> Result<PollOption, DbErr> {
    let whose = format!("option {} of poll {}", row.id, row.poll_id);
    Ok(PollOption {
        id: PollOptionId(row.id),
        position: row.position,
        name: row.name,
        description: row.description,
        cost: row
            .cost
            .map(u64::try_from)
            .transpose()
            .map_err(|why| unreadable(&whose, "the cost", why))?,
        area: row.area_id.map(AreaId),
        picture: row
            .picture
            .map(|token| (token, row.picture_alt.unwrap_or_default())),
    })
}

fn row(new: &NewOption, picture: Option<String>) -> Result<poll_option::ActiveModel, Fault> {
    let cost = new
        .cost
        .map(i64::try_from)
        .transpose()
        .map_err(Fault::unexpected)?;
    let alt = picture
        .is_some()
        .then(|| typed::trimmed(&new.alt).to_owned());
    Ok(poll_option::ActiveModel {
        name: Set(typed::trimmed(&new.name).to_owned()),
        description: Set(typed::trimmed(&new.description).to_owned()),
        cost: Set(cost),
        area_id: Set(new.area.map(|area| area.0)),
        picture: Set(picture),
        picture_alt: Set(alt),
        ..Default::default()
    })
}

/// Adds an option at a position of the paper.
pub async fn insert(
    granted: &Granted<'_, Consultation>,
    poll: PollId,
    position: i32,
    new: &NewOption,
    picture: Option<String>,
) -> Result<PollOptionId, Fault> {
    let row = poll_option::ActiveModel {
        poll_id: Set(poll.0),
        position: Set(position),
        ..row(new, picture)?
    };
    Ok(PollOptionId(row.insert(granted.tx()).await?.id))
}

/// Writes what an option says, where it stands.
pub async fn change(
    granted: &Granted<'_, Consultation>,
    id: PollOptionId,
    new: &NewOption,
    picture: Option<String>,
) -> Result<(), Fault> {
    poll_option::Entity::update_many()
        .set(row(new, picture)?)
        .filter(poll_option::Column::Id.eq(id.0))
        .exec(granted.tx())
        .await?;
    Ok(())
}

/// Takes the cost from every option: there is no budget any more.
pub async fn drop_costs(granted: &Granted<'_, Consultation>, poll: PollId) -> Result<(), DbErr> {
    poll_option::Entity::update_many()
        .col_expr(poll_option::Column::Cost, Expr::value(None::<i64>))
        .filter(poll_option::Column::PollId.eq(poll.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Puts the options of a poll in this order, which names each of them. Numbers go through their
/// negatives, since no two options may have one position at any moment.
pub async fn order(
    granted: &Granted<'_, Consultation>,
    poll: PollId,
    options: &[PollOptionId],
) -> Result<(), DbErr> {
    if options.is_empty() {
        return Ok(());
    }
    let of_poll =
        || poll_option::Entity::update_many().filter(poll_option::Column::PollId.eq(poll.0));
    let negative = Expr::col(poll_option::Column::Position).mul(-1);
    of_poll()
        .col_expr(poll_option::Column::Position, negative)
        .exec(granted.tx())
        .await?;
    let place = (1_i32..)
        .zip(options)
        .fold(CaseStatement::new(), |case, (position, id)| {
            case.case(poll_option::Column::Id.eq(id.0), position)
        })
        .finally(Expr::col(poll_option::Column::Position));
    of_poll()
        .col_expr(poll_option::Column::Position, place.into())
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Takes one option away. Those below it are to be put in order.
pub async fn remove(granted: &Granted<'_, Consultation>, id: PollOptionId) -> Result<(), DbErr> {
    poll_option::Entity::delete_by_id(id.0)
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Takes every option of a poll away.
pub async fn remove_all(granted: &Granted<'_, Consultation>, poll: PollId) -> Result<(), DbErr> {
    poll_option::Entity::delete_many()
        .filter(poll_option::Column::PollId.eq(poll.0))
        .exec(granted.tx())
        .await
        .map(drop)
}
