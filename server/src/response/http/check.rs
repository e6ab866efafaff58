//! *Check your answers*, and sending what was checked.
//!
//! Invariant: a response is sent under the key of its check page, so that a retry, a double click
//! and the back button lead to one response.

use app::pairs::Pairs;
use app::paths;
use app::response::forms::{self, AboutYou, KEY};
use app::response::pages;
use app::ui::form::FieldError;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::ids::{AreaId, QuestionId};
use domain::response::grace::{SendRefused, may_begin, may_send};
use domain::response::personal;
use domain::response::read::{Again, CheckView, Checked};
use domain::response::{Answer, Channel, Submission};

use crate::http::cookie::{NewCookie, SameSite};
use crate::http::{Error, Form, RequestContext, see_other};
use crate::limits::Limited;
use crate::response::commands::{self, Sent};
use crate::response::http::receipt;
use crate::response::http::{about_you, closed, questionnaire, show};
use crate::response::key::Key;
use crate::response::queries::questionnaire::Questionnaire;

/// The key carried by the form, if it may still send.
pub(super) fn carried_key(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
) -> Option<Key> {
    Key::read(
        &context.app.config.secret,
        on.consultation.id,
        pairs.one(KEY),
    )
    .filter(|key| may_send(&on.consultation.milestones, key.issued, context.now).is_ok())
}

struct Whole {
    answers: Vec<(QuestionId, Answer)>,
    about: AboutYou,
    area: Option<AreaId>,
}

/// Everything checked, or the first page on which something is wrong.
async fn whole(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
) -> Result<Result<Whole, (usize, Vec<FieldError>)>, Error> {
    let (answers, wrong) = forms::answers(pairs, &on.questions)?;
    let page_of = |question: QuestionId| {
        let asked = on.questions.iter().find(|q| q.id == question);
        asked.and_then(|q| on.pages.iter().position(|page| *page == q.page))
    };
    if let Some(first) = wrong.first().and_then(|(question, _)| page_of(*question)) {
        let errors = wrong
            .into_iter()
            .filter(|(question, _)| page_of(*question) == Some(first))
            .map(|(_, error)| error)
            .collect();
        return Ok(Err((first + 1, errors)));
    }
    Ok(match about_you(context, on, pairs).await? {
        Ok((about, area)) => Ok(Whole {
            answers,
            about,
            area,
        }),
        Err(errors) => Err((on.pages.len() + 1, errors)),
    })
}

/// *Check your answers*, or the first page on which something is wrong.
pub(super) async fn check(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
    again: Option<Again>,
) -> Result<Response, Error> {
    let whole = match whole(context, on, pairs).await? {
        Ok(whole) => whole,
        Err((page, errors)) => return Ok(show(context, on, page, pairs, true, errors)),
    };
    let key = match carried_key(context, on, pairs) {
        Some(key) => key,
        None => Key::issue(context.now).map_err(|error| Error::unexpected(error.to_string()))?,
    };
    let view = check_view(context, on, pairs, whole, &key, again);
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
    whole: Whole,
    key: &Key,
    again: Option<Again>,
) -> CheckView {
    let answers = on
        .questions
        .iter()
        .filter(|q| q.kind != domain::consultation::QuestionKind::StatementBlock)
        .map(|question| {
            let found = whole.answers.iter().find(|(id, _)| *id == question.id);
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
    let ward = whole.area.and_then(|area| {
        let found = on.wards.iter().find(|(id, _)| *id == area.0);
        found.map(|(_, name)| name.clone())
    });
    let who = whole.about.respondent;
    CheckView {
        about: on.about.clone(),
        answers,
        about_you: on.pages.len() + 1,
        ward,
        name: who.name.unwrap_or_default(),
        organisation: who.organisation.unwrap_or_default(),
        email: who.email.unwrap_or_default(),
        publication: whole.about.publication,
        carried: forms::carried(pairs, |name| name == KEY),
        key: key.sign(&context.app.config.secret, on.consultation.id),
        again,
    }
}

/// `POST /consultations/{slug}/check`.
pub(super) async fn send(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Submit, context.client)?;
    let on = questionnaire(&context, &slug).await?;
    let pairs = form.pairs;
    let secret = &context.app.config.secret;
    let milestones = &on.consultation.milestones;
    let key = match Key::read(secret, on.consultation.id, pairs.one(KEY)) {
        Some(key) => key,
        None => {
            if let Err(refused) = may_begin(milestones, context.now) {
                return Ok(closed(&context, &on, refused, &pairs));
            }
            return Err(Error::Malformed);
        }
    };
    match may_send(milestones, key.issued, context.now) {
        Ok(()) => {}
        Err(SendRefused::KeyExpired) => {
            forms::known(&pairs, &on.questions)?;
            return check(&context, &on, &pairs, Some(Again::Expired)).await;
        }
        Err(refused) => return Ok(closed(&context, &on, refused, &pairs)),
    }
    forms::known(&pairs, &on.questions)?;
    let whole = match whole(&context, &on, &pairs).await? {
        Ok(whole) => whole,
        Err((page, errors)) => return Ok(show(&context, &on, page, &pairs, true, errors)),
    };
    let submission = Submission {
        consultation: on.consultation.id,
        channel: Channel::Online,
        area: whole.area,
        publication: whole.about.publication,
        respondent: whole.about.respondent,
        answers: whole.answers,
        at: context.now,
        invented: false,
    };
    let sent = match commands::send(&context.app, &on, &key, submission).await {
        Ok(sent) => sent,
        // The answers stay on the page, under the same key: sending again can't make a second.
        Err(Error::Unavailable) => {
            return check(&context, &on, &pairs, Some(Again::NotSaved)).await;
        }
        Err(other) => return Err(other),
    };
    let path = paths::receipt(&slug);
    let target = match sent {
        Sent::Changed => format!("{path}?already=1"),
        Sent::New | Sent::Again => path.clone(),
    };
    let receipt = NewCookie {
        name: receipt::COOKIE,
        value: &key.receipt(secret).to_string(),
        path: &path,
        seconds: 86_400,
        same_site: SameSite::Strict,
    };
    Ok(receipt.on(&context.app.config, see_other(&target)))
}
