//! Reads of one whole consultation.

use domain::consultation::read::{ConsultationDetail, DocumentView, OptionView};
use domain::consultation::{Publication, QuestionKind};
use domain::ids::{AreaId, ConsultationId, DocumentId, OptionId, StatementId, TeamId};
use entity::{
    consultation, consultation_area, consultation_team, document, option, organisation, regime,
    statement, team,
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::consultation::queries::public_list;
use crate::consultation::rows;

/// Everything about one consultation.
///
/// # Errors
/// Those of the database.
pub async fn consultation_detail(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Option<ConsultationDetail>, DbErr> {
    let Some((row, regime)) = consultation::Entity::find_by_id(id.0)
        .find_also_related(regime::Entity)
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    let Some(listed) = public_list::listed(db, vec![row.clone()], now).await?.pop() else {
        return Ok(None);
    };
    let options = option::Entity::find()
        .filter(option::Column::ConsultationId.eq(id.0))
        .order_by_asc(option::Column::Position)
        .all(db)
        .await?
        .into_iter()
        .map(|row| OptionView {
            id: OptionId(row.id),
            title: row.title,
            description: row.description,
            do_nothing: row.do_nothing,
        })
        .collect();
    let documents = document::Entity::find()
        .select_only()
        .columns([
            document::Column::Id,
            document::Column::Token,
            document::Column::Title,
            document::Column::FileName,
            document::Column::Size,
        ])
        .filter(document::Column::ConsultationId.eq(id.0))
        .order_by_asc(document::Column::Id)
        .into_tuple::<(i64, String, String, String, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, token, title, file_name, size)| DocumentView {
            id: DocumentId(id),
            token,
            title,
            file_name,
            size: u64::try_from(size).unwrap_or(0),
        })
        .collect();
    let statements = statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::Source.eq("seed"))
        .filter(statement::Column::State.eq("approved"))
        .order_by_asc(statement::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| (StatementId(row.id), row.text))
        .collect();
    let to_vote_on = statement::Entity::find()
        .filter(statement::Column::ConsultationId.eq(id.0))
        .filter(statement::Column::State.eq("approved"))
        .count(db)
        .await?;
    let areas = consultation_area::Entity::find()
        .filter(consultation_area::Column::ConsultationId.eq(id.0))
        .all(db)
        .await?
        .into_iter()
        .map(|link| AreaId(link.area_id))
        .collect();
    let partners: Vec<TeamId> = consultation_team::Entity::find()
        .filter(consultation_team::Column::ConsultationId.eq(id.0))
        .order_by_asc(consultation_team::Column::TeamId)
        .all(db)
        .await?
        .into_iter()
        .map(|link| TeamId(link.team_id))
        .collect();
    let asked_by = asked_by(db, TeamId(row.team_id), &partners).await?;
    let regime_of = |r: &regime::Model| {
        (
            r.code.clone(),
            r.name.clone(),
            i64::from(r.minimum_days),
            r.source.clone(),
        )
    };
    Ok(Some(ConsultationDetail {
        listed,
        body: row.body,
        open_scope: row.open_scope,
        limited_scope: row.limited_scope,
        fixed_scope: row.fixed_scope,
        scope_reason: row.scope_reason,
        options,
        documents,
        questions: rows::questions(db, id).await?,
        statements,
        statements_open: row.statements_open,
        to_vote_on,
        asked_by,
        polls: crate::poll::rows::lines::lines(db, id).await?,
        voting_allowed: regime.as_ref().is_some_and(|r| r.voting_allowed),
        regime: regime.as_ref().map(regime_of).unwrap_or_default(),
        contact: (row.contact_name, row.contact_email),
        areas,
        partners,
        attribution: row.attribution,
        invented: row.invented,
        now,
    }))
}

/// Each organisation that asks, with its teams: the owner's first.
async fn asked_by(
    db: &impl ConnectionTrait,
    owner: TeamId,
    partners: &[TeamId],
) -> Result<Vec<(String, Vec<String>)>, DbErr> {
    let ids = std::iter::once(owner).chain(partners.iter().copied());
    let found = team::Entity::find()
        .filter(team::Column::Id.is_in(ids.clone().map(|id| id.0)))
        .find_also_related(organisation::Entity)
        .all(db)
        .await?;
    let mut asked: Vec<(String, Vec<String>)> = Vec::new();
    for id in ids {
        let Some((team, Some(of))) = found.iter().find(|(team, _)| team.id == id.0) else {
            continue;
        };
        match asked.iter_mut().find(|(name, _)| *name == of.name) {
            Some((_, teams)) if teams.contains(&team.name) => {}
            Some((_, teams)) => teams.push(team.name.clone()),
            None => asked.push((of.name.clone(), vec![team.name.clone()])),
        }
    }
    Ok(asked)
}

/// What the gates look at.
pub fn publication(view: &ConsultationDetail) -> Publication<'_> {
    Publication {
        words: [&view.listed.title, &view.listed.summary, &view.body],
        open: &view.open_scope,
        limited: &view.limited_scope,
        fixed: &view.fixed_scope,
        reason: &view.scope_reason,
        options: view.options.len(),
        has_do_nothing: view.options.iter().any(|option| option.do_nothing),
        asked: view.questions.len() + view.statements.len() + view.polls.len(),
        votes: view.statements.len()
            + view.polls.len()
            + view
                .questions
                .iter()
                .filter(|question| question.kind == QuestionKind::StatementBlock)
                .count(),
        polls_unready: view.polls.iter().filter(|poll| !poll.ready).count(),
        voting_allowed: view.voting_allowed,
        contact: &view.contact.1,
        opens: view.listed.opens,
        closes: view.listed.closes,
        closing_reason: &view.listed.closing_reason,
        minimum_days: view.regime.2,
    }
}
