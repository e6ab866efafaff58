//! One visit: who asks, when, from where; and how a page is answered.

use app::ui::shell::{Shell, Viewer, document};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::account::Actor;
use jiff::Timestamp;
use leptos::prelude::IntoView;
use tower_sessions::Session;

use super::{ClientAddress, Error, asset_paths};
use crate::{App, account, record};

/// Everything a handler needs to know about a request but its own input.
#[derive(Clone)]
pub struct Visit {
    /// The application.
    pub app: App,
    /// Who asks.
    pub actor: Actor,
    /// The browser's session; empty for residents.
    pub session: Session,
    /// The moment of the request.
    pub now: Timestamp,
    /// The path asked for.
    pub path: String,
    /// Where it comes from, for limits only.
    pub client: ClientAddress,
    /// Whether the site is a demonstration.
    pub demonstration: bool,
}

impl<S> FromRequestParts<S> for Visit
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if let Some(visit) = parts.extensions.get::<Visit>() {
            return Ok(visit.clone());
        }
        let app = App::from_ref(state);
        let session = Session::from_request_parts(parts, state)
            .await
            .map_err(|(_, why)| Error::unexpected(why))?;
        let actor = if parts.headers.contains_key(header::COOKIE) {
            account::session::actor(&app, &session).await?
        } else {
            Actor::Anyone
        };
        let demonstration = match app.pages.is_demonstration() {
            Some(known) => known,
            None => record::site::state(app.db.read())
                .await
                .map(|s| s.1)
                .unwrap_or(false),
        };
        let visit = Self {
            now: app.clock.now(),
            path: parts.uri.path().to_owned(),
            client: ClientAddress::of(parts, app.config.trusted_proxies),
            actor,
            session,
            demonstration,
            app,
        };
        parts.extensions.insert(visit.clone());
        Ok(visit)
    }
}

impl Visit {
    /// The page with status 200.
    pub fn page<V: IntoView + 'static>(&self, title: &str, body: impl FnOnce() -> V) -> Response {
        self.page_with(StatusCode::OK, title, body)
    }

    /// The same page again after a refusal: 422, with “Error:” before its title.
    pub fn refused<V: IntoView + 'static>(
        &self,
        title: &str,
        body: impl FnOnce() -> V,
    ) -> Response {
        self.page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &format!("Error: {title}"),
            body,
        )
    }

    /// The page with this status.
    pub fn page_with<V: IntoView + 'static>(
        &self,
        status: StatusCode,
        title: &str,
        body: impl FnOnce() -> V,
    ) -> Response {
        self.page_of(status, self.shell(title), body)
    }

    /// A page that has islands, so that the shell loads them.
    pub fn page_with_islands<V: IntoView + 'static>(
        &self,
        title: &str,
        body: impl FnOnce() -> V,
    ) -> Response {
        let shell = Shell {
            islands: true,
            ..self.shell(title)
        };
        self.page_of(StatusCode::OK, shell, body)
    }

    /// The page in a shell of the handler's own.
    pub fn page_of<V: IntoView + 'static>(
        &self,
        status: StatusCode,
        shell: Shell,
        body: impl FnOnce() -> V,
    ) -> Response {
        let html = document(&shell, body);
        (
            status,
            [(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            )],
            html,
        )
            .into_response()
    }

    /// The shell of this visit, to be changed with `..`.
    pub fn shell(&self, title: &str) -> Shell {
        Shell {
            title: title.to_owned(),
            viewer: match self.actor.member() {
                None => Viewer::Anonymous,
                Some(member) => Viewer::Staff {
                    name: member.name.clone(),
                    links: account::links(member),
                },
            },
            path: self.path.clone(),
            demonstration: self.demonstration,
            assets: asset_paths().clone(),
            ..Shell::default()
        }
    }
}
