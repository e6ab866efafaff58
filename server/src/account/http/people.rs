//! The front door of managing people: administrators only, every change confirmed and recorded.

use app::account::{forms, pages};
use app::messages::account as words;
use app::paths;
use app::ui::conflict::KEY;
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::Role;
use domain::account::policy::{ManageRefused, administrator};
use domain::edit::CreationKey;
use domain::ids::{PersonId, TeamId};

use crate::App;
use crate::account::commands::disable::{self, Disable};
use crate::account::commands::enable::{self, Enable};
use crate::account::commands::give_role::{self, GiveRole};
use crate::account::commands::invite::{self, Invite, InviteRefused};
use crate::account::commands::invite_again::{self, InviteAgain};
use crate::account::commands::take_role::{self, TakeRole};
use crate::account::queries::people as queries;
use crate::error::Refused;
use crate::http::{
    Error, Form, Path, Query, RequestContext, fresh_form, see_other, with_fresh_key,
};

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

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct PeopleQuery {
    page: String,
}

async fn list(
    context: RequestContext,
    Query(query): Query<PeopleQuery>,
) -> Result<Response, Error> {
    let page = query.page.parse().unwrap_or(1);
    let view = queries::people(context.app.db.read(), &context.actor, page).await?;
    Ok(context.page("People", || pages::people(view)))
}

async fn show_invite(context: RequestContext) -> Result<Response, Error> {
    let teams = queries::team_choices(context.app.db.read(), &context.actor).await?;
    let state = fresh_form()?;
    Ok(context.page("Invite somebody", || pages::invite(state, &teams)))
}

async fn invite(context: RequestContext, form: Form) -> Result<Response, Error> {
    let state = match forms::invitation(&form.pairs) {
        Err(state) => state,
        Ok(new) => {
            let command = Invite {
                name: new.name,
                email: new.email,
                team: new.team,
                role: new.role,
                key: CreationKey::typed(form.pairs.one(KEY)),
            };
            let refused = match invite::invite(&context.app, &context, command).await {
                Ok(id) => return Ok(see_other(&paths::person(id.0, ""))),
                Err(refused) => refused.because()?,
            };
            let mut state = forms::state(&form.pairs);
            match refused {
                InviteRefused::EmailTaken => state.refuse("email", words::EMAIL_TAKEN),
                InviteRefused::Manage(why) => state.refuse("team", words::manage(why)),
            }
            state
        }
    };
    let teams = queries::team_choices(context.app.db.read(), &context.actor).await?;
    Ok(context.refused("Invite somebody", || pages::invite(state, &teams)))
}

async fn show_person(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let db = context.app.db.read();
    let view = queries::person(db, &context.actor, PersonId(id)).await?;
    let teams = queries::team_choices(db, &context.actor).await?;
    let state = fresh_form()?;
    let title = view.name.clone();
    Ok(context.page(&title, || pages::person(view, state, &teams)))
}

/// The person's page again with what was refused on top.
async fn person_refused(
    context: &RequestContext,
    id: i64,
    state: FormState,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let view = queries::person(db, &context.actor, PersonId(id)).await?;
    let teams = queries::team_choices(db, &context.actor).await?;
    let state = with_fresh_key(state)?;
    let title = view.name.clone();
    Ok(context.refused(&title, || pages::person(view, state, &teams)))
}

/// Back to the person, or their page again with the reason. `typed` is what the form held, `field`
/// what the reason is about.
async fn answer(
    context: &RequestContext,
    id: i64,
    mut typed: FormState,
    field: &str,
    done: Result<(), Refused<ManageRefused>>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see_other(&paths::person(id, ""))),
        Err(refused) => {
            typed.refuse(field, words::manage(refused.because()?));
            person_refused(context, id, typed).await
        }
    }
}

async fn give_role(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let (team, role) = match forms::role(&form.pairs) {
        Ok(given) => given,
        Err(state) => return person_refused(&context, id, state).await,
    };
    let command = GiveRole {
        person: PersonId(id),
        team,
        role,
    };
    let done = give_role::give_role(&context.app, &context, command).await;
    answer(&context, id, forms::state(&form.pairs), "team", done).await
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct RemovalQuery {
    team: i64,
    role: String,
}

async fn confirm_removal(
    context: RequestContext,
    Path(id): Path<i64>,
    Query(query): Query<RemovalQuery>,
) -> Result<Response, Error> {
    let view = queries::person(context.app.db.read(), &context.actor, PersonId(id)).await?;
    let held = view
        .roles
        .iter()
        .find(|held| held.team.0 == query.team && held.role.code() == query.role)
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
    let team = form.pairs.one("team").parse().map(TeamId);
    let role = Role::from_code(form.pairs.one("role"));
    let (Ok(team), Some(role)) = (team, role) else {
        administrator(&context.actor)?;
        return Err(Error::Malformed);
    };
    let command = TakeRole {
        person: PersonId(id),
        team,
        role,
    };
    let done = take_role::take_role(&context.app, &context, command).await;
    answer(&context, id, FormState::new(), "", done).await
}

async fn invite_again(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let command = InviteAgain {
        person: PersonId(id),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    let done = invite_again::invite_again(&context.app, &context, command).await;
    answer(&context, id, FormState::new(), "", done).await
}

async fn confirm_disable(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let view = queries::person(context.app.db.read(), &context.actor, PersonId(id)).await?;
    if !view.may_disable {
        return Err(Error::NotFound);
    }
    Ok(context.page("Disable an account", || pages::confirm_disable(view)))
}

async fn disable(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let person = PersonId(id);
    let done = disable::disable(&context.app, &context, Disable { person }).await;
    answer(&context, id, FormState::new(), "", done).await
}

async fn enable(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let person = PersonId(id);
    let done = enable::enable(&context.app, &context, Enable { person }).await;
    answer(&context, id, FormState::new(), "", done).await
}
