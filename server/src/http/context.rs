//! One request: who asks, when, from where; and how a page is answered.

use app::ui::shell::{Shell, Viewer, document};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::account::Actor;
use leptos::prelude::IntoView;
use tower_sessions::Session;

use std::ops::Deref;

use crate::account::queries::actor::actor;
use crate::client::ClientAddress;
use crate::granted::Caller;
use crate::http::asset_paths;
use crate::http::client;
use crate::http::error::Error;
use crate::{App, record};

/// Everything a handler needs to know about a request but its own input.
#[derive(Clone)]
pub struct RequestContext {
    /// The application.
    pub app: App,
    /// Who asks, and when. Its fields are this context's own.
    pub caller: Caller,
    /// The browser's session; empty for residents.
    pub session: Session,
    /// The path asked for.
    pub path: String,
    /// Where it comes from, for limits only.
    pub client: ClientAddress,
    /// Whether the site is a demonstration.
    pub demonstration: bool,
}

impl<S> FromRequestParts<S> for RequestContext
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if let Some(context) = parts.extensions.get::<RequestContext>() {
            return Ok(context.clone());
        }
        let mut context = Self::of_anyone(parts, &App::from_ref(state)).await?;
        context.find_actor(&parts.headers).await?;
        parts.extensions.insert(context.clone());
        Ok(context)
    }
}

impl Deref for RequestContext {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl RequestContext {
    /// Of somebody of whom nobody knows yet who they are.
    pub(super) async fn of_anyone(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let session = Session::from_request_parts(parts, app)
            .await
            .map_err(|(_, why)| Error::unexpected(why))?;
        let demonstration = match app.pages.is_demonstration() {
            Some(known) => known,
            None => record::site::state(app.db.read())
                .await
                .map(|s| s.1)
                .unwrap_or(false),
        };
        Ok(Self {
            caller: Caller {
                actor: Actor::Anyone,
                now: app.clock.now(),
            },
            path: parts.uri.path().to_owned(),
            client: client::address(parts, app.config.trusted_proxies),
            session,
            demonstration,
            app: app.clone(),
        })
    }

    /// Looks who it is.
    pub(super) async fn find_actor(&mut self, headers: &HeaderMap) -> Result<(), Error> {
        if headers.contains_key(header::COOKIE) {
            self.caller.actor = actor(&self.app.db, &self.session, self.caller.now).await?;
        }
        Ok(())
    }

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

    /// A page that has islands, so that the shell loads them; `refused` as in [`Self::refused`].
    pub fn page_with_islands<V: IntoView + 'static>(
        &self,
        title: &str,
        refused: bool,
        body: impl FnOnce() -> V,
    ) -> Response {
        let (status, title) = match refused {
            true => (StatusCode::UNPROCESSABLE_ENTITY, format!("Error: {title}")),
            false => (StatusCode::OK, title.to_owned()),
        };
        let shell = Shell {
            islands: true,
            ..self.shell(&title)
        };
        self.page_of(status, shell, body)
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

    /// The shell of this context, to be changed with `..`.
    pub fn shell(&self, title: &str) -> Shell {
        Shell {
            title: title.to_owned(),
            viewer: match self.actor.member() {
                None => Viewer::Anonymous,
                Some(member) => Viewer::Staff {
                    name: member.name.clone(),
                    links: app::ui::navigation::links(member),
                },
            },
            path: self.path.clone(),
            demonstration: self.demonstration,
            assets: asset_paths().clone(),
            ..Shell::default()
        }
    }
}
