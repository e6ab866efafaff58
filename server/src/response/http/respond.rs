//! The questionnaire's pages, one after the other.

use app::pairs::Pairs;
use app::response::forms::{self, Go, KEY};
use app::response::pages;
use app::ui::form::FieldError;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use domain::response::grace::may_begin;

use crate::App;
use crate::error::Fault;
use crate::http::{Error, Form, Path, RequestContext};
use crate::response::http::answer_form::AnswerForm;
use crate::response::http::check::check;
use crate::response::http::steps::{
    NotFilledIn, carried_key, closed, page_view, questionnaire, sender, show, title,
};
use crate::response::key::Key;
use crate::response::queries::questionnaire::Questionnaire;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/consultations/{slug}/respond", get(begin).post(go_on))
}

async fn begin(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = questionnaire(&context, &slug).await?;
    if let Err(refused) = may_begin(&on.consultation.milestones, context.now) {
        return Ok(closed(&context, &on, refused, &Pairs::default()));
    }
    // The key is issued here and carried through every page, so that going back and sending again
    // is the same response.
    let key = Key::issue(context.now).map_err(Fault::from)?;
    let signed = key.sign(&context.app.config.secret, on.consultation.id);
    let pairs = Pairs::new(vec![(KEY.to_owned(), signed)]);
    let view = page_view(&on, 1, &pairs, false);
    let state = forms::state(&Pairs::default());
    Ok(for_the_way_back(
        context.page(title(&view), || pages::respond(view, &state)),
    ))
}

/// Lets the browser keep the page for its back button: what was typed must not be lost. It still
/// asks before it shows the page again.
fn for_the_way_back(mut response: Response) -> Response {
    let kept = HeaderValue::from_static("private, no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}

async fn go_on(
    context: RequestContext,
    path: Path<String>,
    AnswerForm(form): AnswerForm,
) -> Result<Response, Error> {
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
    let go_to = |page, from_check| show(&context, &on, page, &pairs, from_check, Vec::new());
    let at = match go {
        Go::Back => return Ok(go_to(page.max(2) - 1, false)),
        Go::To(page) => return Ok(go_to(page, true)),
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
    Ok(go_to(at + 1, false))
}

/// What is wrong on this page.
async fn mistakes(
    context: &RequestContext,
    on: &Questionnaire,
    pairs: &Pairs,
    page: usize,
) -> Result<Vec<FieldError>, Error> {
    let Some(number) = page.checked_sub(1).and_then(|at| on.pages.get(at)) else {
        return match sender(context, on, pairs).await {
            Ok(_) => Ok(Vec::new()),
            Err(NotFilledIn::Mistakes { errors, .. }) => Ok(errors),
            Err(NotFilledIn::Failed(error)) => Err(error),
        };
    };
    let questions: Vec<_> = on
        .questions
        .iter()
        .filter(|question| question.page == *number)
        .cloned()
        .collect();
    let read = forms::answers(pairs, &questions)?;
    Ok(read.wrong.into_iter().map(|wrong| wrong.error).collect())
}
