//! PendingVote a ballot, and vote it anew before the close.
//!
//! Invariant: one code, one ballot; the last one cast counts; nothing changes once the list is
//! published.

use domain::consultation::Consultation;
use domain::poll::list::commitment;
use domain::poll::{Choices, Electorate, Poll};
use entity::poll_ballot;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::App;
use crate::client::ClientAddress;
use crate::http::Error;
use crate::poll::code;
use crate::poll::commands::issue::open;
use crate::secret;

/// Why a ballot is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCast {
    /// No paper was issued for this code.
    NoPaper,
    /// The list of ballots has been published.
    Published,
}

/// Takes a ballot. Ask [`domain::poll::policy::may_cast`] first.
///
/// # Errors
/// Those of the writer; inside, why it is not taken.
pub async fn cast(
    app: &App,
    on: &Consultation,
    poll: &Poll,
    voting_code: &str,
    choices: &Choices,
    from: ClientAddress,
) -> Result<Result<(), NotCast>, Error> {
    let address = app::paths::poll(&on.slug, poll.number);
    let id = poll.id;
    let row = poll_ballot::ActiveModel {
        poll_id: Set(id.0),
        code_hash: Set(code::hash(id, voting_code)),
        choices: Set(Some(choices.text())),
        commitment: Set(Some(commitment(
            &address,
            &code::typed(voting_code),
            choices,
        ))),
        paper: Set(false),
        set_aside: Set(false),
        source: Set(source(app, poll, from)),
    };
    let needs_paper = poll.electorate != Electorate::Open;
    let cast = app
        .writer
        .write(move |tx| {
            let row = row.clone();
            Box::pin(async move {
                if !open(tx, id).await? {
                    return Ok(Err(NotCast::Published));
                }
                if needs_paper {
                    return mark(tx, row).await;
                }
                poll_ballot::Entity::insert(row)
                    .on_conflict(
                        OnConflict::columns([
                            poll_ballot::Column::PollId,
                            poll_ballot::Column::CodeHash,
                        ])
                        .update_columns([
                            poll_ballot::Column::Choices,
                            poll_ballot::Column::Commitment,
                        ])
                        .to_owned(),
                    )
                    .exec_without_returning(tx)
                    .await?;
                Ok(Ok(()))
            })
        })
        .await?;
    if cast.is_ok() {
        app.pending_shuffles.add(id);
    }
    Ok(cast)
}

/// Marks a paper that was issued.
async fn mark(
    tx: &sea_orm::DatabaseTransaction,
    row: poll_ballot::ActiveModel,
) -> Result<Result<(), NotCast>, DbErr> {
    let done = poll_ballot::Entity::update_many()
        .col_expr(
            poll_ballot::Column::Choices,
            Expr::value(row.choices.unwrap()),
        )
        .col_expr(
            poll_ballot::Column::Commitment,
            Expr::value(row.commitment.unwrap()),
        )
        .col_expr(
            poll_ballot::Column::Source,
            Expr::value(row.source.unwrap()),
        )
        .filter(poll_ballot::Column::PollId.eq(row.poll_id.unwrap()))
        .filter(poll_ballot::Column::CodeHash.eq(row.code_hash.unwrap()))
        .exec(tx)
        .await?;
    Ok(if done.rows_affected == 0 {
        Err(NotCast::NoPaper)
    } else {
        Ok(())
    })
}

/// A keyed digest of the network a ballot came from, by which many from one place are noticed.
/// Kept until the list is published; not where a letter already makes sure.
fn source(app: &App, poll: &Poll, from: ClientAddress) -> Option<String> {
    if poll.electorate == Electorate::Register {
        return None;
    }
    let mac = app.config.secret.mac(
        "poll-source",
        format!("{}/{}", poll.id, from.ip()).as_bytes(),
    );
    Some(secret::hex(&mac).chars().take(16).collect())
}
