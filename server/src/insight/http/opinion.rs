//! What people think: the page, the same as open data, and the votes for anybody to count again.

use app::insight::pages;
use app::ui::shell::Shell;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::insight::disclosure::PUBLIC;
use domain::insight::opinion::Standing;

use crate::App;
use crate::http::{Cached, Error, Path, RequestContext, cached};
use crate::insight::queries::{opinion, opinion_files};
use crate::vote::routing;

pub(super) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/opinion", get(page))
        .route("/consultations/{slug}/opinion.json", get(json))
        .route_layer(from_fn_with_state(Cached::knowing(app, &[]), cached))
        .route("/consultations/{slug}/opinion/{file}", get(download))
}

async fn page(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = opinion::view(&context.app, &context, &slug).await?;
    let drawn = matches!(&view.standing, Standing::Found(opinion) if opinion.picture.is_some());
    let shell = Shell {
        islands: drawn,
        ..context.shell(&format!("What people think: {}", view.title))
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::opinion(&view)))
}

async fn json(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let view = opinion::view(&context.app, &context, &slug).await?;
    let (standing, found) = match &view.standing {
        Standing::TooEarly { .. } => ("too-early", None),
        Standing::Found(opinion) => ("found", Some(opinion)),
    };
    let body = serde_json::json!({
        "consultation": view.slug,
        "title": view.title,
        "open": view.open,
        "standing": standing,
        "disclosure": { "hidden_below": PUBLIC.threshold, "rounded_to": PUBLIC.base },
        "routing": { "rule": routing::RULE, "seed": view.routing.to_string() },
        "set_aside": view.aside,
        "attribution": view.attribution,
        "invented": view.invented,
        "opinion": found,
    });
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind)], body.to_string()).into_response())
}

async fn download(
    context: RequestContext,
    Path((slug, file)): Path<(String, String)>,
) -> Result<Response, Error> {
    let votes = opinion::votes(&context.app, &context, &slug).await?;
    let db = context.app.db.read();
    let body = match file.as_str() {
        "summary.csv" => Body::from(opinion_files::summary(&votes)?),
        "comments.csv" => Body::from(opinion_files::comments(db, &votes).await?),
        "participants-votes.csv" => {
            Body::from_stream(opinion_files::participants_votes(db.clone(), votes).await?)
        }
        _ => return Err(Error::NotFound),
    };
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""))
        .map_err(Error::unexpected)?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}
