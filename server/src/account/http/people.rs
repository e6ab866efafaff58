//! The front door of managing people: administrators only, every change confirmed and recorded.

use app::account::{forms, pages};
use app::messages::account as words;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::Role;
use domain::account::policy::{ManageRefused, administrator};
use domain::account::read::PersonView;
use domain::ids::{PersonId, TeamId};

use crate::App;
use crate::account::commands::people::{self, InviteRefused};
use crate::account::queries;
use crate::http::{Error, Form, RequestContext, see_other};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/people", get(list))
        .route("/desk/people/invite", get(show_invite).post(invite))
        .route("/desk/people/{id}", get(show_person))
        .route("/desk/people/{id}/roles", post(give_role))
        .route(
            "/desk/people/{id}/roles/remove",
            get(confirm_removal).post(take_role),
        )
        .route("/desk/people/{id}/invitation", post(invite_again))
        .route(
            "/desk/people/{id}/disable",
            get(confirm_disable).post(disable),
        )
        .route("/desk/people/{id}/enable", post(enable))
}

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
}

async fn list(context: RequestContext, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    let page = asked.page.parse().unwrap_or(1);
    let view = queries::people(context.app.db.read(), by, page).await?;
    Ok(context.page("People", || pages::people(view)))
}

async fn show_invite(context: RequestContext) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    let teams = queries::team_choices(context.app.db.read(), by).await?;
    Ok(context.page("Invite somebody", || {
        pages::invite(FormState::new(), &teams)
    }))
}

async fn invite(context: RequestContext, form: Form) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    let refused = match forms::invitation(&form.pairs) {
        Err(refused) => refused,
        Ok(new) => {
            let done =
                people::invite(&context.app, by, &new.name, &new.email, new.team, new.role).await?;
            let mut again = forms::state(&form.pairs);
            match done {
                Ok(id) => return Ok(see_other(&paths::person(id.0, ""))),
                Err(InviteRefused::EmailTaken) => again.refuse("email", words::EMAIL_TAKEN),
                Err(InviteRefused::Manage(why)) => again.refuse("team", words::manage(why)),
            }
            again
        }
    };
    let teams = queries::team_choices(context.app.db.read(), by).await?;
    Ok(context.refused("Invite somebody", || pages::invite(refused, &teams)))
}

async fn found(context: &RequestContext, id: i64) -> Result<(PersonId, PersonView), Error> {
    let by = administrator(&context.actor)?.person;
    let view = queries::person(context.app.db.read(), by, PersonId(id)).await?;
    Ok((by, view.ok_or(Error::NotFound)?))
}

async fn show_person(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let (by, view) = found(&context, id).await?;
    let teams = queries::team_choices(context.app.db.read(), by).await?;
    let title = view.name.clone();
    Ok(context.page(&title, || pages::person(view, FormState::new(), &teams)))
}

/// The person's page again with what was refused on top.
async fn person_refused(
    context: &RequestContext,
    id: i64,
    form: FormState,
) -> Result<Response, Error> {
    let (by, view) = found(context, id).await?;
    let teams = queries::team_choices(context.app.db.read(), by).await?;
    let title = view.name.clone();
    Ok(context.refused(&title, || pages::person(view, form, &teams)))
}

async fn after(
    context: &RequestContext,
    id: i64,
    field: &str,
    done: Result<(), ManageRefused>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see_other(&paths::person(id, ""))),
        Err(why) => {
            let mut form = FormState::new();
            form.refuse(field, words::manage(why));
            person_refused(context, id, form).await
        }
    }
}

async fn give_role(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    let (team, role) = match forms::role(&form.pairs) {
        Ok(given) => given,
        Err(form) => return person_refused(&context, id, form).await,
    };
    let done = people::give_role(&context.app, by, PersonId(id), team, role).await?;
    after(&context, id, "team", done).await
}

#[derive(serde::Deserialize)]
struct Removal {
    team: i64,
    role: String,
}

async fn confirm_removal(
    context: RequestContext,
    Path(id): Path<i64>,
    Query(asked): Query<Removal>,
) -> Result<Response, Error> {
    let (_, view) = found(&context, id).await?;
    let held = view
        .roles
        .iter()
        .find(|held| held.team.0 == asked.team && held.role.code() == asked.role)
        .filter(|held| held.removable)
        .cloned()
        .ok_or(Error::NotFound)?;
    Ok(context.page("Take a role away", || pages::confirm_removal(view, held)))
}

async fn take_role(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    let team = form.pairs.one("team").parse().map(TeamId);
    let role = Role::from_code(form.pairs.one("role"));
    let (Ok(team), Some(role)) = (team, role) else {
        return Err(Error::Malformed);
    };
    let done = people::take_role(&context.app, by, PersonId(id), team, role).await?;
    after(&context, id, "", done).await
}

async fn invite_again(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    people::invite_again(&context.app, by, PersonId(id)).await?;
    Ok(see_other(&paths::person(id, "")))
}

async fn confirm_disable(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let (_, view) = found(&context, id).await?;
    if !view.may_disable {
        return Err(Error::NotFound);
    }
    Ok(context.page("Disable an account", || pages::confirm_disable(view)))
}

async fn disable(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    let done = people::set_disabled(&context.app, by, PersonId(id), true).await?;
    after(&context, id, "", done).await
}

async fn enable(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let by = administrator(&context.actor)?.person;
    let done = people::set_disabled(&context.app, by, PersonId(id), false).await?;
    after(&context, id, "", done).await
}
