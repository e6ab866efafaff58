//! The front door of `account`: sign-in and one's own password. Managing other people is in
//! `http_people`.

mod people;

use app::account::{forms, pages};
use app::messages::account as words;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::read::DemonstrationPerson;
use domain::ids::PersonId;
use tower_sessions::Session;

use crate::App;
use crate::account::commands::sign_in;
use crate::account::queries;
use crate::account::rows::links::{self, Purpose};
use crate::http::cookie::{self, NewCookie, SameSite};
use crate::http::{Error, Form, RequestContext, see_other};
use crate::limits::Limited;
use crate::record;
use crate::session::PERSON;

/// Names the account that a browser has signed in to before. Signed, never secret.
const KNOWN: &str = "known";
const KNOWN_DAYS: u32 = 180;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(show_sign_in).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/reset", get(show_reset).post(ask_reset))
        .route("/reset/sent", get(reset_sent))
        .route("/reset/{token}", get(show_reset_link).post(use_reset_link))
        .route(
            "/invitation/{token}",
            get(show_invitation).post(use_invitation),
        )
        .route("/account", get(show_account).post(change_password))
        .merge(people::routes())
}

#[derive(serde::Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn show_sign_in(
    context: RequestContext,
    Query(asked): Query<Next>,
) -> Result<Response, Error> {
    if context.actor.member().is_some() {
        return Ok(see_other(next_path(&asked.next)));
    }
    let people = demonstration(&context).await?;
    Ok(context.page("Sign in", || {
        pages::sign_in(FormState::new(), &asked.next, people)
    }))
}

/// Whom the page shows; nobody where the site is no demonstration.
async fn demonstration(context: &RequestContext) -> Result<Vec<DemonstrationPerson>, Error> {
    if !context.demonstration {
        return Ok(Vec::new());
    }
    Ok(record::demonstration::people(context.app.db.read()).await?)
}

/// Only a path of our own, else the desk.
fn next_path(next: &str) -> &str {
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if own && next != paths::SIGN_IN {
        next
    } else {
        paths::DESK
    }
}

async fn sign_in(
    context: RequestContext,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::SignIn, context.client)?;
    let next = form.pairs.one("next").to_owned();
    let refused = async |form: FormState| {
        let people = demonstration(&context).await?;
        Ok(context.refused("Sign in", || pages::sign_in(form, &next, people)))
    };
    let typed = match forms::sign_in(&form.pairs) {
        Ok(typed) => typed,
        Err(form) => return refused(form).await,
    };
    let known = known_address(&context.app, &headers)
        .is_some_and(|hash| hash == crate::secret::hash(&typed.email));
    let found = sign_in::sign_in(&context.app, &typed.email, typed.password, known).await?;
    let Some(person) = found else {
        let mut form = forms::state(&form.pairs);
        form.refuse("email", words::SIGN_IN_REFUSED);
        return refused(form).await;
    };
    open_session(&context.session, person).await?;
    let response = see_other(next_path(&typed.next));
    Ok(remember_browser(&context.app, response, &typed.email))
}

/// A fresh session id at each sign-in, so that one planted before is worth nothing.
async fn open_session(session: &Session, person: PersonId) -> Result<(), Error> {
    session.cycle_id().await.map_err(not_kept)?;
    session.insert(PERSON, person.0).await.map_err(not_kept)?;
    // Now rather than after the answer: nobody is told that they are in and then is not.
    session.save().await.map_err(not_kept)
}

/// Sessions are rows: what can't be written now can be in a moment.
fn not_kept(error: tower_sessions::session::Error) -> Error {
    tracing::error!(%error, "a session could not be kept");
    Error::Unavailable
}

fn known_address(app: &App, headers: &HeaderMap) -> Option<String> {
    let value = cookie::values(headers, KNOWN).next()?;
    app.config.secret.verify(KNOWN, value).map(str::to_owned)
}

fn remember_browser(app: &App, response: Response, email: &str) -> Response {
    let known = crate::secret::hash(&email.trim().to_lowercase());
    let known = NewCookie {
        name: KNOWN,
        value: &app.config.secret.sign(KNOWN, &known),
        path: "/sign-in",
        seconds: KNOWN_DAYS * 86_400,
        same_site: SameSite::Lax,
    };
    known.on(&app.config, response)
}

async fn sign_out(context: RequestContext) -> Result<Response, Error> {
    context.session.flush().await.map_err(not_kept)?;
    Ok(see_other("/"))
}

async fn show_reset(context: RequestContext) -> Response {
    context.page("Set a new password", || pages::reset(FormState::new()))
}

async fn ask_reset(context: RequestContext, form: Form) -> Result<Response, Error> {
    context.app.limits.check(Limited::SignIn, context.client)?;
    let email = form.pairs.one("email");
    if email.is_empty() {
        let mut form = forms::state(&form.pairs);
        form.refuse("email", words::EMAIL_REFUSED);
        return Ok(context.refused("Set a new password", || pages::reset(form)));
    }
    sign_in::ask_reset(&context.app, email).await?;
    Ok(see_other("/reset/sent"))
}

async fn reset_sent(context: RequestContext) -> Response {
    context.page("Look at your email", pages::reset_sent)
}

async fn show_reset_link(
    context: RequestContext,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    show_link(&context, &token, Purpose::Reset).await
}

async fn show_invitation(
    context: RequestContext,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    show_link(&context, &token, Purpose::Invitation).await
}

async fn use_reset_link(
    context: RequestContext,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    use_link(&context, &token, Purpose::Reset, form).await
}

async fn use_invitation(
    context: RequestContext,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    use_link(&context, &token, Purpose::Invitation, form).await
}

fn link_title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Invitation => "Choose your password",
        Purpose::Reset => "Set a new password",
    }
}

fn link_over(context: &RequestContext) -> Response {
    context.page_with(
        axum::http::StatusCode::GONE,
        "This link no longer works",
        pages::link_over,
    )
}

async fn show_link(
    context: &RequestContext,
    token: &str,
    purpose: Purpose,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::SignIn, context.client)?;
    let Some(person) = links::look(context.app.db.read(), context.now, token, purpose).await?
    else {
        return Ok(link_over(context));
    };
    let invited = purpose == Purpose::Invitation;
    Ok(context.page(link_title(purpose), || {
        pages::new_password(
            FormState::new(),
            &context.path,
            invited,
            &person.name,
            &person.email,
        )
    }))
}

async fn use_link(
    context: &RequestContext,
    token: &str,
    purpose: Purpose,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::SignIn, context.client)?;
    let Some(person) = links::look(context.app.db.read(), context.now, token, purpose).await?
    else {
        return Ok(link_over(context));
    };
    let password = match forms::new_password(&form.pairs, &person.name, &person.email) {
        Ok(password) => password,
        Err(form) => {
            let invited = purpose == Purpose::Invitation;
            return Ok(context.refused(link_title(purpose), || {
                pages::new_password(form, &context.path, invited, &person.name, &person.email)
            }));
        }
    };
    match sign_in::set_password_by_link(&context.app, token, purpose, password).await? {
        None => Ok(link_over(context)),
        Some(id) => {
            open_session(&context.session, id).await?;
            let response = see_other(paths::DESK);
            Ok(remember_browser(&context.app, response, &person.email))
        }
    }
}

#[derive(serde::Deserialize)]
struct Changed {
    changed: Option<String>,
}

async fn show_account(
    context: RequestContext,
    Query(asked): Query<Changed>,
) -> Result<Response, Error> {
    let page = own_account(&context).await?;
    let changed = asked.changed.is_some();
    Ok(context.page("Your account", || page(FormState::new(), changed)))
}

async fn own_account(
    context: &RequestContext,
) -> Result<impl FnOnce(FormState, bool) -> leptos::prelude::AnyView + use<>, Error> {
    let member = context.actor.signed_in()?;
    let (name, email) = queries::name_and_email(context.app.db.read(), member.person)
        .await?
        .ok_or(Error::NotFound)?;
    let roles = roles(context).await?;
    Ok(move |form, changed| pages::account(form, &name, &email, roles, changed))
}

/// The roles of this person in words.
pub(crate) async fn roles(context: &RequestContext) -> Result<Vec<String>, Error> {
    let member = context.actor.signed_in()?;
    let view = queries::person(context.app.db.read(), member.person, member.person).await?;
    Ok(view
        .into_iter()
        .flat_map(|view| view.roles)
        .map(|held| format!("{}, {}", words::role(held.role), held.team_name))
        .collect())
}

async fn change_password(context: RequestContext, form: Form) -> Result<Response, Error> {
    let member = context.actor.signed_in()?;
    let (name, email) = queries::name_and_email(context.app.db.read(), member.person)
        .await?
        .ok_or(Error::NotFound)?;
    let new = match forms::new_password(&form.pairs, &name, &email) {
        Ok(new) => new,
        Err(form) => {
            let page = own_account(&context).await?;
            return Ok(context.refused("Your account", || page(form, false)));
        }
    };
    let present = forms::raw(&form.pairs, "password");
    let keep = context.session.id().map(|id| id.to_string());
    if !sign_in::change_password(&context.app, member.person, present, new, keep).await? {
        let mut form = forms::state(&form.pairs);
        form.refuse("password", words::PRESENT_PASSWORD_WRONG);
        let page = own_account(&context).await?;
        return Ok(context.refused("Your account", || page(form, false)));
    }
    open_session(&context.session, member.person).await?;
    Ok(see_other("/account?changed=1"))
}
