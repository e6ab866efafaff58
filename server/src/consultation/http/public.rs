//! What everybody reads: hub, consultation, documents, feed.

use app::consultation::pages;
use app::paths;
use app::ui::shell::Shell;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::consultation::policy::Permission;
use domain::consultation::read::{Search, Sort};
use domain::typed;

use crate::App;
use crate::consultation::queries::detail::{consultation_detail, heard};
use crate::consultation::queries::{download, permitted, public_list};
use crate::http::{Cached, Error, Path, Query, RequestContext, cached};

/// What the hub knows of a query: the fields of [`HubQuery`].
const HUB_FIELDS: &[&str] = &["q", "postcode", "ward", "topic", "stage", "sort", "page"];

pub fn routes(app: &App) -> Router<App> {
    let whole = Router::new()
        .route("/consultations.atom", get(feed))
        .route("/consultations/{slug}", get(show))
        .route_layer(from_fn_with_state(Cached::knowing(app, &[]), cached));
    Router::new()
        .route("/consultations", get(show_hub))
        .route_layer(from_fn_with_state(Cached::knowing(app, HUB_FIELDS), cached))
        .merge(whole)
        .route("/documents/{token}", get(send_document))
}

/// What is looked for on the hub, and which page of it.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct HubQuery {
    q: String,
    postcode: String,
    ward: String,
    topic: String,
    stage: String,
    sort: String,
    page: String,
}

async fn show_hub(
    context: RequestContext,
    Query(query): Query<HubQuery>,
) -> Result<Response, Error> {
    let cut = |text: String| typed::trimmed(&text).chars().take(100).collect::<String>();
    let search = Search {
        words: cut(query.q),
        postcode: cut(query.postcode),
        ward: cut(query.ward),
        topic: cut(query.topic),
        stage: cut(query.stage),
        sort: Sort::from_code(&query.sort),
    };
    let view = public_list::hub(
        context.app.db.read(),
        search,
        query.page.parse().unwrap_or(1),
        context.now,
    )
    .await?;
    let shell = Shell {
        feed: Some(paths::FEED.to_owned()),
        description: "Consultations of the council and its partners: read, respond, vote, and \
                      see what came of it."
            .to_owned(),
        ..context.shell("Consultations")
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::hub(view)))
}

async fn show(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::View).await?;
    let db = context.app.db.read();
    let view = consultation_detail(db, on.id, context.now)
        .await?
        .ok_or(Error::NotFound)?;
    let shell = Shell {
        description: view.listed.summary.clone(),
        ..context.shell(&view.listed.title)
    };
    let public = view.listed.stage.is_public();
    let around = pages::Around {
        address: format!(
            "{}{}",
            context.app.config.base_url,
            paths::consultation(&view.listed.slug)
        ),
        heard: heard(db, on.id).await?,
    };
    Ok(context.page_of(StatusCode::OK, shell, || {
        if public {
            pages::consultation(view, &around)
        } else {
            pages::preview(view)
        }
    }))
}

async fn feed(context: RequestContext) -> Result<Response, Error> {
    let entries = public_list::feed(context.app.db.read(), 50, context.now).await?;
    let xml = pages::atom(&context.app.config.base_url, &entries);
    Ok((
        [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")],
        xml,
    )
        .into_response())
}

/// A document of a consultation that the visitor may read. It is always downloaded, never opened
/// in the page, so nothing in it can run here.
async fn send_document(
    context: RequestContext,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    let db = context.app.db.read();
    let file = download::file(db, &context, &token).await?;
    let encoded: String = url::form_urlencoded::byte_serialize(file.file_name.as_bytes())
        .collect::<String>()
        .replace('+', "%20");
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    let mut response = Body::from(file.content).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, disposition),
    ] {
        headers.insert(
            name,
            HeaderValue::from_str(&value).map_err(Error::unexpected)?,
        );
    }
    Ok(response)
}
