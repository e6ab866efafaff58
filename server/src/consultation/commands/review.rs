//! Review, publication, withdrawal. The Gunning gates stand before each step forward.

use domain::account::Member;
use domain::consultation::policy::Permission;
use domain::consultation::{Consultation, GateRefused, check_publication};
use domain::ids::ConsultationId;
use entity::consultation::{self, Column};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::App;
use crate::consultation::commands::permitted;
use crate::consultation::queries::detail::{consultation_detail, publication};
use crate::db::Tx;
use crate::http::Error;
use crate::record::{audit, site};

const PUBLISH: &str = "publish";

/// What the gates miss.
pub type Refused = Vec<GateRefused>;

async fn gates(tx: &Tx, id: ConsultationId, now: Timestamp) -> Result<Result<(), Refused>, Error> {
    let view = consultation_detail(tx, id, now)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(check_publication(&publication(&view), now))
}

async fn set(
    tx: Tx,
    member: &Member,
    on: &Consultation,
    values: &[(Column, Option<i64>)],
    kind: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let mut update = consultation::Entity::update_many().filter(Column::Id.eq(on.id.0));
    for (column, value) in values {
        update = update.col_expr(*column, Expr::value(*value));
    }
    update.exec(&tx).await?;
    audit::append(&tx, now, Some(member.person), kind, &on.slug, detail).await?;
    if kind == PUBLISH || on.stage(now).is_public() {
        site::changed(&tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sends a draft for review.
///
/// # Errors
/// What the gates miss, inside; permission and the database outside.
pub async fn submit_for_review(
    app: &App,
    member: &Member,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Result<(), Refused>, Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::SubmitForReview, now).await?;
    if let Err(missing) = gates(&tx, id, now).await? {
        return Ok(Err(missing));
    }
    let values = [
        (Column::SubmittedAt, Some(now.as_millisecond())),
        (Column::SubmittedBy, Some(member.person.0)),
    ];
    set(tx, member, &on, &values, "submit-for-review", "", now)
        .await
        .map(Ok)
}

/// Approves what somebody else wrote.
///
/// # Errors
/// What the gates miss, inside; permission and the database outside.
pub async fn approve(
    app: &App,
    member: &Member,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Result<(), Refused>, Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Approve, now).await?;
    if let Err(missing) = gates(&tx, id, now).await? {
        return Ok(Err(missing));
    }
    let values = [
        (Column::ApprovedAt, Some(now.as_millisecond())),
        (Column::ApprovedBy, Some(member.person.0)),
    ];
    set(tx, member, &on, &values, "approve", "", now)
        .await
        .map(Ok)
}

/// Sends it back to be changed, with a note for its authors.
///
/// # Errors
/// Permission, the database.
pub async fn send_back(
    app: &App,
    member: &Member,
    id: ConsultationId,
    note: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Approve, now).await?;
    let values = [(Column::SubmittedAt, None)];
    set(tx, member, &on, &values, "send-back", note.trim(), now).await
}

/// Publishes what is approved: from now on it opens and closes by the clock.
///
/// # Errors
/// What the gates miss, inside; permission and the database outside.
pub async fn publish(
    app: &App,
    member: &Member,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Result<(), Refused>, Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Publish, now).await?;
    if let Err(missing) = gates(&tx, id, now).await? {
        return Ok(Err(missing));
    }
    // What was approved for a day that has passed opens now; its period is checked again.
    let view = consultation_detail(&tx, id, now)
        .await?
        .ok_or(Error::NotFound)?;
    let mut values = vec![(Column::PublishedAt, Some(now.as_millisecond()))];
    if view.listed.opens.is_some_and(|opens| opens < now) {
        let mut facts = publication(&view);
        facts.opens = Some(now);
        if let Err(missing) = check_publication(&facts, now) {
            return Ok(Err(missing));
        }
        values.push((Column::OpensAt, Some(now.as_millisecond())));
    }
    set(tx, member, &on, &values, PUBLISH, "", now)
        .await
        .map(Ok)
}

/// Takes it back before it opens.
///
/// # Errors
/// Permission, the database.
pub async fn withdraw(
    app: &App,
    member: &Member,
    id: ConsultationId,
    now: Timestamp,
) -> Result<(), Error> {
    let tx = app.db.begin().await?;
    let on = permitted(&tx, member, id, Permission::Withdraw, now).await?;
    let values = [(Column::WithdrawnAt, Some(now.as_millisecond()))];
    set(tx, member, &on, &values, "withdraw", "", now).await
}
