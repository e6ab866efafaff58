//! Work outside requests: carry out the outbox, sweep what has expired, find opinion groups.

mod retention;

pub use retention::sweep;

use std::time::Duration;

use entity::outbox;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::sync::watch;

use crate::App;
use crate::granted::Caller;
use crate::insight::commands::{TellTakenPart, tell_taken_part};
use crate::record::outbox::{Attempt, Effect, LEASE_MILLIS};

const MOST_ATTEMPTS: i32 = 12;
/// Rounds, of a second each, between two times that ballot papers are shuffled.
const SETTLE_EVERY: u32 = 120;

/// Runs until told to stop.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    let opinions = tokio::spawn(crate::vote::queries::opinion::run(
        app.clone(),
        stop.clone(),
    ));
    effects(app, stop).await;
    let _ = opinions.await;
}

async fn effects(app: App, mut stop: watch::Receiver<bool>) {
    let mut round = 0_u32;
    while !*stop.borrow() {
        if let Err(error) = carry_out(&app).await {
            tracing::warn!(%error, "the outbox could not be read");
        }
        if round.is_multiple_of(600) {
            if let Err(error) = sweep(&app).await {
                tracing::warn!(%error, "expired rows could not be removed");
            }
            app.limits.sweep();
        }
        if round.is_multiple_of(SETTLE_EVERY)
            && let Err(error) =
                crate::poll::commands::shuffle_rows::shuffle_rows(&app, round == 0).await
        {
            tracing::warn!(%error, "ballot papers could not be shuffled");
        }
        round = round.wrapping_add(1);
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Carries out what is due and returns how many effects were done.
pub async fn carry_out(app: &App) -> Result<usize, DbErr> {
    let now = app.clock.now().as_millisecond();
    let due = outbox::Entity::find()
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::RunAfter.lte(now))
        .filter(
            outbox::Column::LeaseUntil
                .is_null()
                .or(outbox::Column::LeaseUntil.lt(now)),
        )
        .order_by_asc(outbox::Column::Id)
        .limit(50)
        .all(app.db.read())
        .await?;
    let mut done = 0;
    for row in due {
        // Another process may have taken it meanwhile.
        let taken = outbox::Entity::update_many()
            .col_expr(outbox::Column::LeaseUntil, Expr::value(now + LEASE_MILLIS))
            .col_expr(outbox::Column::Attempts, Expr::value(row.attempts + 1))
            .filter(outbox::Column::Id.eq(row.id))
            .filter(outbox::Column::Attempts.eq(row.attempts))
            .exec(app.db.writing())
            .await?;
        if taken.rows_affected == 0 {
            continue;
        }
        let outcome = match serde_json::from_str::<Effect>(&row.payload) {
            Err(error) => Err(error.to_string()),
            Ok(effect) => {
                let attempt = Attempt {
                    effect: row.id,
                    number: row.attempts + 1,
                };
                handle(app, attempt, effect).await
            }
        };
        let finished = app.clock.now().as_millisecond();
        // Whoever was slower than their lease says nothing about what another has taken over.
        let mut update = outbox::Entity::update_many()
            .filter(outbox::Column::Id.eq(row.id))
            .filter(outbox::Column::Attempts.eq(row.attempts + 1));
        update = match outcome {
            Ok(()) => {
                done += 1;
                // The letter is not kept once it is sent.
                update
                    .col_expr(outbox::Column::DoneAt, Expr::value(finished))
                    .col_expr(outbox::Column::Payload, Expr::value("{}"))
            }
            Err(error) => {
                tracing::warn!(id = row.id, kind = %row.kind, attempt = row.attempts + 1, "an effect failed");
                let wait = 5_000_i64 << row.attempts.clamp(0, 10);
                let after = if row.attempts + 1 >= MOST_ATTEMPTS {
                    i64::MAX / 2
                } else {
                    finished + wait
                };
                update
                    .col_expr(outbox::Column::RunAfter, Expr::value(after))
                    .col_expr(outbox::Column::LastError, Expr::value(error))
            }
        };
        update
            .col_expr(outbox::Column::LeaseUntil, Expr::value(None::<i64>))
            .exec(app.db.writing())
            .await?;
    }
    Ok(done)
}

async fn handle(app: &App, attempt: Attempt, effect: Effect) -> Result<(), String> {
    match effect {
        Effect::Mail(letter) => app
            .mail
            .send(&letter)
            .await
            .map_err(|error| error.to_string()),
        Effect::TellTakenPart { consultation } => {
            let caller = Caller::anyone(app.clock.now());
            let command = TellTakenPart {
                consultation: consultation.into(),
                attempt,
            };
            tell_taken_part(app, &caller, command)
                .await
                .map_err(|error| error.to_string())
        }
    }
}
