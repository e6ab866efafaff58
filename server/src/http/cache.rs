//! Public pages rendered once per version of what is public.
//!
//! Invariant: only requests without a cookie are answered from here, so nothing personal is kept;
//! an entry is dropped when the public version, the UK day, or the stage of any consultation
//! changes.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::BodyExt;

use crate::App;
use crate::page_cache::Entry;

/// Middleware for routes whose anonymous page is the same for everybody.
pub async fn cached(State(app): State<App>, request: Request, next: Next) -> Response {
    let anonymous = !request.headers().contains_key(header::COOKIE);
    let key = request
        .uri()
        .path_and_query()
        .map(ToString::to_string)
        .unwrap_or_default();
    if request.method() != Method::GET || !anonymous || key.len() > 200 {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    let Ok(version) = app.pages.version(&app.db, app.clock.now()).await else {
        return next.run(request).await;
    };
    if let Some(entry) = app.pages.get(&key) {
        return answer(&entry, &headers);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || response.headers().contains_key(header::SET_COOKIE) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
    else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("text/html; charset=utf-8")
        .to_owned();
    let digest = crate::secret::hash(&body);
    let etag = format!("\"{}\"", digest.get(..16).unwrap_or_default());
    let brotli = pack(body.clone(), 9).await;
    let entry = Arc::new(Entry {
        body,
        brotli,
        kind,
        etag,
    });
    app.pages.put(version, key, Arc::clone(&entry));
    answer(&entry, &headers)
}

/// Middleware around everything: whatever is written here is seen by the next reader.
pub async fn expire_after_writing(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let writes = request.method() != Method::GET && request.method() != Method::HEAD;
    let response = next.run(request).await;
    if writes {
        app.pages.expire();
    }
    response
}

/// The fewest bytes worth packing.
const PACKED_FROM: usize = 1_024;

/// Middleware that packs pages which are not kept here, for whoever sends no cookie: then nothing
/// in them is both secret and steered by somebody else.
pub async fn packed(request: Request, next: Next) -> Response {
    let wanted = request.method() == Method::GET
        && !request.headers().contains_key(header::COOKIE)
        && request
            .headers()
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("br"));
    let response = next.run(request).await;
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| matches!(kind.to_str(), Ok(kind) if kind.starts_with("text/html")));
    let encoded = response.headers().contains_key(header::CONTENT_ENCODING);
    if !wanted || !is_page || encoded {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let body = body.to_bytes();
    let packed = match body.len() {
        ..PACKED_FROM => Bytes::new(),
        _ => pack(body.clone(), 4).await,
    };
    let headers = &mut parts.headers;
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Cookie, Accept-Encoding"),
    );
    if packed.is_empty() {
        return Response::from_parts(parts, body.into());
    }
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    Response::from_parts(parts, packed.into())
}

async fn pack(body: Bytes, quality: i32) -> Bytes {
    let work = move || {
        let mut out = Vec::with_capacity(body.len() / 3);
        let params = brotli::enc::BrotliEncoderParams {
            quality,
            ..Default::default()
        };
        match brotli::BrotliCompress(&mut &body[..], &mut out, &params) {
            Ok(_) => Bytes::from(out),
            Err(_) => Bytes::new(),
        }
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_default()
}

fn answer(entry: &Entry, asked: &HeaderMap) -> Response {
    let text = |name| {
        asked
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
            .unwrap_or_default()
    };
    let unchanged = text(header::IF_NONE_MATCH).contains(&entry.etag);
    let brotli = !entry.brotli.is_empty() && text(header::ACCEPT_ENCODING).contains("br");
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else if brotli {
        let mut response = entry.brotli.clone().into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        response
    } else {
        entry.body.clone().into_response()
    };
    let out = response.headers_mut();
    for (name, text) in [
        (header::CONTENT_TYPE, &entry.kind),
        (header::ETAG, &entry.etag),
    ] {
        if let Ok(value) = HeaderValue::from_str(text) {
            out.insert(name, value);
        }
    }
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out.insert(
        header::VARY,
        HeaderValue::from_static("Cookie, Accept-Encoding"),
    );
    response
}
