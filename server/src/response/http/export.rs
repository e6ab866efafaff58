//! Downloading the responses: a page at the desk, and the file itself as it is read.

use app::response::pages;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::consultation::policy::Permission;
use domain::response::ExportFormat;
use futures::stream;

use crate::App;
use crate::consultation::queries::permitted;
use crate::error::Fault;
use crate::http::{Error, Form, Path, RequestContext};
use crate::response::commands::{ExportResponses, export_responses};

pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/desk/consultations/{slug}/export",
        get(show).post(download),
    )
}

async fn show(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Export).await?;
    Ok(context.page("Download responses", || pages::export(&on.slug, &on.title)))
}

async fn download(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let format = match form.pairs.one("format") {
        // Sent by no button: the first one.
        "" => ExportFormat::Csv,
        word => ExportFormat::from_word(word).ok_or(Error::Malformed)?,
    };
    let command = ExportResponses {
        on: slug.clone(),
        format,
    };
    let export = export_responses(&context.app, &context, command).await?;
    let name = format!("attachment; filename=\"{slug}.{}\"", format.word());
    let chunks = stream::try_unfold(export, |mut export| async move {
        let next = export.next().await?;
        Ok::<_, Fault>(next.map(|bytes| (Bytes::from(bytes), export)))
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
