//! Refusals and faults as answers. Faults are logged once, here, with a reference that the page
//! shows; nothing of the request but method and route is logged.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::account::NotPermitted;
use domain::edit::Changed;

use crate::error::{Denied, Fault};

/// Why a handler can't answer with its page.
#[derive(Debug)]
pub enum Error {
    /// Permission was refused, or the thing must not be known to exist.
    NotPermitted(NotPermitted),
    /// No such page or thing.
    NotFound,
    /// What was sent can't be read: 400.
    Malformed,
    /// More than we take: 413.
    TooLarge,
    /// Too many tries: 429, with the seconds to wait.
    TooMany(u64),
    /// Somebody else changed it since this person saw it: 422.
    Changed(Changed),
    /// Nothing can be written at this moment: 503.
    Unavailable,
    /// A fault of ours, with its cause.
    Unexpected(Box<dyn std::error::Error + Send + Sync>),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Error {}

impl From<NotPermitted> for Error {
    fn from(refused: NotPermitted) -> Self {
        Self::NotPermitted(refused)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unavailable => Self::Unavailable,
            Fault::Unexpected(cause) => Self::Unexpected(cause),
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotPermitted(why) => Self::NotPermitted(why),
            Denied::NotFound => Self::NotFound,
            Denied::Malformed => Self::Malformed,
            Denied::TooMany(seconds) => Self::TooMany(seconds),
            Denied::Changed(changed) => Self::Changed(changed),
            Denied::Fault(fault) => fault.into(),
        }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Fault::from(error).into()
    }
}

impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Fault::from(error).into()
    }
}

impl From<crate::db::WriteRefused> for Error {
    fn from(refused: crate::db::WriteRefused) -> Self {
        Fault::from(refused).into()
    }
}

impl Error {
    /// A fault with a cause that can be shown as text in the log.
    pub fn unexpected(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unexpected(cause.into())
    }
}

/// A failed answer before it has its page; `failure_page` draws it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The status.
    pub status: StatusCode,
    /// What the log entry can be found by.
    pub reference: Option<String>,
    /// Who was there first, where somebody was.
    pub changed: Option<Changed>,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut retry = None;
        let mut reference = None;
        let mut changed = None;
        let status = match self {
            Error::NotPermitted(NotPermitted::SignInFirst) => StatusCode::UNAUTHORIZED,
            Error::NotPermitted(NotPermitted::Forbidden | NotPermitted::NotNow) => {
                StatusCode::FORBIDDEN
            }
            Error::NotPermitted(NotPermitted::Unknown) | Error::NotFound => StatusCode::NOT_FOUND,
            Error::Malformed => StatusCode::BAD_REQUEST,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooMany(seconds) => {
                retry = Some(seconds);
                StatusCode::TOO_MANY_REQUESTS
            }
            Error::Changed(by) => {
                changed = Some(by);
                StatusCode::UNPROCESSABLE_ENTITY
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
        response.extensions_mut().insert(Failure {
            status,
            reference,
            changed,
        });
        response
    }
}
