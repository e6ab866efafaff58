//! Reads of themes, outcomes and the council dashboard.

pub mod figures;

use std::collections::HashMap;

use domain::consultation::Stage;
use domain::ids::{ConsultationId, ThemeId};
use domain::insight::read::{OutcomeLine, OutcomesView};
use domain::insight::{Outcome, Theme};
use entity::{area, consultation, consultation_area, tally, team, theme, voter};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::consultation::rows::milestones;

const A_PAGE: u64 = 20;

/// The themes of a consultation in their order.
///
/// # Errors
/// Those of the database.
pub async fn themes(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<Theme>, DbErr> {
    Ok(theme::Entity::find()
        .filter(theme::Column::ConsultationId.eq(id.0))
        .order_by_asc(theme::Column::Position)
        .order_by_asc(theme::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| Theme {
            id: Some(ThemeId(row.id)),
            title: row.title,
            we_asked: row.we_asked,
            you_said: row.you_said,
            outcome: Outcome::from_code(&row.outcome),
            we_did: row.we_did,
            because: row.because,
            promise: row.promise.unwrap_or_default(),
            promise_due: row.promise_due_on.and_then(|day| day.parse().ok()),
            kept: row.promise_kept_at.is_some(),
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Counted {
    id: i64,
    count: i64,
}

/// The council dashboard: every consultation that has ever been public, newest closing first.
///
/// # Errors
/// Those of the database.
pub async fn outcomes(
    db: &impl ConnectionTrait,
    page: u64,
    now: Timestamp,
) -> Result<OutcomesView, DbErr> {
    let public = || {
        consultation::Entity::find()
            .filter(consultation::Column::PublishedAt.is_not_null())
            .filter(consultation::Column::WithdrawnAt.is_null())
    };
    let total = public().count(db).await?;
    let pages = total.div_ceil(A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows = public()
        .find_also_related(team::Entity)
        .order_by_desc(consultation::Column::ClosesAt)
        .order_by_desc(consultation::Column::Id)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
        .all(db)
        .await?;
    let ids: Vec<i64> = rows.iter().map(|(row, _)| row.id).collect();
    let responses = totals(db, Some(&ids)).await?;
    let voters = voters(db, &ids).await?;
    let reach = reach(db, &ids).await?;
    let promises = promises(db, Some(&ids)).await?;
    let lines = rows
        .into_iter()
        .map(|(row, team)| {
            let m = milestones(&row);
            let days = |from: Timestamp, to: Timestamp| {
                (to.as_second() - from.as_second()).div_euclid(86_400)
            };
            let stage = m.stage(now);
            let undecided = matches!(stage, Stage::Closed | Stage::Answered);
            OutcomeLine {
                stage,
                reach: reach.get(&row.id).copied().unwrap_or(0),
                responses: responses.get(&row.id).copied().unwrap_or(0),
                voters: voters.get(&row.id).copied().unwrap_or(0),
                days_to_outcome: m.closes.zip(m.decided).map(|(from, to)| days(from, to)),
                days_waiting: m.closes.filter(|_| undecided).map(|from| days(from, now)),
                promises: promises.get(&row.id).copied().unwrap_or_default(),
                slug: row.slug,
                title: row.title,
                team: team.map(|t| t.name).unwrap_or_default(),
            }
        })
        .collect();
    let decided = public()
        .filter(consultation::Column::DecidedAt.is_not_null())
        .select_only()
        .columns([
            consultation::Column::ClosesAt,
            consultation::Column::DecidedAt,
        ])
        .into_tuple::<(Option<i64>, Option<i64>)>()
        .all(db)
        .await?;
    const TWELVE_WEEKS: i64 = 84 * 86_400_000;
    let in_time = decided
        .iter()
        .filter(|(closes, decided)| {
            matches!((closes, decided), (Some(from), Some(to)) if to - from <= TWELVE_WEEKS)
        })
        .count();
    let all_promises = self::promises(db, None).await?;
    Ok(OutcomesView {
        lines,
        page,
        pages,
        total,
        responses: totals(db, None).await?.values().sum(),
        promises: all_promises
            .values()
            .fold((0, 0), |sum, p| (sum.0 + p.0, sum.1 + p.1)),
        decided: (decided.len() as u64, in_time as u64),
    })
}

fn by_id(rows: Vec<Counted>) -> HashMap<i64, u64> {
    rows.into_iter()
        .map(|row| (row.id, u64::try_from(row.count).unwrap_or(0)))
        .collect()
}

async fn totals(
    db: &impl ConnectionTrait,
    ids: Option<&[i64]>,
) -> Result<HashMap<i64, u64>, DbErr> {
    let mut find = tally::Entity::find()
        .filter(tally::Column::QuestionId.eq(0))
        .filter(tally::Column::Dimension.eq("total"));
    if let Some(ids) = ids {
        find = find.filter(tally::Column::ConsultationId.is_in(ids.to_vec()));
    }
    Ok(find
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.consultation_id, u64::try_from(row.count).unwrap_or(0)))
        .collect())
}

async fn voters(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, u64>, DbErr> {
    Ok(by_id(
        voter::Entity::find()
            .select_only()
            .column_as(voter::Column::ConsultationId, "id")
            .column_as(voter::Column::Id.count(), "count")
            .filter(voter::Column::ConsultationId.is_in(ids.to_vec()))
            .group_by(voter::Column::ConsultationId)
            .into_model()
            .all(db)
            .await?,
    ))
}

async fn reach(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, u64>, DbErr> {
    let areas: HashMap<i64, i64> = area::Entity::find()
        .select_only()
        .columns([area::Column::Id, area::Column::Residents])
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let mut reach = HashMap::new();
    for link in consultation_area::Entity::find()
        .filter(consultation_area::Column::ConsultationId.is_in(ids.to_vec()))
        .all(db)
        .await?
    {
        let people = areas.get(&link.area_id).copied().unwrap_or(0);
        *reach.entry(link.consultation_id).or_default() += u64::try_from(people).unwrap_or(0);
    }
    Ok(reach)
}

/// Promises made and kept, by consultation.
async fn promises(
    db: &impl ConnectionTrait,
    ids: Option<&[i64]>,
) -> Result<HashMap<i64, (u64, u64)>, DbErr> {
    let mut find = theme::Entity::find()
        .find_also_related(consultation::Entity)
        .filter(theme::Column::Promise.is_not_null())
        .filter(consultation::Column::AnsweredAt.is_not_null());
    if let Some(ids) = ids {
        find = find.filter(theme::Column::ConsultationId.is_in(ids.to_vec()));
    }
    let mut found: HashMap<i64, (u64, u64)> = HashMap::new();
    for (row, _) in find.all(db).await? {
        let counts = found.entry(row.consultation_id).or_default();
        counts.0 += 1;
        counts.1 += u64::from(row.promise_kept_at.is_some());
    }
    Ok(found)
}

/// The decision's words, and where imported data comes from.
///
/// # Errors
/// Those of the database.
pub async fn decision(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<(Option<String>, Option<String>), DbErr> {
    Ok(consultation::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(|row| (row.decision, row.attribution))
        .unwrap_or_default())
}

/// The most free-text answers on an outcome page.
const MOST_WORDS: u64 = 30;

/// Approved words whose authors agreed to publish them: question, words, chosen name.
///
/// # Errors
/// Those of the database.
pub async fn published_words(
    db: &impl ConnectionTrait,
    id: ConsultationId,
) -> Result<Vec<(String, String, String)>, DbErr> {
    use entity::{answer, question, respondent, response};
    use sea_orm::{JoinType, RelationTrait};
    let rows = answer::Entity::find()
        .join(JoinType::InnerJoin, answer::Relation::Response.def())
        .join(JoinType::InnerJoin, answer::Relation::Question.def())
        .join_rev(
            JoinType::LeftJoin,
            respondent::Entity::belongs_to(answer::Entity)
                .from(respondent::Column::ResponseId)
                .to(answer::Column::ResponseId)
                .into(),
        )
        .filter(question::Column::ConsultationId.eq(id.0))
        .filter(question::Column::Published.eq(true))
        .filter(answer::Column::TextState.eq("approved"))
        .filter(answer::Column::Text.is_not_null())
        .filter(response::Column::Publication.is_in(["named", "anonymous"]))
        .order_by_asc(question::Column::Position)
        .order_by_desc(answer::Column::Id)
        .limit(MOST_WORDS)
        .select_only()
        .column_as(question::Column::Prompt, "prompt")
        .column_as(answer::Column::Text, "text")
        .column_as(response::Column::Publication, "publication")
        .column_as(respondent::Column::Name, "name")
        .into_tuple::<(String, String, String, Option<String>)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(prompt, text, publication, name)| {
            let name = name
                .filter(|_| publication == "named")
                .filter(|name| !name.trim().is_empty())
                .unwrap_or_else(|| "Somebody".to_owned());
            (prompt, text, name)
        })
        .collect())
}
