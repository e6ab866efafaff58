//! Reads of the desk: the list of one's consultations, what a new one is chosen from, the overview.

use domain::account::{Member, NotPermitted, OrganisationKind, Role};
use domain::consultation::policy::{Permission, may, may_see_overview};
use domain::consultation::read::{DeskList, NewDraftChoices, Overview};
use domain::consultation::{Stage, check_publication};
use domain::names;
use entity::{consultation, consultation_team, regime};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::consultation::queries::detail::consultation_detail;
use crate::consultation::queries::permitted::permitted;
use crate::consultation::queries::public_list;
use crate::consultation::rows;
use crate::council::rows::teams;
use crate::error::Denied;
use crate::granted::Caller;

const A_PAGE: u64 = 25;

/// The consultations of somebody's teams, newest first; for an auditor of a council every one.
pub async fn list(
    db: &impl ConnectionTrait,
    member: &Member,
    page: u64,
    now: Timestamp,
) -> Result<DeskList, DbErr> {
    let mut find = consultation::Entity::find();
    if !member.holds_for(Role::Auditor, OrganisationKind::Council) {
        let teams: Vec<i64> = member.roles.iter().map(|held| held.team.0).collect();
        let shared: Vec<i64> = consultation_team::Entity::find()
            .filter(consultation_team::Column::TeamId.is_in(teams.clone()))
            .select_only()
            .column(consultation_team::Column::ConsultationId)
            .into_tuple()
            .all(db)
            .await?;
        find = find.filter(
            Condition::any()
                .add(consultation::Column::TeamId.is_in(teams))
                .add(consultation::Column::Id.is_in(shared)),
        );
    }
    let pages = find.clone().count(db).await?.div_ceil(A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows = find
        .order_by_desc(consultation::Column::CreatedAt)
        .order_by_desc(consultation::Column::Id)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
        .all(db)
        .await?;
    Ok(DeskList {
        found: public_list::listed(db, rows, now).await?,
        page,
        pages,
        may_begin: member.holds_anywhere(Role::Officer),
    })
}

/// Regimes to choose from: code, and name with its fewest days.
pub async fn regimes(db: &impl ConnectionTrait) -> Result<Vec<(String, String)>, DbErr> {
    Ok(regime::Entity::find()
        .order_by_asc(regime::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            (
                row.code,
                format!("{} (at least {} days)", row.name, row.minimum_days),
            )
        })
        .collect())
}

/// What a new draft is chosen from: the teams that somebody is an officer of, and the regimes.
///
/// # Errors
/// Somebody who is an officer of no team begins none.
pub async fn new_draft(
    db: &impl ConnectionTrait,
    caller: &Caller,
) -> Result<NewDraftChoices, Denied> {
    let member = caller.actor.signed_in()?;
    if !member.holds_anywhere(Role::Officer) {
        return Err(NotPermitted::Forbidden.into());
    }
    Ok(NewDraftChoices {
        teams: teams_of(db, member).await?,
        regimes: regimes(db).await?,
    })
}

/// The overview of a consultation: what is missing, and what the caller may do next.
///
/// # Errors
/// Not found, or why it is not permitted.
pub async fn overview(
    db: &impl ConnectionTrait,
    caller: &Caller,
    slug: &str,
) -> Result<Overview, Denied> {
    caller.actor.signed_in()?;
    let on = permitted(db, caller, slug, Permission::View).await?;
    let phase = on.context(caller.now);
    may_see_overview(&caller.actor, &phase)?;
    let detail = consultation_detail(db, on.id, caller.now)
        .await?
        .ok_or(Denied::NotFound)?;
    Ok(Overview {
        missing: check_publication(&detail.publication(), caller.now)
            .err()
            .unwrap_or_default(),
        may: Permission::ALL
            .into_iter()
            .filter(|permission| may(&caller.actor, *permission, &phase).is_ok())
            .collect(),
        note: if phase.stage == Stage::Draft {
            rows::sent_back(db, slug).await?
        } else {
            None
        },
        submission: on.milestones.submission(),
        detail,
    })
}

/// The teams that somebody is an officer of, by name.
async fn teams_of(
    db: &impl ConnectionTrait,
    member: &Member,
) -> Result<Vec<(String, String)>, DbErr> {
    let mut found: Vec<(String, String)> = teams::teams(db, member.teams_as(Role::Officer))
        .await?
        .into_values()
        .map(|team| (team.id.to_string(), team.name))
        .collect();
    names::sort_by_name(&mut found, |(_, name)| name);
    Ok(found)
}
