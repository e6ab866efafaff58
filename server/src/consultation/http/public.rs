//! What everybody reads: hub, consultation, documents, feed.

use app::consultation::pages::{self, Entry};
use app::paths;
use app::ui::shell::Shell;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::consultation::policy::{Permission, may};
use domain::consultation::read::Search;
use domain::ids::ConsultationId;
use entity::document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::App;
use crate::clock::from_millis;
use crate::consultation::queries::detail::consultation_detail;
use crate::consultation::queries::permitted;
use crate::consultation::queries::public_list;
use crate::consultation::rows;
use crate::http::{Error, RequestContext, cached};

pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/consultations", get(show_hub))
        .route("/consultations.atom", get(feed))
        .route("/consultations/{slug}", get(show))
        .route_layer(from_fn_with_state(app.clone(), cached))
        .route("/documents/{token}", get(download))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    q: String,
    postcode: String,
    ward: String,
    topic: String,
    stage: String,
    page: String,
}

async fn show_hub(context: RequestContext, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let cut = |text: String| text.trim().chars().take(100).collect::<String>();
    let search = Search {
        words: cut(asked.q),
        postcode: cut(asked.postcode),
        ward: cut(asked.ward),
        topic: cut(asked.topic),
        stage: cut(asked.stage),
    };
    let view = public_list::hub(
        context.app.db.read(),
        search,
        asked.page.parse().unwrap_or(1),
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
    Ok(context.page_of(StatusCode::OK, shell, || {
        if public {
            pages::consultation(view)
        } else {
            pages::preview(view)
        }
    }))
}

async fn feed(context: RequestContext) -> Result<Response, Error> {
    let rows = public_list::newest(context.app.db.read(), 50).await?;
    let now = context.now.as_millisecond();
    let mut entries: Vec<Entry> = rows
        .into_iter()
        .map(|row| {
            let published = row.published_at.unwrap_or(row.created_at);
            let changes = [row.opens_at, row.closes_at, row.answered_at, row.decided_at];
            let updated = changes
                .into_iter()
                .flatten()
                .filter(|at| *at <= now)
                .fold(published, i64::max);
            Entry {
                slug: row.slug,
                title: row.title,
                summary: row.summary,
                published: from_millis(published),
                updated: from_millis(updated),
            }
        })
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated));
    let xml = pages::atom(&context.app.config.base_url, &entries);
    Ok((
        [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")],
        xml,
    )
        .into_response())
}

/// A document of a consultation that the visitor may read. It is always downloaded, never opened
/// in the page, so nothing in it can run here.
async fn download(context: RequestContext, Path(token): Path<String>) -> Result<Response, Error> {
    let db = context.app.db.read();
    let row = document::Entity::find()
        .filter(document::Column::Token.eq(token))
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    let of = match row.consultation_id {
        Some(id) => ConsultationId(id),
        None => crate::poll::rows::lines::of_picture(db, &row.token)
            .await?
            .ok_or(Error::NotFound)?,
    };
    let on = rows::by_id(db, of).await?.ok_or(Error::NotFound)?;
    may(&context.actor, Permission::View, &on.context(context.now))?;
    let encoded: String = url::form_urlencoded::byte_serialize(row.file_name.as_bytes())
        .collect::<String>()
        .replace('+', "%20");
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    let mut response = Body::from(row.content).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, row.content_type),
        (header::CONTENT_DISPOSITION, disposition),
    ] {
        headers.insert(
            name,
            HeaderValue::from_str(&value).map_err(Error::unexpected)?,
        );
    }
    Ok(response)
}
