//! Removes what has expired: sessions, links, letters, ways to reach people, where votes came from.
//!
//! Invariant: the periods are those of `domain::retention`, which the privacy page shows.
//! Deliberately not here: addresses left with a response, which are removed in the transaction
//! that writes to them (`insight::tell_taken_part`).

use domain::retention::LETTER_DAYS;
use entity::outbox;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::account::rows::{links, sessions};
use crate::{App, neighbourhood};

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
    neighbourhood::commands::forget_contacts(app, app.clock.now())
        .await
        .map_err(|fault| DbErr::Custom(fault.to_string()))
}
