//! Free-text answers as moderators and the outcome see them: words and state, never who wrote them
//! unless they asked to be named.
//!
//! Invariant: the state of a text and the count of texts in that state move together.

use std::collections::HashMap;

use domain::consultation::Consultation;
use domain::ids::{AnswerId, ConsultationId};
use domain::moderation::State;
use domain::response::Publication;
use domain::response::tally::TEXT;
use domain::typed;
use entity::{answer, respondent, response, tally};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};

use crate::db::{stored, there};
use crate::granted::Granted;

/// A free-text answer in moderation.
#[derive(Clone, Debug)]
pub struct AnswerText {
    /// Which one.
    pub id: AnswerId,
    /// The question it answers.
    pub question: i64,
    /// What was written.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// Whether its author wants it not to be published at all.
    pub private: bool,
}

fn state(row: &answer::Model) -> Result<State, DbErr> {
    State::from_code(&row.text_state)
        .ok_or_else(|| DbErr::Custom(format!("answer {}: text_state {}", row.id, row.text_state)))
}

/// Whose consultation a free-text answer belongs to.
pub async fn consultation_of(
    db: &impl ConnectionTrait,
    id: AnswerId,
) -> Result<Option<ConsultationId>, DbErr> {
    Ok(answer::Entity::find_by_id(id.0)
        .filter(answer::Column::Text.is_not_null())
        .find_also_related(response::Entity)
        .one(db)
        .await?
        .and_then(|(_, response)| response)
        .map(|response| ConsultationId(response.consultation_id)))
}

/// One free-text answer.
///
/// # Errors
/// A state that is none.
pub async fn text(db: &impl ConnectionTrait, id: AnswerId) -> Result<Option<AnswerText>, DbErr> {
    let rows = answer::Entity::find_by_id(id.0)
        .filter(answer::Column::Text.is_not_null())
        .all(db)
        .await?;
    Ok(read(db, rows).await?.pop())
}

/// How many free texts of these consultations are in this state: a kept count, as there may be
/// millions.
pub async fn count(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
    state: State,
) -> Result<u64, DbErr> {
    let counts = counts(db, of, state).await?;
    Ok(counts.iter().map(|(_, count)| count).sum())
}

/// The questions of these consultations with texts in this state, and how many.
async fn counts(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
    state: State,
) -> Result<Vec<(i64, u64)>, DbErr> {
    tally::Entity::find()
        .select_only()
        .columns([tally::Column::QuestionId, tally::Column::Count])
        .filter(tally::Column::ConsultationId.is_in(of.iter().map(|id| id.0)))
        .filter(tally::Column::Dimension.eq(TEXT))
        .filter(tally::Column::Key.eq(state.code()))
        .filter(tally::Column::Count.gt(0))
        .into_tuple::<(i64, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(question, texts)| Ok((question, crate::db::count(texts, "a count of texts")?)))
        .collect()
}

/// Some of the free texts of these consultations in this state, oldest first.
///
/// # Errors
/// A state that is none.
pub async fn texts(
    db: &impl ConnectionTrait,
    of: &[ConsultationId],
    state: State,
    offset: u64,
    most: u64,
) -> Result<Vec<AnswerText>, DbErr> {
    let questions = counts(db, of, state).await?;
    let rows = answer::Entity::find()
        .filter(answer::Column::QuestionId.is_in(questions.iter().map(|(question, _)| *question)))
        .filter(answer::Column::Text.is_not_null())
        .filter(answer::Column::TextState.eq(state.code()))
        .order_by_asc(answer::Column::Id)
        .offset(offset)
        .limit(most)
        .all(db)
        .await?;
    read(db, rows).await
}

async fn read(
    db: &impl ConnectionTrait,
    rows: Vec<answer::Model>,
) -> Result<Vec<AnswerText>, DbErr> {
    let publications: HashMap<i64, String> = response::Entity::find()
        .filter(response::Column::Id.is_in(rows.iter().map(|row| row.response_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.publication))
        .collect();
    rows.into_iter()
        .map(|row| {
            let of = format!("the response of answer {}", row.id);
            let code = there(publications.get(&row.response_id), &of)?;
            let publication = stored(Publication::from_code(code), &of, code)?;
            Ok(AnswerText {
                id: AnswerId(row.id),
                question: row.question_id,
                state: state(&row)?,
                text: there(row.text, &of)?,
                private: publication == Publication::Private,
            })
        })
        .collect()
}

/// Moves a text to another state, and its count with it.
pub async fn move_text(
    granted: &Granted<'_, Consultation>,
    text: &AnswerText,
    to: State,
) -> Result<(), DbErr> {
    let (from, to) = (text.state.code(), to.code());
    super::counts::shift(granted, text.question, TEXT, from, to).await?;
    answer::Entity::update_many()
        .col_expr(answer::Column::TextState, Expr::value(to))
        .filter(answer::Column::Id.eq(text.id.0))
        .exec(granted.tx())
        .await
        .map(drop)
}

/// Approved words whose author agreed to publish them.
#[derive(Clone, Debug)]
pub struct Publishable {
    /// What was written.
    pub text: String,
    /// The name that the author chose to appear under, if any.
    pub name: Option<String>,
}

/// So many of the approved answers to this question whose authors agreed to publish them, as it falls.
pub async fn publishable(
    db: &impl ConnectionTrait,
    question: i64,
    most: u64,
) -> Result<Vec<Publishable>, DbErr> {
    Ok(answer::Entity::find()
        .join(JoinType::InnerJoin, answer::Relation::Response.def())
        .join_rev(
            JoinType::LeftJoin,
            respondent::Entity::belongs_to(answer::Entity)
                .from(respondent::Column::ResponseId)
                .to(answer::Column::ResponseId)
                .into(),
        )
        .filter(answer::Column::QuestionId.eq(question))
        .filter(answer::Column::TextState.eq(State::Approved.code()))
        .filter(answer::Column::Text.is_not_null())
        .filter(response::Column::Publication.is_in(["named", "anonymous"]))
        // In the order of what nobody but its author has, so that none says who came when: without the
        // two letters at its beginning, which say the hour.
        .order_by(Expr::cust("substr(response.receipt_hash, 3)"), Order::Asc)
        .order_by_asc(answer::Column::Id)
        .limit(most)
        .select_only()
        .column_as(answer::Column::Text, "text")
        .column_as(response::Column::Publication, "publication")
        .column_as(respondent::Column::Name, "name")
        .into_tuple::<(String, String, Option<String>)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(text, publication, name)| Publishable {
            text,
            name: name
                .filter(|_| publication == "named")
                .filter(|name| !typed::is_blank(name)),
        })
        .collect())
}
