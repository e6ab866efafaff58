//! Forms as pairs: names may repeat, order is kept. Urlencoded or multipart.
//!
//! Invariant: bounded in bytes and in pairs; no control characters but tabs and new lines. What is
//! refused, here or at a door that never comes to read it, leaves its words for the page that says so;
//! of what is too large, the beginning. Files are read of whoever is signed in, since nobody else sends
//! any.

mod bounds;
mod multipart;
mod reading;
mod room;
mod urlencoded;

use std::sync::{Arc, Mutex, OnceLock};

use app::pairs::Pairs;
use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::header;

use crate::http::{Error, RequestContext};
use bounds::ORDINARY;
pub use bounds::{Bounds, MOST_BYTES};
use reading::Reading;
pub use reading::Upload;
use room::Room;

/// The form of a request: it waits here until somebody reads it, and leaves what it held for the page of
/// a failure.
#[derive(Clone, Debug, Default)]
pub struct FormSent(Arc<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    body: Mutex<Option<Body>>,
    kept: OnceLock<Kept>,
}

/// What a form held.
#[derive(Debug)]
pub struct Kept {
    /// Its fields.
    pub pairs: Pairs,
    /// Whether files came with it.
    pub files: bool,
    /// Whether this is only the beginning of it.
    pub cut: bool,
    /// Until the page that shows it is made.
    _room: Room,
}

impl FormSent {
    /// The form in this body.
    pub fn new(body: Body) -> Self {
        Self(Arc::new(Waiting {
            body: Mutex::new(Some(body)),
            kept: OnceLock::new(),
        }))
    }

    /// What was left, if the request had a form that could be read.
    pub fn kept(&self) -> Option<&Kept> {
        self.0.kept.get()
    }

    fn take(&self) -> Option<Body> {
        self.0.body.lock().ok()?.take()
    }
}

/// A form that was sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Its fields.
    pub pairs: Pairs,
    /// Its files.
    pub uploads: Vec<Upload>,
    /// For as long as somebody has it.
    _room: Room,
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        Self::within(request, state, ORDINARY).await
    }
}

impl Form {
    /// The form of a request, within these bounds or the ordinary ones, whichever are wider.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::Malformed`], and [`Error::Unavailable`] where there are too many
    /// large ones, with what could be read left for their page.
    pub async fn within<S: Send + Sync>(
        mut request: Request,
        state: &S,
        bounds: Bounds,
    ) -> Result<Self, Error> {
        let sent = request.extensions().get::<FormSent>().cloned();
        if let Some(body) = sent.as_ref().and_then(FormSent::take) {
            *request.body_mut() = body;
        }
        let reading = read(request, state, bounds.or(ORDINARY)).await.shortened();
        let form = Self {
            pairs: Pairs::new(reading.pairs),
            uploads: reading.uploads,
            _room: reading.room.clone(),
        };
        if let Some(sent) = sent {
            let _ = sent.0.kept.set(Kept {
                pairs: form.pairs.clone(),
                files: reading.files,
                cut: reading.cut,
                _room: reading.room,
            });
        }
        match reading.refused {
            Some(refused) => Err(refused),
            None => Ok(form),
        }
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S, bounds: Bounds) -> Reading {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let context = request.extensions().get::<RequestContext>();
    let signed_in = context.is_some_and(|context| context.actor.member().is_some());
    let room = Room::new(signed_in);
    if kind.starts_with("application/x-www-form-urlencoded") {
        return urlencoded::read(request.into_body(), bounds, room).await;
    }
    if kind.starts_with("multipart/form-data") {
        return match Multipart::from_request(request, state).await {
            Ok(multipart) => multipart::read(multipart, bounds, room, signed_in).await,
            Err(_) => Reading::refused(Error::Malformed),
        };
    }
    Reading::refused(Error::Malformed)
}
