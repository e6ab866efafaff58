//! People as an administrator sees them, with what may be done about each.

use domain::account::policy::{
    ManagedPerson, administrator, may_disable, may_manage_account, may_take_role,
};
use domain::account::read::{HeldRole, PeopleView, PersonState, PersonView, TeamChoice};
use domain::account::{Actor, Member};
use domain::ids::PersonId;
use domain::names;
use sea_orm::{ConnectionTrait, DbErr};

use crate::account::rows::member;
use crate::account::rows::people::{self, Account, administrators, alone_administers};
use crate::council::rows::teams;
use crate::db::there;
use crate::error::Denied;

const PEOPLE_ON_A_PAGE: usize = 50;

/// One page of people.
///
/// # Errors
/// The actor administers nothing.
pub async fn people(
    db: &impl ConnectionTrait,
    actor: &Actor,
    page: u64,
) -> Result<PeopleView, Denied> {
    let by = administrator(actor)?;
    let total = people::count(db).await?;
    let pages = total.div_ceil(PEOPLE_ON_A_PAGE as u64).max(1);
    let page = page.clamp(1, pages);
    let before = usize::try_from(page - 1).unwrap_or(usize::MAX);
    let offset = before.saturating_mul(PEOPLE_ON_A_PAGE);
    let some = people::some(db, offset, PEOPLE_ON_A_PAGE).await?;
    Ok(PeopleView {
        people: views(db, by, some).await?,
        total,
        page,
        pages,
    })
}

/// One person.
///
/// # Errors
/// The actor administers nothing, or there is no such person.
pub async fn person(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: PersonId,
) -> Result<PersonView, Denied> {
    let by = administrator(actor)?;
    let account = people::by_id(db, id).await?;
    let mut views = views(db, by, account.into_iter().collect()).await?;
    views.pop().ok_or(Denied::NotFound)
}

async fn views(
    db: &impl ConnectionTrait,
    by: &Member,
    accounts: Vec<Account>,
) -> Result<Vec<PersonView>, DbErr> {
    let held = member::memberships(db, accounts.iter().map(|account| account.id)).await?;
    let teams = teams::teams(db, held.iter().map(|(_, one)| one.team)).await?;
    let administrators = administrators(db).await?;
    accounts
        .into_iter()
        .map(|account| {
            let id = account.id;
            let own = || held.iter().filter(|(of, _)| *of == id).map(|(_, one)| one);
            let person = ManagedPerson {
                id,
                works_for: own().map(|one| one.organisation).collect(),
                alone_administers: alone_administers(&administrators, id),
            };
            let mut roles: Vec<HeldRole> = own()
                .map(|one| {
                    let removable = may_take_role(by, &person, one.organisation, one.role).is_ok();
                    let team = there(teams.get(&one.team), "the team of a role")?;
                    Ok(HeldRole {
                        team: one.team,
                        team_name: team.full_name(),
                        role: one.role,
                        removable,
                    })
                })
                .collect::<Result<_, DbErr>>()?;
            roles.sort_by_key(|one| one.role);
            names::sort_by_name(&mut roles, |one| &one.team_name);
            Ok(PersonView {
                id,
                may_disable: may_disable(by, &person).is_ok(),
                may_manage_account: may_manage_account(by, &person).is_ok(),
                state: match (account.disabled, &account.password_hash) {
                    (true, _) => PersonState::Disabled,
                    (false, None) => PersonState::Invited,
                    (false, Some(_)) => PersonState::Active,
                },
                name: account.name,
                email: account.email,
                roles,
            })
        })
        .collect()
}

/// The teams in which this administrator may give roles, by name.
///
/// # Errors
/// The actor administers nothing.
pub async fn team_choices(
    db: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<TeamChoice>, Denied> {
    let by = administrator(actor)?;
    let mut choices: Vec<TeamChoice> = teams::all_teams(db)
        .await?
        .into_iter()
        .filter(|team| by.administers(team.organisation.id))
        .map(|team| TeamChoice {
            id: team.id,
            name: team.full_name(),
        })
        .collect();
    names::sort_by_name(&mut choices, |one| &one.name);
    Ok(choices)
}
