//! The front door of dashboards, answers, decisions and outcomes.

mod answer;
mod decide;
mod opinion;

use app::insight::pages;
use app::ui::shell::Shell;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::prelude::RenderHtml;

use crate::App;
use crate::http::{Cached, Error, Path, Query, RequestContext, cached};
use crate::insight::queries;

/// The routes of this slice.
pub fn routes(app: &App) -> Router<App> {
    let public = Router::new()
        .route("/outcomes", get(outcomes))
        .route_layer(from_fn_with_state(Cached::knowing(app, &["page"]), cached))
        .merge(
            Router::new()
                .route("/consultations/{slug}/outcome", get(outcome))
                .route_layer(from_fn_with_state(Cached::knowing(app, &[]), cached)),
        );
    Router::new()
        .merge(public)
        .merge(opinion::routes(app))
        .merge(answer::routes())
        .merge(decide::routes())
        .route("/desk/consultations/{slug}/watch", get(watch))
        .route(
            "/desk/consultations/{slug}/watch/figures",
            get(watch_figures),
        )
}

async fn watch(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = queries::outcome::watch(context.app.db.read(), &context, &slug).await?;
    let title = format!("What is coming in: {}", view.title);
    let shell = Shell {
        islands: true,
        wide: true,
        ..context.shell(&title)
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::watch(view)))
}

/// The figures alone, for the page that is open.
async fn watch_figures(
    context: RequestContext,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let view = queries::outcome::watch(context.app.db.read(), &context, &slug).await?;
    let html = pages::region(&view).to_html();
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

async fn outcome(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = queries::outcome::outcome(context.app.db.read(), &context, &slug).await?;
    let title = format!("What came of it: {}", view.title);
    Ok(context.page(&title, || pages::outcome(view)))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct OutcomesQuery {
    page: u64,
}

async fn outcomes(
    context: RequestContext,
    Query(query): Query<OutcomesQuery>,
) -> Result<Response, Error> {
    let view = queries::outcomes(context.app.db.read(), query.page, context.now).await?;
    let shell = Shell {
        wide: true,
        ..context.shell("How we are doing")
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::outcomes(view)))
}
