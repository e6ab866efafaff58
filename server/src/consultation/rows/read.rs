//! Consultations and their questions as rows, and as what they mean.

use domain::consultation::{Choices, Consultation, Milestones, Question, QuestionKind};
use domain::ids::{ConsultationId, PersonId, QuestionId, TeamId};
use entity::{audit_entry, consultation, consultation_team, question, regime};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::clock::from_millis_opt;
use crate::db::Tx;
use crate::granted::Locked;

/// The consultation of this slug.
///
/// # Errors
/// Those of the database.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Consultation>, DbErr> {
    let found = consultation::Entity::find()
        .filter(consultation::Column::Slug.eq(slug))
        .find_also_related(regime::Entity)
        .one(db)
        .await?;
    match found {
        Some((row, regime)) => read(db, row, regime).await.map(Some),
        None => Ok(None),
    }
}

/// Locks the consultation of this slug until the transaction ends.
///
/// # Errors
/// Those of the database.
pub async fn lock_by_slug(tx: &Tx, slug: &str) -> Result<Option<Locked<Consultation>>, DbErr> {
    let id = consultation::Entity::find()
        .select_only()
        .column(consultation::Column::Id)
        .filter(consultation::Column::Slug.eq(slug))
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    match id {
        Some(id) => lock(tx, ConsultationId(id)).await,
        None => Ok(None),
    }
}

/// Locks the consultation of this id until the transaction ends. Responses hold its row by foreign
/// key, which this lock leaves to them.
///
/// # Errors
/// Those of the database.
pub async fn lock(tx: &Tx, id: ConsultationId) -> Result<Option<Locked<Consultation>>, DbErr> {
    consultation::Entity::find_by_id(id.0)
        .select_only()
        .column(consultation::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    // Read behind the lock: what was read before it may be out of date.
    Ok(by_id(tx, id).await?.map(Locked::new))
}

/// The consultation of this id.
///
/// # Errors
/// Those of the database.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Option<Consultation>, DbErr> {
    let found = consultation::Entity::find_by_id(id.0)
        .find_also_related(regime::Entity)
        .one(db)
        .await?;
    match found {
        Some((row, regime)) => read(db, row, regime).await.map(Some),
        None => Ok(None),
    }
}

async fn read(
    db: &impl ConnectionTrait,
    row: consultation::Model,
    regime: Option<regime::Model>,
) -> Result<Consultation, DbErr> {
    let partners = consultation_team::Entity::find()
        .filter(consultation_team::Column::ConsultationId.eq(row.id))
        .order_by_asc(consultation_team::Column::TeamId)
        .all(db)
        .await?;
    let teams = std::iter::once(row.team_id)
        .chain(
            partners
                .into_iter()
                .map(|p| p.team_id)
                .filter(|id| *id != row.team_id),
        )
        .map(TeamId)
        .collect();
    let mut authors: Vec<i64> = [row.created_by, row.submitted_by]
        .into_iter()
        .flatten()
        .collect();
    if row.submitted_at.is_some() && row.approved_at.is_none() {
        authors.extend(editors(db, &row.slug).await?);
    }
    authors.sort_unstable();
    authors.dedup();
    Ok(Consultation {
        id: ConsultationId(row.id),
        teams,
        authors: authors.into_iter().map(PersonId).collect(),
        milestones: milestones(&row),
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        statements_open: row.statements_open,
        voting_allowed: regime.as_ref().is_some_and(|r| r.voting_allowed),
        publication_profile: regime.map(|r| r.publication_profile).unwrap_or_default(),
        invented: row.invented,
    })
}

/// The kind of entry under which each change of a draft is recorded.
pub const EDIT: &str = "edit-draft";

/// Everybody who changed the draft, by the record: whoever wrote a part of it does not approve it.
async fn editors(db: &impl ConnectionTrait, slug: &str) -> Result<Vec<i64>, DbErr> {
    let found: Vec<Option<i64>> = audit_entry::Entity::find()
        .select_only()
        .column(audit_entry::Column::PersonId)
        .filter(audit_entry::Column::Subject.eq(slug))
        .filter(audit_entry::Column::Kind.eq(EDIT))
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().flatten().collect())
}

/// The note with which it was last sent back, by the record.
///
/// # Errors
/// Those of the database.
pub async fn sent_back(db: &impl ConnectionTrait, slug: &str) -> Result<Option<String>, DbErr> {
    Ok(audit_entry::Entity::find()
        .filter(audit_entry::Column::Subject.eq(slug))
        .filter(audit_entry::Column::Kind.eq("send-back"))
        .order_by_desc(audit_entry::Column::Id)
        .limit(1)
        .one(db)
        .await?
        .map(|entry| entry.detail)
        .filter(|note| !note.is_empty()))
}

/// The milestones of a row.
pub fn milestones(row: &consultation::Model) -> Milestones {
    Milestones {
        submitted: from_millis_opt(row.submitted_at),
        approved: from_millis_opt(row.approved_at),
        published: from_millis_opt(row.published_at),
        opens: from_millis_opt(row.opens_at),
        closes: from_millis_opt(row.closes_at),
        answered: from_millis_opt(row.answered_at),
        decided: from_millis_opt(row.decided_at),
        withdrawn: from_millis_opt(row.withdrawn_at),
    }
}

/// The questions of a consultation in their order.
///
/// # Errors
/// Those of the database.
pub async fn questions(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<Question>, DbErr> {
    Ok(question::Entity::find()
        .filter(question::Column::ConsultationId.eq(id.0))
        .order_by_asc(question::Column::Page)
        .order_by_asc(question::Column::Position)
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(Question {
                id: QuestionId(row.id),
                page: row.page,
                position: row.position,
                kind: QuestionKind::from_code(&row.kind)?,
                prompt: row.prompt,
                hint: row.hint,
                required: row.required,
                published: row.published,
                choices: serde_json::from_str::<Choices>(&row.choices).unwrap_or_default(),
            })
        })
        .collect())
}
