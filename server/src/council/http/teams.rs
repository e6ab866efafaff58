//! The front door of organisations and teams: administrators only.

use app::council::{forms, pages};
use app::messages::council as words;
use app::paths;
use app::ui::conflict::{KEY, VERSION, with_version};
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::account::policy::administrator;
use domain::council::may_add_organisation;
use domain::council::read::TeamDetail;
use domain::edit::{CreationKey, Version};
use domain::ids::{OrganisationId, TeamId};

use crate::App;
use crate::council::commands::add_organisation::{self, AddOrganisation};
use crate::council::commands::add_team::{self, AddTeam};
use crate::council::commands::change_team::{self, ChangeTeam};
use crate::council::queries::teams as queries;
use crate::http::{Error, Form, FormAgain, Path, RequestContext, again, fresh_form, see_other};

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
    let view = queries::teams(context.app.db.read(), &context.actor).await?;
    Ok(context.page("Teams", || pages::teams(view)))
}

async fn new_team(context: RequestContext) -> Result<Response, Error> {
    let own = queries::own_organisations(context.app.db.read(), &context.actor).await?;
    let mut state = fresh_form()?;
    if let [only] = own.as_slice() {
        state = state.with("organisation", only.id.to_string());
    }
    Ok(context.page("Add a team", || pages::new_team(&state, &own)))
}

async fn add_team(context: RequestContext, form: Form) -> Result<Response, Error> {
    let to = form.pairs.one("organisation").parse().map(OrganisationId);
    let state = match (to, forms::team(&form.pairs)) {
        (Ok(to), Ok(words_of_team)) => {
            let command = AddTeam {
                to,
                words: words_of_team,
                key: CreationKey::typed(form.pairs.one(KEY)),
            };
            match add_team::add_team(&context.app, &context, command).await {
                Ok(id) => return Ok(see_other(&paths::team(id.0))),
                Err(refused) => {
                    let mut state = FormState::from_pairs(form.pairs.iter());
                    state.refuse("name", words::team(refused.because()?));
                    state
                }
            }
        }
        (to, team) => {
            let mut state = match team {
                Err(state) => state,
                Ok(_) => FormState::from_pairs(form.pairs.iter()),
            };
            if to.is_err() {
                state.refuse("organisation", words::ORGANISATION_MISSING);
            }
            state
        }
    };
    let own = queries::own_organisations(context.app.db.read(), &context.actor).await?;
    Ok(context.refused("Add a team", || pages::new_team(&state, &own)))
}

async fn detail(context: &RequestContext, id: i64) -> Result<TeamDetail, Error> {
    let db = context.app.db.read();
    Ok(queries::team(db, &context.actor, TeamId(id)).await?)
}

async fn show_team(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let view = detail(&context, id).await?;
    let mut state = FormState::new()
        .with("name", &view.team.name)
        .with("email", &view.team.email);
    for area in &view.areas {
        state = state.and("area", area.to_string());
    }
    let state = with_version(state, view.version);
    Ok(context.page(&view.team.name, || pages::team(&view, &state, None)))
}

async fn change_team(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let FormAgain { state, changed } = match forms::team(&form.pairs) {
        Err(state) => state.into(),
        Ok(words_of_team) => {
            let command = ChangeTeam {
                team: TeamId(id),
                words: words_of_team,
                seen: Version::typed(form.pairs.one(VERSION)),
            };
            let saved = change_team::change_team(&context.app, &context, command).await;
            let Err(refused) = saved else {
                return Ok(see_other(paths::TEAMS));
            };
            let typed = FormState::from_pairs(form.pairs.iter());
            again(typed, refused, |why, state| {
                state.refuse("name", words::team(why));
            })?
        }
    };
    let view = detail(&context, id).await?;
    Ok(context.refused(&view.team.name, || {
        pages::team(&view, &state, changed.as_ref())
    }))
}

async fn new_organisation(context: RequestContext) -> Result<Response, Error> {
    may_add_organisation(administrator(&context.actor)?)?;
    let state = fresh_form()?;
    Ok(context.page("Add an organisation", || pages::new_organisation(&state)))
}

async fn add_organisation(context: RequestContext, form: Form) -> Result<Response, Error> {
    let state = match forms::organisation(&form.pairs) {
        Err(state) => {
            may_add_organisation(administrator(&context.actor)?)?;
            state
        }
        Ok(organisation) => {
            let command = AddOrganisation {
                organisation,
                key: CreationKey::typed(form.pairs.one(KEY)),
            };
            match add_organisation::add_organisation(&context.app, &context, command).await {
                Ok(()) => return Ok(see_other(paths::TEAMS)),
                Err(refused) => {
                    let mut state = FormState::from_pairs(form.pairs.iter());
                    state.refuse("name", words::team(refused.because()?));
                    state
                }
            }
        }
    };
    Ok(context.refused("Add an organisation", || pages::new_organisation(&state)))
}
