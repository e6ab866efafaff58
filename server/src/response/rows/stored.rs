//! A response that is stored, found by its receipt code, with its answers.

use domain::code::Code;
use domain::consultation::{Question, QuestionKind};
use domain::ids::{ConsultationId, QuestionId};
use domain::moderation::State;
use domain::response::{Answer, Publication};
use entity::{answer, response};
use jiff::Timestamp;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::db::{Tx, moment, stored, there};
use crate::granted::Locked;
use crate::secret::receipt_hashes;

/// A stored response; who sent it is not in it.
#[derive(Clone, Debug)]
pub struct StoredResponse {
    /// Its number; never shown.
    pub id: i64,
    /// To which consultation.
    pub consultation: ConsultationId,
    /// When it was taken.
    pub at: Timestamp,
    /// What the public may see.
    pub publication: Publication,
}

fn read(row: &response::Model) -> Result<StoredResponse, DbErr> {
    let publication = Publication::from_code(&row.publication);
    let of = format_args!("response {}", row.id);
    Ok(StoredResponse {
        id: row.id,
        consultation: ConsultationId(row.consultation_id),
        at: moment(row.submitted_at)?,
        publication: stored(publication, of, &row.publication)?,
    })
}

fn of_receipt(code: &Code) -> Select<response::Entity> {
    response::Entity::find().filter(response::Column::ReceiptHash.is_in(receipt_hashes(code)))
}

/// The response of this receipt code.
pub async fn by_receipt(
    db: &impl ConnectionTrait,
    code: &Code,
) -> Result<Option<StoredResponse>, DbErr> {
    of_receipt(code)
        .one(db)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Locks it until the transaction ends.
pub async fn lock_by_receipt(
    tx: &Tx,
    code: &Code,
) -> Result<Option<Locked<StoredResponse>>, DbErr> {
    let row = of_receipt(code).lock(LockType::NoKeyUpdate).one(tx).await?;
    Ok(row.as_ref().map(read).transpose()?.map(Locked::new))
}

/// An answer of a response.
#[derive(Clone, Debug)]
pub struct StoredAnswer {
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub answer: Answer,
    /// Its free text, if there is any.
    pub text: Option<StoredText>,
}

/// Free text, by where it stands.
#[derive(Clone, Copy, Debug)]
pub struct StoredText {
    /// Its number among the answers.
    pub id: i64,
    /// Where it stands in moderation.
    pub state: State,
}

/// The answers of a response, in the order of the questions.
pub async fn answers(
    db: &impl ConnectionTrait,
    questions: &[Question],
    response: i64,
) -> Result<Vec<StoredAnswer>, DbErr> {
    let rows = answer::Entity::find()
        .filter(answer::Column::ResponseId.eq(response))
        .order_by_asc(answer::Column::Id)
        .all(db)
        .await?;
    let mut answers = Vec::with_capacity(questions.len());
    for question in questions {
        let of: Vec<&answer::Model> = rows
            .iter()
            .filter(|row| row.question_id == question.id.0)
            .collect();
        let Some(found) = from_rows(question, &of)? else {
            continue;
        };
        let text = of.iter().find(|row| row.text.is_some());
        let text = text.map(|row| {
            let state = State::from_code(&row.text_state);
            Ok::<_, DbErr>(StoredText {
                id: row.id,
                state: stored(state, format_args!("answer {}", row.id), &row.text_state)?,
            })
        });
        answers.push(StoredAnswer {
            question: question.id,
            answer: found,
            text: text.transpose()?,
        });
    }
    Ok(answers)
}

/// The answer that these rows hold.
fn from_rows(question: &Question, rows: &[&answer::Model]) -> Result<Option<Answer>, DbErr> {
    use QuestionKind::{LongText, MultipleChoice, Scale, ShortText, SingleChoice, StatementBlock};
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let of = |row: &answer::Model| format!("what answer {} says", row.id);
    Ok(match question.kind {
        StatementBlock => None,
        ShortText | LongText => Some(Answer::Text(there(first.text.clone(), of(first))?)),
        Scale => Some(Answer::Number(there(first.number, of(first))?)),
        SingleChoice | MultipleChoice => {
            let mut items = Vec::new();
            let mut other = None;
            for row in rows {
                match (row.choice, &row.text) {
                    (Some(choice), _) => {
                        let place = u32::try_from(choice).ok();
                        items.push(stored(place, of(row), &choice.to_string())?);
                    }
                    (None, Some(words)) => other = Some(words.clone()),
                    (None, None) => return there(None, of(row)),
                }
            }
            Some(Answer::Choices { items, other })
        }
    })
}
