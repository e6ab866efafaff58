//! Reads of the queue. Who wrote a text is never read here.

use std::collections::HashMap;

use domain::account::{Member, Role};
use domain::moderation::read::{Item, Queue};
use domain::moderation::{Reason, State, SubjectKind};
use domain::response::tally::TEXT;
use entity::{
    answer, consultation, consultation_team, moderation_decision, question, response, statement,
    tally,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};

const A_PAGE: u64 = 20;

/// The ids of consultations this moderator moderates, with their titles.
async fn mine(db: &impl ConnectionTrait, member: &Member) -> Result<HashMap<i64, String>, DbErr> {
    let teams: Vec<i64> = member
        .teams_as(Role::Moderator)
        .into_iter()
        .map(|t| t.0)
        .collect();
    let shared: Vec<i64> = consultation_team::Entity::find()
        .select_only()
        .column(consultation_team::Column::ConsultationId)
        .filter(consultation_team::Column::TeamId.is_in(teams.clone()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(consultation::Entity::find()
        .select_only()
        .columns([consultation::Column::Id, consultation::Column::Title])
        .filter(
            Condition::any()
                .add(consultation::Column::TeamId.is_in(teams))
                .add(consultation::Column::Id.is_in(shared)),
        )
        .into_tuple::<(i64, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

fn answers(consultations: &[i64], state: State) -> Select<answer::Entity> {
    answer::Entity::find()
        .join(JoinType::InnerJoin, answer::Relation::Question.def())
        .filter(question::Column::ConsultationId.is_in(consultations.to_vec()))
        .filter(answer::Column::Text.is_not_null())
        .filter(answer::Column::TextState.eq(state.code()))
}

fn statements(consultations: &[i64], state: State) -> Select<statement::Entity> {
    statement::Entity::find()
        .filter(statement::Column::ConsultationId.is_in(consultations.to_vec()))
        .filter(statement::Column::Source.eq("resident"))
        .filter(statement::Column::State.eq(state.code()))
}

/// How many answers of these consultations stand so: a kept count, as there may be millions.
async fn answers_in(
    db: &impl ConnectionTrait,
    consultations: &[i64],
    state: State,
) -> Result<u64, DbErr> {
    let counts: Vec<i64> = tally::Entity::find()
        .select_only()
        .column(tally::Column::Count)
        .filter(tally::Column::ConsultationId.is_in(consultations.to_vec()))
        .filter(tally::Column::Dimension.eq(TEXT))
        .filter(tally::Column::Key.eq(state.code()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(u64::try_from(counts.iter().sum::<i64>()).unwrap_or(0))
}

/// How many texts wait for this moderator: answers, statements.
///
/// # Errors
/// Those of the database.
pub async fn waiting(db: &impl ConnectionTrait, member: &Member) -> Result<[u64; 2], DbErr> {
    let ids: Vec<i64> = mine(db, member).await?.into_keys().collect();
    Ok([
        answers_in(db, &ids, State::Held).await?,
        statements(&ids, State::Held).count(db).await?,
    ])
}

/// A page of the queue of this moderator, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn queue(
    db: &impl ConnectionTrait,
    member: &Member,
    kind: SubjectKind,
    state: State,
    page: u64,
) -> Result<Queue, DbErr> {
    let titles = mine(db, member).await?;
    let ids: Vec<i64> = titles.keys().copied().collect();
    let waiting = [
        answers_in(db, &ids, State::Held).await?,
        statements(&ids, State::Held).count(db).await?,
    ];
    let total = match kind {
        SubjectKind::Answer => answers_in(db, &ids, state).await?,
        SubjectKind::Statement => statements(&ids, state).count(db).await?,
    };
    let pages = total.div_ceil(A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let offset = (page - 1) * A_PAGE;
    let mut items = match kind {
        SubjectKind::Statement => statements(&ids, state)
            .order_by_asc(statement::Column::Id)
            .offset(offset)
            .limit(A_PAGE)
            .all(db)
            .await?
            .into_iter()
            .map(|row| Item {
                kind,
                id: row.id,
                consultation: titles
                    .get(&row.consultation_id)
                    .cloned()
                    .unwrap_or_default(),
                context: String::new(),
                text: row.text,
                state,
                reason: row.reason_code.as_deref().and_then(Reason::from_code),
                private: false,
            })
            .collect(),
        SubjectKind::Answer => answer_items(db, &titles, &ids, state, offset).await?,
    };
    if state == State::Rejected {
        reasons(db, kind, &mut items).await?;
    }
    Ok(Queue {
        items,
        kind,
        state,
        total,
        waiting,
        page,
        pages,
    })
}

async fn answer_items(
    db: &impl ConnectionTrait,
    titles: &HashMap<i64, String>,
    ids: &[i64],
    state: State,
    offset: u64,
) -> Result<Vec<Item>, DbErr> {
    let rows = answers(ids, state)
        .order_by_asc(answer::Column::Id)
        .offset(offset)
        .limit(A_PAGE)
        .all(db)
        .await?;
    // Questions are already joined for the filter; a second join of the same table is refused.
    let asked: HashMap<i64, question::Model> = question::Entity::find()
        .filter(question::Column::Id.is_in(rows.iter().map(|answer| answer.question_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let responses: Vec<i64> = rows.iter().map(|answer| answer.response_id).collect();
    let private: HashMap<i64, bool> = response::Entity::find()
        .filter(response::Column::Id.is_in(responses))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.publication == "private"))
        .collect();
    Ok(rows
        .into_iter()
        .filter_map(|answer| {
            let question = asked.get(&answer.question_id)?;
            Some(Item {
                kind: SubjectKind::Answer,
                id: answer.id,
                consultation: titles
                    .get(&question.consultation_id)
                    .cloned()
                    .unwrap_or_default(),
                context: question.prompt.clone(),
                text: answer.text?,
                state,
                reason: None,
                private: private.get(&answer.response_id).copied().unwrap_or(false),
            })
        })
        .collect())
}

/// Fills in the latest reason of each rejected item.
async fn reasons(
    db: &impl ConnectionTrait,
    kind: SubjectKind,
    items: &mut [Item],
) -> Result<(), DbErr> {
    let latest = latest_reasons(db, kind, items.iter().map(|item| item.id).collect()).await?;
    for item in items {
        item.reason = latest.get(&item.id).copied();
    }
    Ok(())
}

/// The reason of the latest rejection of each of these texts.
///
/// # Errors
/// Those of the database.
pub async fn latest_reasons(
    db: &impl ConnectionTrait,
    kind: SubjectKind,
    ids: Vec<i64>,
) -> Result<HashMap<i64, Reason>, DbErr> {
    Ok(moderation_decision::Entity::find()
        .filter(moderation_decision::Column::SubjectKind.eq(kind.code()))
        .filter(moderation_decision::Column::SubjectId.is_in(ids))
        .order_by_asc(moderation_decision::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .filter_map(|act| {
            Some((
                act.subject_id,
                Reason::from_code(act.reason_code.as_deref()?)?,
            ))
        })
        .collect())
}
