//! Reads of responses. Names and addresses are read here only where the respondent chose to show
//! them.

pub mod export;
pub mod questionnaire;

use std::collections::BTreeMap;

use domain::consultation::Question;
use domain::ids::{ConsultationId, QuestionId};
use domain::moderation::{State, SubjectKind};
use domain::response::read::{PublicAnswer, Said, ThreadView};
use domain::response::{Answer, Publication};
use entity::{answer, consultation, question, respondent, response, tally};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};

use crate::clock::{from_millis, from_millis_opt};
use crate::insight::queries::themes;
use crate::moderation::queries::latest_reasons;
use crate::response::queries::questionnaire::Questionnaire;

/// How many public answers are on one page.
pub const A_PAGE: u64 = 20;

/// A response found by its receipt.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its number; never shown.
    pub id: i64,
    /// Name of its consultation in addresses.
    pub slug: String,
    /// When it was taken.
    pub at: Timestamp,
    /// What the public may see.
    pub publication: Publication,
}

/// The response of which this is stored as the hash of its receipt code.
///
/// # Errors
/// Those of the database.
pub async fn by_receipt(db: &impl ConnectionTrait, hash: &str) -> Result<Option<Found>, DbErr> {
    Ok(response::Entity::find()
        .filter(response::Column::ReceiptHash.eq(hash))
        .find_also_related(consultation::Entity)
        .one(db)
        .await?
        .and_then(|(row, on)| {
            Some(Found {
                id: row.id,
                slug: on?.slug,
                at: from_millis(row.submitted_at),
                publication: Publication::from_code(&row.publication)
                    .unwrap_or(Publication::Private),
            })
        }))
}

/// The rows of a response's answers in the order in which they were written.
async fn rows(db: &impl ConnectionTrait, response: i64) -> Result<Vec<answer::Model>, DbErr> {
    answer::Entity::find()
        .filter(answer::Column::ResponseId.eq(response))
        .order_by_asc(answer::Column::Id)
        .all(db)
        .await
}

/// The answers of a response as values.
///
/// # Errors
/// Those of the database.
pub async fn answers(
    db: &impl ConnectionTrait,
    questions: &[Question],
    response: i64,
) -> Result<Vec<(QuestionId, Answer)>, DbErr> {
    let rows = rows(db, response).await?;
    Ok(questions
        .iter()
        .filter_map(|question| {
            let of: Vec<&answer::Model> = rows
                .iter()
                .filter(|row| row.question_id == question.id.0)
                .collect();
            Some((question.id, from_rows(question, &of)?))
        })
        .collect())
}

/// The answer that these rows hold.
fn from_rows(question: &Question, rows: &[&answer::Model]) -> Option<Answer> {
    use domain::consultation::QuestionKind::{
        LongText, MultipleChoice, Scale, ShortText, SingleChoice, StatementBlock,
    };
    let first = rows.first()?;
    match question.kind {
        StatementBlock => None,
        ShortText | LongText => first.text.clone().map(Answer::Text),
        Scale => first.number.map(Answer::Number),
        SingleChoice | MultipleChoice => Some(Answer::Choices {
            items: rows
                .iter()
                .filter_map(|row| u32::try_from(row.choice?).ok())
                .collect(),
            other: rows.iter().find_map(|row| row.text.clone()),
        }),
    }
}

/// *My thread* of a response.
///
/// # Errors
/// Those of the database.
pub async fn thread(
    db: &impl ConnectionTrait,
    on: &Questionnaire,
    found: &Found,
    now: Timestamp,
) -> Result<ThreadView, DbErr> {
    let rows = rows(db, found.id).await?;
    let texts = rows.iter().filter(|row| row.text.is_some()).map(|r| r.id);
    let reasons = latest_reasons(db, SubjectKind::Answer, texts.collect()).await?;
    let said = on
        .questions
        .iter()
        .filter_map(|question| {
            let of: Vec<&answer::Model> = rows
                .iter()
                .filter(|row| row.question_id == question.id.0)
                .collect();
            let answer = from_rows(question, &of)?;
            let text = of.iter().find(|row| row.text.is_some());
            let moderation = text.and_then(|row| State::from_code(&row.text_state));
            Some(Said {
                prompt: question.prompt.clone(),
                text: app::response::pages::in_words(question, &answer),
                reason: text
                    .filter(|_| moderation == Some(State::Rejected))
                    .and_then(|row| reasons.get(&row.id).copied()),
                public: moderation == Some(State::Approved)
                    && question.published
                    && found.publication != Publication::Private,
                moderation,
            })
        })
        .collect();
    let on = &on.consultation;
    let row = consultation::Entity::find_by_id(on.id.0).one(db).await?;
    let milestones = row.as_ref().map(crate::consultation::rows::milestones);
    let stage = milestones.map_or_else(|| on.stage(now), |m| m.stage(now));
    let themes = match milestones.and_then(|m| m.answered) {
        Some(_) => themes(db, on.id).await?,
        None => Vec::new(),
    };
    Ok(ThreadView {
        about: domain::response::read::About {
            slug: on.slug.clone(),
            title: on.title.clone(),
            closes: on.milestones.closes,
            voting: false,
        },
        at: found.at,
        stage,
        publication: found.publication,
        said,
        themes,
        decision: row.and_then(|row| from_millis_opt(row.decided_at).zip(row.decision)),
    })
}

/// The kept counts of a consultation: by question (0 is the whole response), dimension and key.
///
/// # Errors
/// Those of the database.
pub async fn tallies(
    db: &impl ConnectionTrait,
    on: ConsultationId,
) -> Result<BTreeMap<(i64, String, String), i64>, DbErr> {
    Ok(tally::Entity::find()
        .filter(tally::Column::ConsultationId.eq(on.0))
        .all(db)
        .await?
        .into_iter()
        .map(|row| ((row.question_id, row.dimension, row.key), row.count))
        .collect())
}

/// A page of the answers to one question that everybody may read, oldest first, and how many
/// there are: approved, of a question that publishes words, by people who chose to show them.
///
/// # Errors
/// Those of the database.
pub async fn approved_public_answers(
    db: &impl ConnectionTrait,
    of: QuestionId,
    page: u64,
) -> Result<(Vec<PublicAnswer>, u64), DbErr> {
    let find = || {
        answer::Entity::find()
            .join(JoinType::InnerJoin, answer::Relation::Question.def())
            .join(JoinType::InnerJoin, answer::Relation::Response.def())
            .filter(answer::Column::QuestionId.eq(of.0))
            .filter(answer::Column::TextState.eq(State::Approved.code()))
            .filter(answer::Column::Text.is_not_null())
            .filter(question::Column::Published.eq(true))
            .filter(response::Column::Publication.ne(Publication::Private.code()))
    };
    let total = find().count(db).await?;
    let rows = find()
        .order_by_asc(answer::Column::Id)
        .offset(page.saturating_sub(1) * A_PAGE)
        .limit(A_PAGE)
        .find_also_related(response::Entity)
        .all(db)
        .await?;
    let named = rows
        .iter()
        .filter_map(|(_, response)| response.as_ref())
        .filter(|row| row.publication == Publication::Named.code())
        .map(|row| row.id);
    let people: BTreeMap<i64, respondent::Model> = respondent::Entity::find()
        .filter(respondent::Column::ResponseId.is_in(named))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.response_id, row))
        .collect();
    let answers = rows
        .into_iter()
        .filter_map(|(answer, _)| {
            let person = people.get(&answer.response_id);
            Some(PublicAnswer {
                text: answer.text?,
                name: person.and_then(|p| p.name.clone()),
                organisation: person.and_then(|p| p.organisation.clone()),
            })
        })
        .collect();
    Ok((answers, total))
}
