//! *Check your answers*, and sending what was checked.
//!
//! Invariant: a response is sent under the key of its check page, so that a retry, a double click
//! and the back button lead to one response.

use app::pairs::Pairs;
use app::paths;
use app::response::forms::{self, KEY};
use app::response::pages;
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use domain::consultation::QuestionKind;
use domain::personal;
use domain::response::grace::{SendRefused, may_begin, may_send};
use domain::response::read::{Again, CheckView, Checked};
use domain::response::{Answer, Channel};

use crate::App;
use crate::error::{Fault, Refused};
use crate::http::{Error, Path, RequestContext, see_other};
use crate::limits::Limited;
use crate::response::commands::{SendResponse, SendResponseRefused, send_response};
use crate::response::http::answer_form::AnswerForm;
use crate::response::http::receipt;
use crate::response::http::steps::{
    FilledIn, NotFilledIn, carried_key, closed, filled_in, questionnaire, show,
};
use crate::response::key::Key;
use crate::response::queries::questionnaire::Questionnaire;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/consultations/{slug}/check", get(back_to_begin).post(send))
}

async fn back_to_begin(Path(slug): Path<String>) -> Response {
    see_other(&paths::respond(&slug))
}

/// *Check your answers*, or the first page on which something is wrong.
pub(super) async fn check(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
    again: Option<Again>,
) -> Result<Response, Error> {
    let filled = match filled_in(context, on, pairs).await {
        Ok(filled) => filled,
        Err(NotFilledIn::Mistakes { page, errors }) => {
            return Ok(show(context, on, page, pairs, true, errors));
        }
        Err(NotFilledIn::Failed(error)) => return Err(error),
    };
    let key = match carried_key(context, on, pairs) {
        Some(key) => key,
        None => Key::issue(context.now).map_err(Fault::from)?,
    };
    let view = check_view(context, on, pairs, filled, &key, again);
    let status = match again {
        None => StatusCode::OK,
        Some(Again::Expired) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Again::NotSaved) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let mut page = context.page_with(status, "Check your answers", || pages::check(view));
    if again == Some(Again::NotSaved) {
        let headers = page.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    Ok(page)
}

fn check_view(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
    filled: FilledIn,
    key: &Key,
    again: Option<Again>,
) -> CheckView {
    let answers = on
        .questions
        .iter()
        .filter(|q| q.kind != QuestionKind::StatementBlock)
        .map(|question| {
            let found = filled.answers.iter().find(|(id, _)| *id == question.id);
            let answer = found.map(|(_, answer)| answer.clone());
            let text = answer.as_ref().and_then(Answer::free_text);
            Checked {
                page: on
                    .pages
                    .iter()
                    .position(|page| *page == question.page)
                    .map_or(1, |at| at + 1),
                personal: text.map(personal::find).unwrap_or_default(),
                question: question.clone(),
                answer,
            }
        })
        .collect();
    let ward = filled.sender.area.and_then(|area| {
        let found = on.wards.iter().find(|ward| ward.id == area);
        found.map(|ward| ward.name.clone())
    });
    let who = filled.sender.about.respondent;
    CheckView {
        about: on.about.clone(),
        answers,
        about_you: on.pages.len() + 1,
        ward,
        name: who.name.unwrap_or_default(),
        organisation: who.organisation.unwrap_or_default(),
        email: who.email.unwrap_or_default(),
        publication: filled.sender.about.publication,
        carried: forms::carried(pairs, |name| name == KEY),
        key: key.sign(&context.app.config.secret, on.consultation.id),
        again,
    }
}

async fn send(
    context: RequestContext,
    Path(slug): Path<String>,
    AnswerForm(form): AnswerForm,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Submit, context.client)?;
    let on = questionnaire(&context, &slug).await?;
    let pairs = form.pairs;
    let secret = &context.app.config.secret;
    let milestones = &on.consultation.milestones;
    let Some(key) = Key::read(secret, on.consultation.id, pairs.one(KEY)) else {
        return match may_begin(milestones, context.now) {
            Err(refused) => Ok(closed(&context, &on, refused, &pairs)),
            Ok(()) => Err(Error::Malformed),
        };
    };
    forms::known(&pairs, &on.questions)?;
    let filled = match filled_in(&context, &on, &pairs).await {
        Ok(filled) => filled,
        Err(NotFilledIn::Mistakes { page, errors }) => {
            // Nobody is asked to correct what can't be sent.
            return Ok(match may_send(milestones, key.issued, context.now) {
                Err(refused @ (SendRefused::Closed | SendRefused::NotOpen)) => {
                    closed(&context, &on, refused, &pairs)
                }
                _ => show(&context, &on, page, &pairs, true, errors),
            });
        }
        Err(NotFilledIn::Failed(error)) => return Err(error),
    };
    let code = key.receipt(secret);
    let command = SendResponse {
        on: slug.clone(),
        key,
        channel: Channel::Online,
        area: filled.sender.area,
        publication: filled.sender.about.publication,
        respondent: filled.sender.about.respondent,
        answers: filled.answers,
        invented: false,
    };
    let again = match send_response(&context.app, &context, command).await {
        Ok(sent) => return Ok(receipt::leads_on(&context, &slug, &code, sent)),
        Err(Refused::Denied(denied)) => return Err(denied.into()),
        Err(Refused::Because(SendResponseRefused::NotTaken(refused))) => match refused {
            SendRefused::KeyExpired => Again::Expired,
            closes => return Ok(closed(&context, &on, closes, &pairs)),
        },
        // The questionnaire has changed since it was filled in: the page on which something is wrong.
        Err(Refused::Because(SendResponseRefused::NotAnswered(_))) => {
            return check(&context, &on, &pairs, None).await;
        }
        // The answers stay on the page, under the same key: sending again can't make a second.
        Err(Refused::Because(SendResponseRefused::NotSaved)) => Again::NotSaved,
    };
    check(&context, &on, &pairs, Some(again)).await
}
