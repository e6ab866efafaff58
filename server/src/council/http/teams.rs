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

use crate::App;
use crate::council::commands::teams;
use crate::council::queries::teams as team_queries;
use crate::http::{Error, Form, RequestContext, see_other};

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

async fn list(context: RequestContext) -> Result<Response, Error> {
    let member = administrator(&context.actor)?;
    let mut view = team_queries::teams(context.app.db.read(), member.person).await?;
    view.may_add_organisation = may_add_organisation(member).is_ok();
    Ok(context.page("Teams", || pages::teams(view)))
}

/// The organisations to choose from: number, name.
async fn own(context: &RequestContext) -> Result<Vec<(String, String)>, Error> {
    let by = administrator(&context.actor)?.person;
    let view = team_queries::teams(context.app.db.read(), by).await?;
    Ok(view
        .organisations
        .into_iter()
        .filter(|one| one.administered)
        .map(|one| (one.id.to_string(), one.name))
        .collect())
}

async fn new_team(context: RequestContext) -> Result<Response, Error> {
    let own = own(&context).await?;
    let mut state = FormState::new();
    if let [(only, _)] = own.as_slice() {
        state = state.with("organisation", only);
    }
    Ok(context.page("Add a team", || pages::new_team(&state, &own)))
}

async fn add_team(context: RequestContext, form: Form) -> Result<Response, Error> {
    let own = own(&context).await?;
    let by = administrator(&context.actor)?.person;
    let of = form.pairs.one("organisation").parse().map(OrganisationId);
    let state = match (of, forms::team(&form.pairs)) {
        (Ok(of), Ok(team)) => match teams::add_team(&context.app, by, of, &team).await? {
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
    Ok(context.refused("Add a team", || pages::new_team(&state, &own)))
}

/// The team and the organisation it belongs to, if this administrator may change it.
async fn found(context: &RequestContext, id: i64) -> Result<(OrganisationView, TeamView), Error> {
    let by = administrator(&context.actor)?.person;
    let view = team_queries::teams(context.app.db.read(), by).await?;
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

async fn page(
    context: &RequestContext,
    id: i64,
    state: Option<FormState>,
) -> Result<Response, Error> {
    let (organisation, team) = found(context, id).await?;
    let wards = match organisation.kind {
        OrganisationKind::Police => team_queries::wards(context.app.db.read()).await?,
        _ => Vec::new(),
    };
    let kind = organisation.kind;
    Ok(match state {
        Some(state) => context.refused(&team.name, || pages::team(&team, kind, &state, &wards)),
        None => {
            let mut state = FormState::new()
                .with("name", &team.name)
                .with("email", &team.email);
            for area in &team.areas {
                state = state.and("area", area.to_string());
            }
            context.page(&team.name, || pages::team(&team, kind, &state, &wards))
        }
    })
}

async fn show_team(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    page(&context, id, None).await
}

async fn change_team(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    found(&context, id).await?;
    let by = administrator(&context.actor)?.person;
    let state = match forms::team(&form.pairs) {
        Err(state) => state,
        Ok(team) => match teams::change_team(&context.app, by, TeamId(id), &team).await? {
            Ok(()) => return Ok(see_other(paths::TEAMS)),
            Err(why) => {
                let mut state = FormState::from_pairs(form.pairs.iter());
                state.refuse("name", words::team(why));
                state
            }
        },
    };
    page(&context, id, Some(state)).await
}

async fn new_organisation(context: RequestContext) -> Result<Response, Error> {
    may_add_organisation(administrator(&context.actor)?)?;
    let state = FormState::new();
    Ok(context.page("Add an organisation", || pages::new_organisation(&state)))
}

async fn add_organisation(context: RequestContext, form: Form) -> Result<Response, Error> {
    let member = administrator(&context.actor)?;
    may_add_organisation(member)?;
    let state = match forms::organisation(&form.pairs) {
        Err(state) => state,
        Ok(new) => match teams::add_organisation(&context.app, member, &new).await? {
            Ok(()) => return Ok(see_other(paths::TEAMS)),
            Err(why) => {
                let mut state = FormState::from_pairs(form.pairs.iter());
                state.refuse("name", words::team(why));
                state
            }
        },
    };
    Ok(context.refused("Add an organisation", || pages::new_organisation(&state)))
}
