//! Small answers: a redirect after a POST.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// 303: it is done, look here. `path` must be a path of our own; anything else goes home.
pub fn see_other(path: &str) -> Response {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control);
    let target = HeaderValue::from_str(if own { path } else { "/" })
        .unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
}
