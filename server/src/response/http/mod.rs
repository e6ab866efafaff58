//! The front door of responding: the questionnaire's pages, *check your answers*, sending.
//!
//! Invariant: every page carries every field, so no answer is lost by an error or a restart.

mod check;
mod export;
mod receipt;

use std::sync::Arc;

use app::messages::response as words;
use app::pairs::Pairs;
use app::paths;
use app::response::forms::{self, ABOUT_YOU, AboutYou, Go, KEY, MalformedForm};
use app::response::pages;
use app::ui::form::FieldError;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use domain::ids::AreaId;
use domain::response::Publication;
use domain::response::grace::{SendRefused, may_begin};
use domain::response::read::RespondView;

use crate::App;
use crate::http::{Error, Form, RequestContext, see_other};
use crate::response::commands;
use crate::response::http::check::{carried_key, check};
use crate::response::key::Key;
use crate::response::queries::questionnaire::Questionnaire;

impl From<MalformedForm> for Error {
    fn from(_: MalformedForm) -> Self {
        Error::Malformed
    }
}

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/respond", get(begin).post(go_on))
        .route(
            "/consultations/{slug}/check",
            get(back_to_begin).post(check::send),
        )
        .merge(receipt::routes())
        .merge(export::routes())
}

/// The questionnaire of this slug, if anybody may know of it.
pub(super) async fn questionnaire(
    context: &RequestContext,
    slug: &str,
) -> Result<Arc<Questionnaire>, Error> {
    let found = context.app.questionnaires.of(&context.app.db, slug).await?;
    found
        .filter(|q| q.consultation.stage(context.now).is_public())
        .ok_or(Error::NotFound)
}

async fn back_to_begin(Path(slug): Path<String>) -> Response {
    see_other(&paths::respond(&slug))
}

async fn begin(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = questionnaire(&context, &slug).await?;
    if let Err(refused) = may_begin(&on.consultation.milestones, context.now) {
        return Ok(closed(&context, &on, refused, &Pairs::default()));
    }
    // The key is issued here and carried through every page, so that going back and sending again
    // is the same response.
    let key = Key::issue(context.now).map_err(|error| Error::unexpected(error.to_string()))?;
    let signed = key.sign(&context.app.config.secret, on.consultation.id);
    let pairs = Pairs::new(vec![(KEY.to_owned(), signed)]);
    let view = page_view(&on, 1, &pairs, false);
    let state = forms::state(&Pairs::default());
    Ok(for_the_way_back(
        context.page(title(&view), || pages::respond(view, &state)),
    ))
}

/// Lets the browser keep the page for its back button: what was typed must not be lost. It still
/// asks again before it shows the page anew.
fn for_the_way_back(mut response: Response) -> Response {
    let kept = HeaderValue::from_static("private, no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}

fn title(view: &RespondView) -> &'static str {
    if view.page == view.pages {
        "About you"
    } else {
        "Your views"
    }
}

fn page_view(on: &Questionnaire, page: usize, pairs: &Pairs, from_check: bool) -> RespondView {
    let pages = on.pages.len() + 1;
    let number = page.checked_sub(1).and_then(|at| on.pages.get(at));
    let questions: Vec<_> = on
        .questions
        .iter()
        .filter(|question| Some(&question.page) == number)
        .cloned()
        .collect();
    let shown = |name: &str| {
        if page == pages {
            return ABOUT_YOU.contains(&name);
        }
        name.split_once('.').is_some_and(|(_, id)| {
            questions
                .iter()
                .any(|question| question.id.0.to_string() == id)
        })
    };
    RespondView {
        about: on.about.clone(),
        page,
        pages,
        wards: if page == pages {
            on.wards.clone()
        } else {
            Vec::new()
        },
        publications: Publication::offered(&on.consultation.publication_profile),
        carried: forms::carried(pairs, shown),
        questions,
        from_check,
    }
}

pub(super) fn show(
    context: &RequestContext,
    on: &Questionnaire,
    page: usize,
    pairs: &Pairs,
    from_check: bool,
    errors: Vec<FieldError>,
) -> Response {
    let view = page_view(on, page, pairs, from_check);
    let title = title(&view);
    let refused = !errors.is_empty();
    let state = forms::state(pairs).refused(errors);
    let page = || pages::respond(view, &state);
    if refused {
        context.refused(title, page)
    } else {
        context.page(title, page)
    }
}

pub(super) fn closed(
    context: &RequestContext,
    on: &Questionnaire,
    refused: SendRefused,
    pairs: &Pairs,
) -> Response {
    let written = on
        .questions
        .iter()
        .flat_map(|question| {
            let answer = pairs
                .all(&forms::answer_field(question.id))
                .map(|value| {
                    let place = value.parse::<usize>().ok();
                    place
                        .and_then(|place| question.choices.items.get(place).cloned())
                        .unwrap_or_else(|| value.to_owned())
                })
                .chain([pairs.one(&forms::other_field(question.id)).to_owned()])
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
            (!answer.is_empty()).then(|| (question.prompt.clone(), answer))
        })
        .collect();
    let title = words::send(refused).0;
    context.page_with(StatusCode::FORBIDDEN, title, || {
        pages::closed(&on.about, refused, written)
    })
}

async fn go_on(context: RequestContext, path: Path<String>, form: Form) -> Result<Response, Error> {
    step(context, path, form).await.map(for_the_way_back)
}

async fn step(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let on = questionnaire(&context, &slug).await?;
    let pairs = form.pairs;
    let in_grace = carried_key(&context, &on, &pairs).is_some();
    if let Err(refused) = may_begin(&on.consultation.milestones, context.now)
        && !in_grace
    {
        return Ok(closed(&context, &on, refused, &pairs));
    }
    forms::known(&pairs, &on.questions)?;
    let pages = on.pages.len() + 1;
    let (go, page, from_check) = forms::steering(&pairs, pages)?;
    let at = match go {
        Go::Back => {
            return Ok(show(
                &context,
                &on,
                page.max(2) - 1,
                &pairs,
                false,
                Vec::new(),
            ));
        }
        Go::To(page) => return Ok(show(&context, &on, page, &pairs, true, Vec::new())),
        Go::Check => return check(&context, &on, &pairs, None).await,
        Go::Next => page,
    };
    let errors = mistakes(&context, &on, &pairs, at).await?;
    if !errors.is_empty() {
        return Ok(show(&context, &on, at, &pairs, from_check, errors));
    }
    if from_check || at == pages {
        return check(&context, &on, &pairs, None).await;
    }
    Ok(show(&context, &on, at + 1, &pairs, false, Vec::new()))
}

/// What is wrong on this page.
async fn mistakes(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
    page: usize,
) -> Result<Vec<FieldError>, Error> {
    let Some(number) = page.checked_sub(1).and_then(|at| on.pages.get(at)) else {
        return Ok(about_you(context, on, pairs)
            .await?
            .err()
            .unwrap_or_default());
    };
    let questions: Vec<_> = on
        .questions
        .iter()
        .filter(|question| question.page == *number)
        .cloned()
        .collect();
    let (_, wrong) = forms::answers(pairs, &questions)?;
    Ok(wrong.into_iter().map(|(_, error)| error).collect())
}

pub(super) type Somebody = (AboutYou, Option<AreaId>);

pub(super) async fn about_you(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
) -> Result<Result<Somebody, Vec<FieldError>>, Error> {
    let offered = Publication::offered(&on.consultation.publication_profile);
    let about = forms::about_you(pairs, offered);
    let refuse = |field: &str, message: &str| FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    };
    let postcode = pairs.one("postcode");
    let ward = pairs.one("ward");
    let place = if !postcode.is_empty() {
        match commands::ward_of(&context.app, postcode).await? {
            Some(area) => Ok(Some(area)),
            None => Err(refuse("postcode", words::UNKNOWN_POSTCODE)),
        }
    } else if ward.is_empty() {
        Ok(None)
    } else {
        let id = ward.parse::<i64>().ok();
        id.filter(|id| on.wards.iter().any(|(known, _)| known == id))
            .map(|id| Some(AreaId(id)))
            .ok_or_else(|| refuse("ward", words::UNKNOWN_WARD))
    };
    Ok(match (about, place) {
        (Ok(about), Ok(place)) => Ok((about, place)),
        (about, place) => {
            let first = place.err().into_iter();
            Err(first.chain(about.err().unwrap_or_default()).collect())
        }
    })
}
