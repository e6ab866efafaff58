//! Refusals and faults as answers. Faults are logged once, here, with a reference that the page
//! shows; nothing of the request but method and route is logged.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::account::NotPermitted;

use super::{Visit, see_other};
use crate::App;

/// Why a handler can't answer with its page.
#[derive(Debug)]
pub enum Error {
    /// Permission was refused, or the thing must not be known to exist.
    NotPermitted(NotPermitted),
    /// No such page or thing.
    NotFound,
    /// What was sent can't be read: 400.
    Unreadable,
    /// More than we take: 413.
    TooLarge,
    /// Too many tries: 429, with the seconds to wait.
    TooMany(u64),
    /// Nothing can be written at this moment: 503.
    Unavailable,
    /// A fault of ours, with its cause.
    Unexpected(Box<dyn std::error::Error + Send + Sync>),
}

impl From<NotPermitted> for Error {
    fn from(refused: NotPermitted) -> Self {
        Self::NotPermitted(refused)
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        if crate::db::is_passing(&error) {
            tracing::error!(%error, "the database takes nothing at this moment");
            Self::Unavailable
        } else {
            Self::Unexpected(Box::new(error))
        }
    }
}

impl Error {
    /// A fault with a cause that can be shown as text in the log.
    pub fn unexpected(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unexpected(cause.into())
    }
}

/// A failed answer before it has its page; [`render_failures`] draws it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The status.
    pub status: StatusCode,
    /// What the log entry can be found by.
    pub reference: Option<String>,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut retry = None;
        let mut reference = None;
        let status = match self {
            Error::NotPermitted(NotPermitted::SignInFirst) => StatusCode::UNAUTHORIZED,
            Error::NotPermitted(NotPermitted::Forbidden) => StatusCode::FORBIDDEN,
            Error::NotPermitted(NotPermitted::Unknown) | Error::NotFound => StatusCode::NOT_FOUND,
            Error::Unreadable => StatusCode::BAD_REQUEST,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooMany(seconds) => {
                retry = Some(seconds);
                StatusCode::TOO_MANY_REQUESTS
            }
            Error::Unavailable => {
                retry = Some(5);
                StatusCode::SERVICE_UNAVAILABLE
            }
            Error::Unexpected(cause) => {
                let id = crate::secret::token().unwrap_or_default();
                let id = id.get(..8).unwrap_or_default().to_owned();
                tracing::error!(reference = %id, error = ?cause, "a request failed");
                reference = Some(id);
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut response = status.into_response();
        if let Some(seconds) = retry {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
            .extensions_mut()
            .insert(Failure { status, reference });
        response
    }
}

/// Gives every failed answer its page, and sends people to sign in and back where that helps.
pub async fn render_failures(
    State(_): State<App>,
    visit: Visit,
    request: Request,
    next: Next,
) -> Response {
    let is_get = request.method() == axum::http::Method::GET;
    let here = request
        .uri()
        .path_and_query()
        .map(ToString::to_string)
        .unwrap_or_default();
    let response = next.run(request).await;
    let status = response.status();
    let known = response.extensions().get::<Failure>().cloned();
    let bare = matches!(
        status,
        StatusCode::NOT_FOUND
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::REQUEST_TIMEOUT
            | StatusCode::FORBIDDEN
            | StatusCode::BAD_REQUEST
            | StatusCode::INTERNAL_SERVER_ERROR
    ) && !response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| {
            t.as_bytes().starts_with(b"text/html") || t.as_bytes().starts_with(b"application/json")
        });
    if known.is_none() && !bare {
        return response;
    }
    let failure = known.unwrap_or(Failure {
        status,
        reference: None,
    });
    if failure.status == StatusCode::UNAUTHORIZED {
        let back: String = if is_get {
            url::form_urlencoded::byte_serialize(here.as_bytes()).collect()
        } else {
            String::new()
        };
        return see_other(&format!("/sign-in?next={back}"));
    }
    let (title, body) = app::error::page(
        failure.status.as_u16(),
        failure.reference.as_deref().unwrap_or_default(),
    );
    let mut page = visit.page_with(failure.status, &title, || body);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}
