//! The page of every answer that failed, with what was typed into the form that was refused.

use app::error::Sent;
use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::App;
use crate::http::address::as_printed;
use crate::http::context::RequestContext;
use crate::http::error::Failure;
use crate::http::form::{Form, FormSent};
use crate::http::negotiate::{moved, see_other};

/// Gives every failed answer its page, and sends people to sign in and back where that helps, or to
/// the address that they meant. A form that nobody came to read, since something else failed before, is
/// read here: its words stand on the page.
pub async fn render_failures(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let mut context = match RequestContext::of_anyone(&mut parts, &app).await {
        Ok(context) => context,
        Err(why) => return why.into_response(),
    };
    let unknown = context.find_actor(&parts.headers).await.err();
    if unknown.is_none() {
        parts.extensions.insert(context.clone());
    }
    let form = FormSent::new(body);
    parts.extensions.insert(form.clone());
    let is_get = parts.method == Method::GET;
    let reads = is_get || parts.method == Method::HEAD;
    let asked = parts.uri.clone();
    let here = asked
        .path_and_query()
        .map(ToString::to_string)
        .unwrap_or_default();
    let head = (!reads).then(|| parts.clone());
    let response = match unknown {
        None => next.run(Request::from_parts(parts, Body::empty())).await,
        Some(why) => why.into_response(),
    };
    let status = response.status();
    if reads
        && status == StatusCode::NOT_FOUND
        && let Some(found) = as_printed(&asked).as_deref().and_then(moved)
    {
        return found;
    }
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
        changed: None,
    });
    if let Some(head) = head.filter(|_| form.kept().is_none()) {
        let _ = Form::from_request(Request::from_parts(head, Body::empty()), &app).await;
    }
    let sent = form.kept().map(|kept| Sent {
        pairs: &kept.pairs,
        to: &here,
        files: kept.files,
        cut: kept.cut,
    });
    let loses_something = sent.is_some_and(|sent| sent.holds_anything());
    if failure.status == StatusCode::UNAUTHORIZED && !loses_something {
        let back: String = if is_get {
            url::form_urlencoded::byte_serialize(here.as_bytes()).collect()
        } else {
            String::new()
        };
        return see_other(&format!("/sign-in?next={back}"));
    }
    let (title, body) = match &failure.changed {
        Some(changed) => app::error::changed(changed, sent),
        None => app::error::page(
            failure.status.as_u16(),
            failure.reference.as_deref().unwrap_or_default(),
            sent,
        ),
    };
    let mut page = context.page_with(failure.status, &title, || body);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}
