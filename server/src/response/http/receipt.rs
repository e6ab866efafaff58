//! The receipt, and *my thread*. A code is never in an address: it comes by a cookie of the
//! receipt page alone, or in the body of a form.

use app::messages::response as words;
use app::neighbourhood::pages as concern_pages;
use app::paths;
use app::response::pages;
use app::ui::conflict::KEY;
use app::ui::form::FormState;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::account::EmailRefused;
use domain::code::Code;
use domain::edit::CreationKey;
use domain::response::read::ReceiptView;

use crate::http::cookie::{self, NewCookie, SameSite};
use crate::http::{
    Error, Form, FormAgain, Path, Query, RequestContext, again, fresh_form, see_other,
};
use crate::limits::{Guessed, Limited};
use crate::response::commands::{MailReceipt, Sent, mail_receipt};
use crate::response::http::steps::questionnaire;
use crate::response::queries::questionnaire::Questionnaire;
use crate::response::queries::{ResponseByCode, response_by_code, thread};
use crate::{App, neighbourhood};

const TITLE: &str = "We have your response";
/// The cookie that holds the code, for the receipt page of its consultation only.
const COOKIE: &str = "receipt";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/receipt", get(show).post(mail))
        .route("/receipt", get(ask).post(look_up))
}

/// To the receipt of a response to this consultation, which has this code.
pub(super) fn leads_on(context: &RequestContext, slug: &str, code: &Code, sent: Sent) -> Response {
    let path = paths::receipt(slug);
    let target = match sent {
        Sent::Changed => format!("{path}?already=1"),
        Sent::New | Sent::Again => path.clone(),
    };
    let receipt = NewCookie {
        name: COOKIE,
        value: &code.to_string(),
        path: &path,
        seconds: 86_400,
        same_site: SameSite::Strict,
    };
    receipt.on(&context.app.config, see_other(&target))
}

/// What was done a moment ago.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct NoticeQuery {
    already: Option<String>,
    mailed: Option<String>,
}

/// The code in the cookie, and its response.
struct HeldReceipt {
    code: Code,
    found: ResponseByCode,
}

/// What the cookie holds, if it is of a response to this consultation.
async fn held_receipt(
    context: &RequestContext,
    slug: &str,
    headers: &HeaderMap,
) -> Result<Option<HeldReceipt>, Error> {
    let Some(code) = cookie::values(headers, COOKIE).next() else {
        return Ok(None);
    };
    let code = Code::typed(code);
    let limits = &context.app.limits;
    let guess = limits.guess(Guessed::Code, context.client).await?;
    let found = guess.looked_up(response_by_code(context.app.db.read(), &code).await)?;
    Ok(found
        .filter(|found| found.slug == slug)
        .map(|found| HeldReceipt { code, found }))
}

fn receipt_view(on: &Questionnaire, held: &HeldReceipt, notice: &NoticeQuery) -> ReceiptView {
    ReceiptView {
        about: on.about.clone(),
        code: held.code.to_string(),
        at: held.found.response.at,
        mailed: notice.mailed.is_some(),
        already_sent: notice.already.is_some(),
    }
}

async fn show(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(notice): Query<NoticeQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let on = questionnaire(&context, &slug).await?;
    let Some(held) = held_receipt(&context, &slug, &headers).await? else {
        return Ok(see_other(paths::RECEIPT));
    };
    let view = receipt_view(&on, &held, &notice);
    let state = fresh_form()?;
    Ok(context.page(TITLE, || pages::receipt(view, &state)))
}

async fn mail(
    context: RequestContext,
    Path(slug): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Letter, context.client)?;
    let on = questionnaire(&context, &slug).await?;
    let Some(held) = held_receipt(&context, &slug, &headers).await? else {
        return Ok(see_other(paths::RECEIPT));
    };
    let command = MailReceipt {
        on: slug.clone(),
        code: held.code.clone(),
        to: form.pairs.one("email").to_owned(),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    let Err(refused) = mail_receipt(&context.app, &context, command).await else {
        return Ok(see_other(&format!("{}?mailed=1", paths::receipt(&slug))));
    };
    let state = FormState::from_pairs(form.pairs.iter());
    let FormAgain { state, .. } = again(state, refused, |EmailRefused, state| {
        state.refuse("email", words::NOT_AN_EMAIL_FOR_RECEIPT);
    })?;
    let view = receipt_view(&on, &held, &NoticeQuery::default());
    Ok(context.refused(TITLE, || pages::receipt(view, &state)))
}

async fn ask(context: RequestContext) -> Response {
    context.page("Follow your response", || pages::look_up(&FormState::new()))
}

async fn look_up(context: RequestContext, form: Form) -> Result<Response, Error> {
    let typed = form.pairs.one("code");
    let refuse = |message: &str| {
        let mut state = FormState::new().with("code", typed);
        state.refuse("code", message);
        context.refused("Follow your response", || pages::look_up(&state))
    };
    if typed.is_empty() {
        return Ok(refuse(words::NO_CODE));
    }
    let limits = &context.app.limits;
    let guess = limits.guess(Guessed::Code, context.client).await?;
    let db = context.app.db.read();
    let found = match response_by_code(db, &Code::typed(typed)).await {
        // The code of a concern leads to the concern.
        Ok(None) => {
            let concern = neighbourhood::queries::by_code(db, typed, context.now).await;
            return Ok(match guess.looked_up(concern)? {
                Some(view) => context.page("Your concern", || concern_pages::thread(&view)),
                None => refuse(words::UNKNOWN_CODE),
            });
        }
        found => guess.looked_up(found)?,
    };
    let Some(found) = found else {
        return Ok(refuse(words::UNKNOWN_CODE));
    };
    let on = context
        .app
        .questionnaires
        .of(&context.app.db, &found.slug)
        .await?
        .ok_or(Error::NotFound)?;
    let view = thread(db, &on, &found.response, context.now).await?;
    Ok(context.page("Your response, step by step", || pages::thread(view)))
}
