//! The front door of organisations and teams: administrators only.

use app::council::{forms, pages};
use app::messages::council as words;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use domain::account::policy::administrator;
use domain::account::{NotPermitted, OrganisationKind};
use domain::council::may_add_organisation;
use domain::council::read::{OrganisationView, TeamView};
use domain::ids::{OrganisationId, TeamId};

use super::{queries_teams, teams};
use crate::App;
use crate::http::{Error, Form, Visit, see_other};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(paths::TEAMS, get(list))
        .route("/desk/teams/new", get(new_team).post(add_team))
        .route("/desk/teams/{id}", get(show_team).post(change_team))
        .route(
            paths::NEW_ORGANISATION,
            get(new_organisation).post(add_organisation),
        )
}

async fn list(visit: Visit) -> Result<Response, Error> {
    let member = administrator(&visit.actor)?;
    let mut view = queries_teams::teams(visit.app.db.read(), member.person).await?;
    view.may_add_organisation = may_add_organisation(member).is_ok();
    Ok(visit.page("Teams", || pages::teams(view)))
}

/// The organisations to choose from: number, name.
async fn own(visit: &Visit) -> Result<Vec<(String, String)>, Error> {
    let by = administrator(&visit.actor)?.person;
    let view = queries_teams::teams(visit.app.db.read(), by).await?;
    Ok(view
        .organisations
        .into_iter()
        .filter(|one| one.administered)
        .map(|one| (one.id.to_string(), one.name))
        .collect())
}

async fn new_team(visit: Visit) -> Result<Response, Error> {
    let own = own(&visit).await?;
    let mut state = FormState::new();
    if let [(only, _)] = own.as_slice() {
        state = state.with("organisation", only);
    }
    Ok(visit.page("Add a team", || pages::new_team(&state, &own)))
}

async fn add_team(visit: Visit, form: Form) -> Result<Response, Error> {
    let own = own(&visit).await?;
    let by = administrator(&visit.actor)?.person;
    let of = form.pairs.one("organisation").parse().map(OrganisationId);
    let state = match (of, forms::team(&form.pairs)) {
        (Ok(of), Ok(team)) => match teams::add_team(&visit.app, by, of, &team).await? {
            Ok(id) => return Ok(see_other(&paths::team(id.0))),
            Err(why) => {
                let mut state = FormState::from_pairs(form.pairs.iter());
                state.refuse("name", words::team(why));
                state
            }
        },
        (of, team) => {
            let mut state = match team {
                Err(state) => state,
                Ok(_) => FormState::from_pairs(form.pairs.iter()),
            };
            if of.is_err() {
                state.refuse("organisation", words::ORGANISATION_MISSING);
            }
            state
        }
    };
    Ok(visit.refused("Add a team", || pages::new_team(&state, &own)))
}

/// The team and the organisation it belongs to, if this administrator may change it.
async fn found(visit: &Visit, id: i64) -> Result<(OrganisationView, TeamView), Error> {
    let by = administrator(&visit.actor)?.person;
    let view = queries_teams::teams(visit.app.db.read(), by).await?;
    for organisation in view.organisations {
        let team = organisation.teams.iter().find(|team| team.id.0 == id);
        if let Some(team) = team.cloned() {
            return if organisation.administered {
                Ok((organisation, team))
            } else {
                Err(NotPermitted::Forbidden.into())
            };
        }
    }
    Err(Error::NotFound)
}

async fn page(visit: &Visit, id: i64, state: Option<FormState>) -> Result<Response, Error> {
    let (organisation, team) = found(visit, id).await?;
    let wards = match organisation.kind {
        OrganisationKind::Police => queries_teams::wards(visit.app.db.read()).await?,
        _ => Vec::new(),
    };
    let kind = organisation.kind;
    Ok(match state {
        Some(state) => visit.refused(&team.name, || pages::team(&team, kind, &state, &wards)),
        None => {
            let mut state = FormState::new()
                .with("name", &team.name)
                .with("email", &team.email);
            for area in &team.areas {
                state = state.and("area", area.to_string());
            }
            visit.page(&team.name, || pages::team(&team, kind, &state, &wards))
        }
    })
}

async fn show_team(visit: Visit, Path(id): Path<i64>) -> Result<Response, Error> {
    page(&visit, id, None).await
}

async fn change_team(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    found(&visit, id).await?;
    let by = administrator(&visit.actor)?.person;
    let state = match forms::team(&form.pairs) {
        Err(state) => state,
        Ok(team) => match teams::change_team(&visit.app, by, TeamId(id), &team).await? {
            Ok(()) => return Ok(see_other(paths::TEAMS)),
            Err(why) => {
                let mut state = FormState::from_pairs(form.pairs.iter());
                state.refuse("name", words::team(why));
                state
            }
        },
    };
    page(&visit, id, Some(state)).await
}

async fn new_organisation(visit: Visit) -> Result<Response, Error> {
    may_add_organisation(administrator(&visit.actor)?)?;
    let state = FormState::new();
    Ok(visit.page("Add an organisation", || pages::new_organisation(&state)))
}

async fn add_organisation(visit: Visit, form: Form) -> Result<Response, Error> {
    let member = administrator(&visit.actor)?;
    may_add_organisation(member)?;
    let state = match forms::organisation(&form.pairs) {
        Err(state) => state,
        Ok(new) => match teams::add_organisation(&visit.app, member, &new).await? {
            Ok(()) => return Ok(see_other(paths::TEAMS)),
            Err(why) => {
                let mut state = FormState::from_pairs(form.pairs.iter());
                state.refuse("name", words::team(why));
                state
            }
        },
    };
    Ok(visit.refused("Add an organisation", || pages::new_organisation(&state)))
}
