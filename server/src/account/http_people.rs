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

use super::people::{self, InviteRefused};
use super::queries;
use crate::App;
use crate::http::{Error, Form, Visit, see_other};

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

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    let page = asked.page.parse().unwrap_or(1);
    let view = queries::people(visit.app.db.read(), by, page).await?;
    Ok(visit.page("People", || pages::people(view)))
}

async fn show_invite(visit: Visit) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    let teams = queries::team_choices(visit.app.db.read(), by).await?;
    Ok(visit.page("Invite somebody", || {
        pages::invite(FormState::new(), &teams)
    }))
}

async fn invite(visit: Visit, form: Form) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    let refused = match forms::invitation(&form.pairs) {
        Err(refused) => refused,
        Ok(new) => {
            let done =
                people::invite(&visit.app, by, &new.name, &new.email, new.team, new.role).await?;
            let mut again = forms::state(&form.pairs);
            match done {
                Ok(id) => return Ok(see_other(&paths::person(id.0, ""))),
                Err(InviteRefused::EmailTaken) => again.refuse("email", words::EMAIL_TAKEN),
                Err(InviteRefused::Manage(why)) => again.refuse("team", words::manage(why)),
            }
            again
        }
    };
    let teams = queries::team_choices(visit.app.db.read(), by).await?;
    Ok(visit.refused("Invite somebody", || pages::invite(refused, &teams)))
}

async fn found(visit: &Visit, id: i64) -> Result<(PersonId, PersonView), Error> {
    let by = administrator(&visit.actor)?.person;
    let view = queries::person(visit.app.db.read(), by, PersonId(id)).await?;
    Ok((by, view.ok_or(Error::NotFound)?))
}

async fn show_person(visit: Visit, Path(id): Path<i64>) -> Result<Response, Error> {
    let (by, view) = found(&visit, id).await?;
    let teams = queries::team_choices(visit.app.db.read(), by).await?;
    let title = view.name.clone();
    Ok(visit.page(&title, || pages::person(view, FormState::new(), &teams)))
}

/// The person's page again with what was refused on top.
async fn person_refused(visit: &Visit, id: i64, form: FormState) -> Result<Response, Error> {
    let (by, view) = found(visit, id).await?;
    let teams = queries::team_choices(visit.app.db.read(), by).await?;
    let title = view.name.clone();
    Ok(visit.refused(&title, || pages::person(view, form, &teams)))
}

async fn after(
    visit: &Visit,
    id: i64,
    field: &str,
    done: Result<(), ManageRefused>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see_other(&paths::person(id, ""))),
        Err(why) => {
            let mut form = FormState::new();
            form.refuse(field, words::manage(why));
            person_refused(visit, id, form).await
        }
    }
}

async fn give_role(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    let (team, role) = match forms::role(&form.pairs) {
        Ok(given) => given,
        Err(form) => return person_refused(&visit, id, form).await,
    };
    let done = people::give_role(&visit.app, by, PersonId(id), team, role).await?;
    after(&visit, id, "team", done).await
}

#[derive(serde::Deserialize)]
struct Removal {
    team: i64,
    role: String,
}

async fn confirm_removal(
    visit: Visit,
    Path(id): Path<i64>,
    Query(asked): Query<Removal>,
) -> Result<Response, Error> {
    let (_, view) = found(&visit, id).await?;
    let held = view
        .roles
        .iter()
        .find(|held| held.team.0 == asked.team && held.role.code() == asked.role)
        .filter(|held| held.removable)
        .cloned()
        .ok_or(Error::NotFound)?;
    Ok(visit.page("Take a role away", || pages::confirm_removal(view, held)))
}

async fn take_role(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    let team = form.pairs.one("team").parse().map(TeamId);
    let role = Role::from_code(form.pairs.one("role"));
    let (Ok(team), Some(role)) = (team, role) else {
        return Err(Error::Unreadable);
    };
    let done = people::take_role(&visit.app, by, PersonId(id), team, role).await?;
    after(&visit, id, "", done).await
}

async fn invite_again(visit: Visit, Path(id): Path<i64>) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    people::invite_again(&visit.app, by, PersonId(id)).await?;
    Ok(see_other(&paths::person(id, "")))
}

async fn confirm_disable(visit: Visit, Path(id): Path<i64>) -> Result<Response, Error> {
    let (_, view) = found(&visit, id).await?;
    if !view.may_disable {
        return Err(Error::NotFound);
    }
    Ok(visit.page("Disable an account", || pages::confirm_disable(view)))
}

async fn disable(visit: Visit, Path(id): Path<i64>) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    let done = people::set_disabled(&visit.app, by, PersonId(id), true).await?;
    after(&visit, id, "", done).await
}

async fn enable(visit: Visit, Path(id): Path<i64>) -> Result<Response, Error> {
    let by = administrator(&visit.actor)?.person;
    let done = people::set_disabled(&visit.app, by, PersonId(id), false).await?;
    after(&visit, id, "", done).await
}
