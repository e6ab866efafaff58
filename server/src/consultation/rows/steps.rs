//! The steps from stage to stage, and what the record says of a consultation.
//!
//! Invariant: each step writes its milestones, its entry in the record and, where the public sees it,
//! the version of what is public, in the transaction that holds the row.

use domain::consultation::{Consultation, Milestones};
use domain::edit::{Changed, Version};
use domain::ids::PersonId;
use entity::consultation::{self, Column};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::read::{EDIT, SEND_BACK};
use crate::account::rows::member;
use crate::granted::Granted;
use crate::record::{audit, site};

/// Adds an entry about this consultation to the record.
pub async fn record(
    granted: &Granted<'_, Consultation>,
    kind: &str,
    detail: &str,
) -> Result<(), DbErr> {
    audit::append(granted, kind, &granted.root().slug, detail).await
}

/// Adds what was changed of a draft to the record.
pub async fn record_edit(granted: &Granted<'_, Consultation>, what: &str) -> Result<(), DbErr> {
    record(granted, EDIT, what).await
}

async fn set(
    granted: &Granted<'_, Consultation>,
    values: &[(Column, Option<i64>)],
) -> Result<(), DbErr> {
    let mut update = consultation::Entity::update_many();
    for (column, value) in values {
        update = update.col_expr(*column, Expr::value(*value));
    }
    update
        .filter(Column::Id.eq(granted.root().id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

fn now_and_by(granted: &Granted<'_, Consultation>) -> (Option<i64>, Option<i64>) {
    (
        Some(granted.now().as_millisecond()),
        granted.by().map(|PersonId(id)| id),
    )
}

/// It is sent for review; an earlier approval counts no longer. Returns which text waits.
pub async fn submit(granted: &Granted<'_, Consultation>) -> Result<Version, DbErr> {
    let (now, by) = now_and_by(granted);
    let values = [
        (Column::SubmittedAt, now),
        (Column::SubmittedBy, by),
        (Column::ApprovedAt, None),
        (Column::ApprovedBy, None),
    ];
    set(granted, &values).await?;
    record(granted, "submit-for-review", "").await?;
    let submitted = Milestones {
        submitted: Some(granted.now()),
        ..granted.root().milestones
    };
    Ok(submitted.submission())
}

/// Who sent it for review, and when: what somebody learns who read an earlier text.
pub async fn sent_again(granted: &Granted<'_, Consultation>) -> Result<Changed, DbErr> {
    let row = consultation::Entity::find_by_id(granted.root().id.0)
        .one(granted.tx())
        .await?;
    let by = row.and_then(|row| row.submitted_by).map(PersonId);
    let milestones = &granted.root().milestones;
    Ok(Changed {
        by: member::name_of(granted.tx(), by).await?,
        at: milestones.submitted.unwrap_or_else(|| granted.now()),
        version: milestones.submission(),
    })
}

/// It is approved.
pub async fn approve(granted: &Granted<'_, Consultation>) -> Result<(), DbErr> {
    let (now, by) = now_and_by(granted);
    set(
        granted,
        &[(Column::ApprovedAt, now), (Column::ApprovedBy, by)],
    )
    .await?;
    record(granted, "approve", "").await
}

/// It is a draft again, with a note for its authors; nothing of an approval is left.
pub async fn send_back(granted: &Granted<'_, Consultation>, note: &str) -> Result<(), DbErr> {
    let values = [
        (Column::SubmittedAt, None),
        (Column::ApprovedAt, None),
        (Column::ApprovedBy, None),
    ];
    set(granted, &values).await?;
    record(granted, SEND_BACK, note).await
}

/// It is public; `opens` where it opens at another moment than its draft said.
pub async fn publish(
    granted: &Granted<'_, Consultation>,
    opens: Option<Timestamp>,
) -> Result<(), DbErr> {
    let mut values = vec![(Column::PublishedAt, now_and_by(granted).0)];
    if let Some(opens) = opens {
        values.push((Column::OpensAt, Some(opens.as_millisecond())));
    }
    set(granted, &values).await?;
    record(granted, "publish", "").await?;
    site::changed(granted).await
}

/// It is withdrawn.
pub async fn withdraw(granted: &Granted<'_, Consultation>) -> Result<(), DbErr> {
    set(granted, &[(Column::WithdrawnAt, now_and_by(granted).0)]).await?;
    record(granted, "withdraw", "").await?;
    if granted.root().stage(granted.now()).is_public() {
        site::changed(granted).await?;
    }
    Ok(())
}
