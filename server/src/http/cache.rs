//! Public pages rendered once per version of what is public.
//!
//! Invariant: only requests of nobody who is signed in are answered from here, and whatever else a browser sends
//! as cookies (that it voted, say) is taken away before a page is made to be kept, so nothing personal is;
//! an entry is dropped when the public version, the UK day, or the stage of any consultation
//! changes. What a page does not know of a query is taken away before the page and its key see it, so
//! that an address with something made up behind it is no page of its own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::account::Actor;
use http_body_util::BodyExt;

use super::context::RequestContext;
use super::encoding::{Coding, chosen, is_known};
use super::query;
use crate::App;
use crate::page_cache::Entry;

/// The pages that are kept.
#[derive(Clone)]
pub struct Cached {
    app: App,
    known: &'static [&'static str],
}

impl Cached {
    /// Pages that know these names in a query, and no others.
    pub fn knowing(app: &App, known: &'static [&'static str]) -> Self {
        Self {
            app: app.clone(),
            known,
        }
    }

    /// The address as these pages know it.
    fn address(&self, asked: &Uri) -> Option<Uri> {
        let path = asked.path();
        let query = query::of_known(asked.query()?, self.known);
        let known = match query.as_str() {
            "" => path.parse(),
            query => format!("{path}?{query}").parse(),
        };
        known.ok()
    }
}

/// Middleware for routes whose anonymous page is the same for everybody.
pub async fn cached(State(pages): State<Cached>, mut request: Request, next: Next) -> Response {
    if let Some(known) = pages.address(request.uri()) {
        *request.uri_mut() = known;
    }
    let app = &pages.app;
    // Whoever found out who asks says so: reading the cookies again might read them otherwise.
    let anonymous = match request.extensions().get::<RequestContext>() {
        Some(context) => matches!(context.actor, Actor::Anyone),
        None => !request.headers().contains_key(header::COOKIE),
    };
    let key = request
        .uri()
        .path_and_query()
        .map(ToString::to_string)
        .unwrap_or_default();
    // None of our addresses needs an escape before its query, and one address has many with them.
    let plain = key.len() <= 200 && !request.uri().path().contains('%');
    if request.method() != Method::GET || !anonymous || !plain {
        return next.run(request).await;
    }
    request.headers_mut().remove(header::COOKIE);
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
    let digest = digest.get(..16).unwrap_or_default().to_owned();
    let brotli = pack(body.clone(), 9).await;
    let entry = Arc::new(Entry {
        body,
        brotli,
        kind,
        digest,
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
        && chosen(request.headers(), &[Coding::Brotli]) == Coding::Brotli;
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
    let held: &[Coding] = match entry.brotli.is_empty() {
        true => &[],
        false => &[Coding::Brotli],
    };
    let coding = chosen(asked, held);
    let tag = coding.tag(&entry.digest);
    let mut response = if is_known(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if let Some(name) = coding.name() {
        let mut response = entry.brotli.clone().into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        response
    } else {
        entry.body.clone().into_response()
    };
    let out = response.headers_mut();
    for (name, text) in [
        (header::CONTENT_TYPE, entry.kind.as_str()),
        (header::ETAG, tag.as_str()),
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
