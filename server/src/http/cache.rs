//! Public pages rendered once per version of what is public.
//!
//! Invariant: only requests without a cookie are answered from here, so nothing personal is kept;
//! an entry is dropped when the public version, the UK day, or the stage of any consultation
//! changes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, RwLock};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use entity::consultation;
use http_body_util::BodyExt;
use jiff::{Timestamp, tz::TimeZone};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::{App, record};

const MOST_ENTRIES: usize = 2_000;
const LOOK_AGAIN_AFTER_MILLIS: i64 = 500;

#[derive(Clone)]
struct Entry {
    body: Bytes,
    brotli: Bytes,
    kind: HeaderValue,
    etag: HeaderValue,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Version {
    public: i64,
    boundary: i64,
}

/// The cache.
#[derive(Default)]
pub struct PageCache {
    entries: RwLock<(Version, HashMap<String, Arc<Entry>>)>,
    looked_at: AtomicI64,
    stale: AtomicBool,
    demonstration: AtomicI64,
}

impl PageCache {
    /// Says that something was written here: the next reader asks the database again.
    pub fn expire(&self) {
        self.stale.store(true, Ordering::Release);
    }

    /// Whether the site is a demonstration, once known.
    pub fn is_demonstration(&self) -> Option<bool> {
        match self.demonstration.load(Ordering::Relaxed) {
            1 => Some(false),
            2 => Some(true),
            _ => None,
        }
    }

    fn get(&self, key: &str) -> Option<Arc<Entry>> {
        self.entries.read().ok()?.1.get(key).cloned()
    }

    fn put(&self, version: Version, key: String, entry: Arc<Entry>) {
        if let Ok(mut held) = self.entries.write()
            && held.0 == version
        {
            if held.1.len() >= MOST_ENTRIES {
                held.1.clear();
            }
            held.1.insert(key, entry);
        }
    }

    async fn version(&self, app: &App) -> Result<Version, DbErr> {
        let now = app.clock.now();
        let millis = now.as_millisecond();
        let held = self.entries.read().map(|held| held.0).unwrap_or_default();
        let fresh = millis.abs_diff(self.looked_at.load(Ordering::Relaxed))
            < LOOK_AGAIN_AFTER_MILLIS as u64;
        if fresh && millis < held.boundary && !self.stale.swap(false, Ordering::AcqRel) {
            return Ok(held);
        }
        let (public, demonstration) = record::site::state(app.db.read()).await?;
        self.demonstration
            .store(if demonstration { 2 } else { 1 }, Ordering::Relaxed);
        let version = if public == held.public && millis < held.boundary {
            held
        } else {
            Version {
                public,
                boundary: next_boundary(app, now).await?,
            }
        };
        if version != held
            && let Ok(mut entries) = self.entries.write()
        {
            *entries = (version, HashMap::new());
        }
        self.looked_at.store(millis, Ordering::Relaxed);
        Ok(version)
    }
}

/// The next moment at which a public page changes by the clock alone: midnight in the United
/// Kingdom, or the opening or closing of a consultation.
async fn next_boundary(app: &App, now: Timestamp) -> Result<i64, DbErr> {
    let midnight = TimeZone::get("Europe/London")
        .ok()
        .and_then(|zone| now.to_zoned(zone).tomorrow().ok())
        .and_then(|tomorrow| tomorrow.start_of_day().ok())
        .map_or(now.as_millisecond() + 60_000, |start| {
            start.timestamp().as_millisecond()
        });
    let mut next = midnight;
    for column in [
        consultation::Column::OpensAt,
        consultation::Column::ClosesAt,
    ] {
        let soonest: Option<Option<i64>> = consultation::Entity::find()
            .select_only()
            .column_as(column.min(), "soonest")
            .filter(consultation::Column::PublishedAt.is_not_null())
            .filter(column.gt(now.as_millisecond()))
            .into_tuple()
            .one(app.db.read())
            .await?;
        if let Some(Some(soonest)) = soonest {
            next = next.min(soonest);
        }
    }
    Ok(next)
}

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
    let Ok(version) = app.pages.version(&app).await else {
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
        .cloned()
        .unwrap_or_else(|| HeaderValue::from_static("text/html; charset=utf-8"));
    let digest = crate::secret::hash(&String::from_utf8_lossy(&body));
    let etag = HeaderValue::from_str(&format!("\"{}\"", digest.get(..16).unwrap_or_default()))
        .unwrap_or_else(|_| HeaderValue::from_static("\"0\""));
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
    let unchanged = text(header::IF_NONE_MATCH).contains(entry.etag.to_str().unwrap_or("-"));
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
    out.insert(header::CONTENT_TYPE, entry.kind.clone());
    out.insert(header::ETAG, entry.etag.clone());
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out.insert(
        header::VARY,
        HeaderValue::from_static("Cookie, Accept-Encoding"),
    );
    response
}
