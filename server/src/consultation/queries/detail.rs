//! Reads of one whole consultation.

use domain::consultation::read::{ConsultationDetail, ContactView, Organiser, RegimeView};
use domain::ids::{AreaId, ConsultationId, TeamId};
use domain::insight::read::Heard;
use domain::insight::release::Of;
use entity::{consultation, consultation_area, consultation_team, regime};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::consultation::queries::public_list;
use crate::consultation::rows::{self, documents};
use crate::insight::rows::release;
use crate::{council, poll, vote};

/// Everything about one consultation.
///
/// # Errors
/// What is stored and can't be read is a fault.
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
    let regime = regime.ok_or_else(|| rows::without_regime(id.0))?;
    let Some(listed) = public_list::listed(db, vec![row.clone()], now).await?.pop() else {
        return Ok(None);
    };
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
    Ok(Some(ConsultationDetail {
        listed,
        body: row.body,
        open_scope: row.open_scope,
        limited_scope: row.limited_scope,
        fixed_scope: row.fixed_scope,
        scope_reason: row.scope_reason,
        options: rows::options(db, id).await?,
        documents: documents::documents(db, id).await?,
        questions: rows::questions(db, id).await?,
        statements: vote::rows::seed::statements(db, id).await?,
        statements_open: row.statements_open,
        to_vote_on: vote::rows::seed::to_vote_on(db, id).await?,
        organisers: organisers(db, TeamId(row.team_id), &partners).await?,
        polls: poll::rows::lines::lines(db, id).await?,
        regime: RegimeView {
            code: regime.code,
            name: regime.name,
            minimum_days: i64::from(regime.minimum_days),
            source: regime.source,
            voting_allowed: regime.voting_allowed,
        },
        contact: ContactView {
            name: row.contact_name,
            email: row.contact_email,
        },
        areas,
        partners,
        attribution: row.attribution,
        invented: row.invented,
        now,
    }))
}

/// How many have been heard, as it was released.
///
/// # Errors
/// What is stored and can't be read is a fault.
pub async fn heard(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Heard, DbErr> {
    let (responses, votes) = (Of::Responses(id), Of::Votes(id));
    let found = release::shown(db, &[responses, votes]).await?;
    Ok(Heard {
        responses: found.get(&responses).copied(),
        voters: found.get(&votes).copied(),
    })
}

/// Each organisation that holds it, with its teams: the owner's first.
async fn organisers(
    db: &impl ConnectionTrait,
    owner: TeamId,
    partners: &[TeamId],
) -> Result<Vec<Organiser>, DbErr> {
    let ids = std::iter::once(owner).chain(partners.iter().copied());
    let found = council::rows::teams::teams(db, ids.clone()).await?;
    let mut all: Vec<Organiser> = Vec::new();
    for id in ids {
        let Some(team) = found.get(&id) else {
            continue;
        };
        match all
            .iter_mut()
            .find(|one| one.organisation == team.organisation.name)
        {
            Some(one) if one.teams.contains(&team.name) => {}
            Some(one) => one.teams.push(team.name.clone()),
            None => all.push(Organiser {
                organisation: team.organisation.name.clone(),
                teams: vec![team.name.clone()],
            }),
        }
    }
    Ok(all)
}
