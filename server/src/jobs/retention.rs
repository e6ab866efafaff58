//! Removes what has expired: sessions, links, letters, ways to reach people, where votes came from.
//!
//! Invariant: the periods are those of `domain::retention`, which the privacy page shows.
//! Deliberately not here: addresses left with a response, which are removed in the transaction
//! that writes to them (`insight::tell_taken_part`).

use domain::neighbourhood::Status;
use domain::retention::{CONCERN_CONTACT_DAYS, LETTER_DAYS};
use entity::{concern, concern_contact, concern_event, outbox};
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::App;
use crate::account::rows::{links, sessions};

const A_DAY: i64 = 24 * 3_600_000;

/// Removes it.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    let now = app.clock.now().as_millisecond();
    let db = app.db.writing();
    sessions::delete_expired(db, app.clock.now()).await?;
    links::delete_expired(db, app.clock.now()).await?;
    outbox::Entity::delete_many()
        .filter(outbox::Column::CreatedAt.lt(now - LETTER_DAYS * A_DAY))
        .filter(
            outbox::Column::Kind
                .eq("mail")
                .or(outbox::Column::DoneAt.is_not_null()),
        )
        .exec(db)
        .await?;
    crate::vote::commands::set_aside::forget(app, app.clock.now()).await?;
    let lately = Query::select()
        .column(concern_event::Column::ConcernId)
        .from(concern_event::Entity)
        .and_where(concern_event::Column::At.gte(now - CONCERN_CONTACT_DAYS * A_DAY))
        .to_owned();
    let ended = Query::select()
        .column(concern::Column::Id)
        .from(concern::Entity)
        .and_where(concern::Column::Status.is_in([Status::Done.code(), Status::NoAction.code()]))
        .to_owned();
    concern_contact::Entity::delete_many()
        .filter(concern_contact::Column::ConcernId.in_subquery(ended))
        .filter(concern_contact::Column::ConcernId.not_in_subquery(lately))
        .exec(db)
        .await
        .map(drop)
}
