//! Signing in and out.

use app::account::{forms, pages};
use app::messages::account as words;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::read::DemonstrationPerson;

use super::session;
use crate::App;
use crate::account::commands::sign_in::{self, SignIn, SignInRefused};
use crate::http::{Error, Form, Query, RequestContext, is_own, see_other};
use crate::limits::Guessed;
use crate::record;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(show_sign_in).post(sign_in))
        .route("/sign-out", post(sign_out))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct SignInQuery {
    next: String,
}

async fn show_sign_in(
    context: RequestContext,
    Query(query): Query<SignInQuery>,
) -> Result<Response, Error> {
    if context.actor.member().is_some() {
        return Ok(see_other(next_path(&query.next)));
    }
    let people = demonstration(&context).await?;
    Ok(context.page("Sign in", || {
        pages::sign_in(FormState::new(), &query.next, people)
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
    if is_own(next) && next != paths::SIGN_IN {
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
    let next = form.pairs.one("next").to_owned();
    let refused = async |form: FormState| {
        let people = demonstration(&context).await?;
        Ok(context.refused("Sign in", || pages::sign_in(form, &next, people)))
    };
    let typed = match forms::sign_in(&form.pairs) {
        Ok(typed) => typed,
        Err(form) => return refused(form).await,
    };
    let limits = &context.app.limits;
    let guess = limits.guess(Guessed::Password, context.client).await?;
    let command = SignIn {
        known_browser: session::is_known(&context.app, &headers, &typed.email),
        email: typed.email.clone(),
        password: typed.password,
    };
    match guess.answered(sign_in::sign_in(&context.app, &context, command).await) {
        Ok(who) => {
            session::open(&context.session, &who).await?;
            let response = see_other(next_path(&typed.next));
            Ok(session::remember(&context.app, response, &typed.email))
        }
        Err(why) => {
            let SignInRefused = why.because()?;
            let mut form = forms::state(&form.pairs);
            form.refuse("email", words::SIGN_IN_REFUSED);
            refused(form).await
        }
    }
}

async fn sign_out(context: RequestContext) -> Result<Response, Error> {
    session::close(&context.session).await?;
    Ok(see_other("/"))
}
