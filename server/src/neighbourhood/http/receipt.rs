//! The receipt of a concern. Its code is never in an address: its key comes by a cookie of the receipt
//! page alone.

use app::messages::response::NOT_AN_EMAIL_FOR_RECEIPT;
use app::neighbourhood::pages;
use app::paths;
use app::ui::conflict::KEY;
use app::ui::form::FormState;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::account::EmailRefused;
use domain::edit::CreationKey;
use domain::neighbourhood::read::ConcernReceipt;

use crate::App;
use crate::http::cookie::{self, NewCookie, SameSite};
use crate::http::{Error, Form, FormAgain, Query, RequestContext, again, fresh_form, see_other};
use crate::limits::Limited;
use crate::neighbourhood::commands::{MailConcernReceipt, mail_concern_receipt};
use crate::neighbourhood::key::ConcernKey;
use crate::neighbourhood::rows::concern;

const TITLE: &str = "We have your concern";
/// The cookie that holds the signed key of a concern, for its receipt page only.
const COOKIE: &str = "concern";

pub(super) fn routes() -> Router<App> {
    Router::new().route(paths::CONCERN_RECEIPT, get(show).post(mail))
}

/// To the receipt of the concern of this signed key.
pub(super) fn leads_on(context: &RequestContext, signed: &str) -> Response {
    let receipt = NewCookie {
        name: COOKIE,
        value: signed,
        path: paths::CONCERN_RECEIPT,
        seconds: 3_600,
        same_site: SameSite::Lax,
    };
    receipt.on(&context.app.config, see_other(paths::CONCERN_RECEIPT))
}

/// The key in the cookie.
fn key_in_cookie(context: &RequestContext, headers: &HeaderMap) -> Option<ConcernKey> {
    cookie::values(headers, COOKIE)
        .find_map(|signed| ConcernKey::read(&context.app.config.secret, signed))
}

async fn receipt(context: &RequestContext, key: &ConcernKey) -> Result<ConcernReceipt, Error> {
    let code = key.receipt(&context.app.config.secret);
    let found = concern::receipt(context.app.db.read(), &code).await?;
    found.ok_or(Error::NotFound)
}

/// What was done a moment ago.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct NoticeQuery {
    mailed: Option<String>,
}

async fn show(
    context: RequestContext,
    Query(notice): Query<NoticeQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Some(key) = key_in_cookie(&context, &headers) else {
        return Ok(see_other(paths::CONCERN_LOOK_UP));
    };
    let view = ConcernReceipt {
        mailed: notice.mailed.is_some(),
        ..receipt(&context, &key).await?
    };
    let state = fresh_form()?;
    Ok(context.page(TITLE, || pages::receipt(&view, &state)))
}

async fn mail(context: RequestContext, headers: HeaderMap, form: Form) -> Result<Response, Error> {
    context.app.limits.check(Limited::Letter, context.client)?;
    let Some(of) = key_in_cookie(&context, &headers) else {
        return Ok(see_other(paths::CONCERN_LOOK_UP));
    };
    let command = MailConcernReceipt {
        of: of.clone(),
        to: form.pairs.one("email").to_owned(),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    if let Err(refused) = mail_concern_receipt(&context.app, &context, command).await {
        let state = FormState::from_pairs(form.pairs.iter());
        let FormAgain { state, .. } = again(state, refused, |EmailRefused, state| {
            state.refuse("email", NOT_AN_EMAIL_FOR_RECEIPT);
        })?;
        let view = receipt(&context, &of).await?;
        return Ok(context.refused(TITLE, || pages::receipt(&view, &state)));
    }
    Ok(see_other(&format!("{}?mailed=1", paths::CONCERN_RECEIPT)))
}
