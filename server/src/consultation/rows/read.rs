//! Consultations and their questions as rows, and as what they mean.

use domain::consultation::read::OptionView;
use domain::consultation::{Choices, Consultation, Milestones, Question, QuestionKind};
use domain::ids::{ConsultationId, OptionId, PersonId, QuestionId, TeamId};
use entity::{consultation, consultation_team, option, question, regime};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::db::{Tx, moment_if};
use crate::granted::Locked;
use crate::record::audit;

/// The consultation of this slug.
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
    let regime = regime.ok_or_else(|| without_regime(row.id))?;
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
    let mut authors: Vec<PersonId> = [row.created_by, row.submitted_by]
        .into_iter()
        .flatten()
        .map(PersonId)
        .collect();
    if row.submitted_at.is_some() && row.approved_at.is_none() {
        // Whoever wrote a part of it does not approve it.
        authors.extend(audit::editors_of(db, &row.slug, EDIT).await?);
    }
    authors.sort_unstable();
    authors.dedup();
    Ok(Consultation {
        id: ConsultationId(row.id),
        teams,
        authors,
        milestones: milestones(&row)?,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        statements_open: row.statements_open,
        voting_allowed: regime.voting_allowed,
        publication_profile: regime.publication_profile,
        invented: row.invented,
    })
}

/// The kind of entry under which each change of a draft is recorded.
pub const EDIT: &str = "edit-draft";

/// The kind of entry under which a draft sent back is recorded, with its note.
pub const SEND_BACK: &str = "send-back";

/// The note with which it was last sent back, by the record.
pub async fn sent_back(db: &impl ConnectionTrait, slug: &str) -> Result<Option<String>, DbErr> {
    audit::last_note(db, slug, SEND_BACK).await
}

/// The fault of a consultation whose regime is gone.
pub fn without_regime(id: i64) -> DbErr {
    DbErr::Custom(format!("consultation {id} has no regime"))
}

/// The milestones of a row.
///
/// # Errors
/// A time that none can be.
pub fn milestones(row: &consultation::Model) -> Result<Milestones, DbErr> {
    Ok(Milestones {
        submitted: moment_if(row.submitted_at)?,
        approved: moment_if(row.approved_at)?,
        published: moment_if(row.published_at)?,
        opens: moment_if(row.opens_at)?,
        closes: moment_if(row.closes_at)?,
        answered: moment_if(row.answered_at)?,
        decided: moment_if(row.decided_at)?,
        withdrawn: moment_if(row.withdrawn_at)?,
    })
}

/// The options of a consultation in their order.
pub async fn options(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<OptionView>, DbErr> {
    let rows = option::Entity::find()
        .filter(option::Column::ConsultationId.eq(id.0))
        .order_by_asc(option::Column::Position)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| OptionView {
            id: OptionId(row.id),
            title: row.title,
            description: row.description,
            do_nothing: row.do_nothing,
        })
        .collect())
}

/// The questions of a consultation in their order.
///
/// # Errors
/// A question that can't be read is a fault: it must not vanish from a questionnaire unseen.
pub async fn questions(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<Question>, DbErr> {
    question::Entity::find()
        .filter(question::Column::ConsultationId.eq(id.0))
        .order_by_asc(question::Column::Page)
        .order_by_asc(question::Column::Position)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            let unreadable =
                |what: &str| DbErr::Custom(format!("question {} has an unreadable {what}", row.id));
            Ok(Question {
                kind: QuestionKind::from_code(&row.kind).ok_or_else(|| unreadable("kind"))?,
                choices: serde_json::from_str::<Choices>(&row.choices)
                    .map_err(|_| unreadable("list of choices"))?,
                id: QuestionId(row.id),
                page: row.page,
                position: row.position,
                prompt: row.prompt,
                hint: row.hint,
                required: row.required,
                published: row.published,
            })
        })
        .collect()
}
