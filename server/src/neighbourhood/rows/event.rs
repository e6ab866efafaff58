//! What happened to concerns, as rows.

use domain::ids::ConcernId;
use domain::neighbourhood::read::Event;
use domain::neighbourhood::{Concern, Happened};
use entity::concern_event;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};

use crate::db::{moment, stored};
use crate::granted::Granted;

/// Adds what happened, in this order.
pub async fn insert(granted: &Granted<'_, Concern>, events: &[Happened]) -> Result<(), DbErr> {
    for event in events {
        concern_event::Entity::insert(concern_event::ActiveModel {
            concern_id: Set(granted.root().id.0),
            at: Set(granted.now().as_millisecond()),
            person_id: Set(granted.by().map(|person| person.0)),
            kind: Set(event.kind().to_owned()),
            text: Set(event.text()),
            ..Default::default()
        })
        .exec_without_returning(granted.tx())
        .await?;
    }
    Ok(())
}

/// What happened to this concern, oldest first.
pub async fn of(db: &impl ConnectionTrait, concern: ConcernId) -> Result<Vec<Event>, DbErr> {
    concern_event::Entity::find()
        .filter(concern_event::Column::ConcernId.eq(concern.0))
        .order_by_asc(concern_event::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            let what = Happened::from_stored(&row.kind, row.text);
            Ok(Event {
                at: moment(row.at)?,
                what: stored(what, format_args!("event {}", row.id), &row.kind)?,
            })
        })
        .collect()
}
