//! Downloading the responses: a page at the desk, and the file itself as it is read.

use app::response::pages;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::consultation::policy::Permission;
use futures::stream;

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::{Error, RequestContext};
use crate::record::audit;
use crate::response::queries::export::{Export, Format};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/consultations/{slug}/export", get(export))
}

#[derive(serde::Deserialize)]
struct Asked {
    format: Option<String>,
}

async fn export(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Export).await?;
    let Some(word) = asked.format else {
        return Ok(context.page("Download responses", || pages::export(&on.slug, &on.title)));
    };
    let format = Format::from_word(&word).ok_or(Error::NotFound)?;
    // What leaves the site is on the record before its first byte.
    let tx = context.app.db.begin().await?;
    let person = context.actor.member().map(|member| member.person);
    let subject = format!("consultation/{}", on.id);
    audit::append(&tx, context.now, person, "export", &subject, &word).await?;
    tx.commit().await?;
    let name = format!("attachment; filename=\"{slug}.{}\"", format.ending());
    let export = Export::new(context.app.db.read(), on, format).await?;
    let chunks = stream::try_unfold(export, |mut export| async move {
        let next = export.next().await?;
        Ok::<_, sea_orm::DbErr>(next.map(|bytes| (Bytes::from(bytes), export)))
    });
    let disposition = HeaderValue::from_str(&name).map_err(Error::unexpected)?;
    Ok((
        [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static(format.media_type()),
            ),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        Body::from_stream(chunks),
    )
        .into_response())
}
