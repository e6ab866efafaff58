//! The page of votes that are set aside, for officers; moderators decide.

use app::vote::pages;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::vote::stuffing::Flag;

use crate::App;
use crate::http::{Error, Form, Path, RequestContext, see_other};
use crate::vote::commands::{LetVotersBack, SetVotersAside, let_voters_back, set_voters_aside};
use crate::vote::queries;

pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/desk/consultations/{slug}/votes-aside",
        get(show).post(decide),
    )
}

async fn show(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = queries::set_aside::view(context.app.db.read(), &context, &slug).await?;
    Ok(context.page("Votes that are set aside", || pages::set_aside(&view)))
}

async fn decide(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let flag = Flag::from_code(form.pairs.one("reason")).ok_or(Error::Malformed)?;
    let next = see_other(&app::paths::desk_consultation(&slug, "votes-aside"));
    let (app, on) = (&context.app, slug);
    match form.pairs.one("set-aside") {
        "yes" => set_voters_aside(app, &context, SetVotersAside { on, flag }).await?,
        "no" => let_voters_back(app, &context, LetVotersBack { on, flag }).await?,
        _ => return Err(Error::Malformed),
    }
    Ok(next)
}
