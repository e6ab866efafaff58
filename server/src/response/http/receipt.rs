//! The receipt, and *my thread*. A code is never in an address: it comes by a cookie of the
//! receipt page alone, or in the body of a form.

use app::messages::response as words;
use app::neighbourhood::pages as concern_pages;
use app::paths;
use app::response::pages;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::code::Code;
use domain::response::personal::looks_like_email;
use domain::response::read::ReceiptView;

use crate::http::{Error, Form, RequestContext, cookie, see_other};
use crate::limits::Limited;
use crate::response::commands;
use crate::response::http::questionnaire;
use crate::response::queries::{self, Found};
use crate::secret::code_hash;
use crate::{App, neighbourhood};

/// The cookie that holds the code, for the receipt page of its consultation only.
pub(super) const COOKIE: &str = "receipt";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/receipt", get(show).post(mail))
        .route("/receipt", get(ask).post(look_up))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Told {
    already: Option<String>,
    mailed: Option<String>,
}

/// The code in the cookie and its response, if it is one to this consultation.
async fn held(
    context: &RequestContext,
    slug: &str,
    headers: &HeaderMap,
) -> Result<Option<(String, Found)>, Error> {
    let code = cookie::values(headers, COOKIE).next();
    let Some(code) = code else {
        return Ok(None);
    };
    let found = queries::by_receipt(context.app.db.read(), &code_hash(&Code::typed(code))).await?;
    Ok(found
        .filter(|found| found.slug == slug)
        .map(|found| (Code::typed(code).to_string(), found)))
}

async fn show(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(told): Query<Told>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let on = questionnaire(&context, &slug).await?;
    let Some((code, found)) = held(&context, &slug, &headers).await? else {
        return Ok(see_other(paths::RECEIPT));
    };
    let view = ReceiptView {
        about: on.about.clone(),
        code,
        at: found.at,
        mailed: told.mailed.is_some(),
        already_sent: told.already.is_some(),
    };
    Ok(context.page("We have your response", || {
        pages::receipt(view, &FormState::new())
    }))
}

async fn mail(
    context: RequestContext,
    Path(slug): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let on = questionnaire(&context, &slug).await?;
    let Some((code, found)) = held(&context, &slug, &headers).await? else {
        return Ok(see_other(paths::RECEIPT));
    };
    let to = form.pairs.one("email");
    if !looks_like_email(to) {
        let mut state = FormState::new().with("email", to);
        state.refuse("email", words::NOT_AN_EMAIL_FOR_RECEIPT);
        let view = ReceiptView {
            about: on.about.clone(),
            code,
            at: found.at,
            mailed: false,
            already_sent: false,
        };
        return Ok(context.refused("We have your response", || pages::receipt(view, &state)));
    }
    commands::mail_receipt(&context.app, &on, to, &code, found.at, context.now).await?;
    Ok(see_other(&format!("{}?mailed=1", paths::receipt(&slug))))
}

async fn ask(context: RequestContext) -> Response {
    context.page("Follow your response", || pages::look_up(&FormState::new()))
}

async fn look_up(context: RequestContext, form: Form) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let typed = form.pairs.one("code");
    let refuse = |message: &str| {
        let mut state = FormState::new().with("code", typed);
        state.refuse("code", message);
        context.refused("Follow your response", || pages::look_up(&state))
    };
    if typed.is_empty() {
        return Ok(refuse(words::NO_CODE));
    }
    let found = queries::by_receipt(context.app.db.read(), &code_hash(&Code::typed(typed))).await?;
    let Some(found) = found else {
        // The code of a concern leads to the concern.
        let db = context.app.db.read();
        let concern = neighbourhood::queries::by_code(db, typed, context.now).await?;
        return Ok(match concern {
            Some(view) => context.page("Your concern", || concern_pages::thread(&view)),
            None => refuse(words::UNKNOWN_CODE),
        });
    };
    let on = context
        .app
        .questionnaires
        .of(&context.app.db, &found.slug)
        .await?
        .ok_or(Error::NotFound)?;
    let view = queries::thread(context.app.db.read(), &on, &found, context.now).await?;
    Ok(context.page("Your response, step by step", || pages::thread(view)))
}
