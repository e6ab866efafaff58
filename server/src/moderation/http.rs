//! The front door of moderation.

use app::messages::moderation as words;
use app::moderation::pages;
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use domain::account::{Member, NotPermitted, Role};
use domain::moderation::{State, SubjectKind, decide};

use crate::App;
use crate::http::{Error, Form, RequestContext, see_other};
use crate::moderation::{commands, queries};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new().route(app::paths::MODERATION, get(queue).post(take_decision))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    kind: String,
    state: String,
    page: u64,
}

fn moderator(context: &RequestContext) -> Result<&Member, Error> {
    let member = context.actor.signed_in()?;
    if member.holds_anywhere(Role::Moderator) {
        Ok(member)
    } else {
        Err(NotPermitted::Forbidden.into())
    }
}

async fn queue(context: RequestContext, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let member = moderator(&context)?;
    let kind = SubjectKind::from_code(&asked.kind).unwrap_or(SubjectKind::Answer);
    let state = State::from_code(&asked.state).unwrap_or(State::Held);
    let view = queries::queue(context.app.db.read(), member, kind, state, asked.page).await?;
    Ok(context.page("Moderation", || pages::queue(view, None)))
}

async fn take_decision(context: RequestContext, form: Form) -> Result<Response, Error> {
    let member = moderator(&context)?;
    let kind = SubjectKind::from_code(form.pairs.one("kind")).ok_or(Error::Malformed)?;
    let id: i64 = form
        .pairs
        .one("item")
        .parse()
        .map_err(|_| Error::Malformed)?;
    let state = State::from_code(form.pairs.one("state")).unwrap_or(State::Held);
    let page = form.pairs.one("page").parse().unwrap_or(1);
    match decide(form.pairs.one("decision"), form.pairs.one("reason")) {
        Ok(decision) => {
            commands::decide(&context.app, member, kind, id, decision, context.now).await?;
            Ok(see_other(&pages::address(kind, state, page)))
        }
        Err(refused) => {
            let view = queries::queue(context.app.db.read(), member, kind, state, page).await?;
            let message = words::refused(refused);
            Ok(context.refused("Moderation", || pages::queue(view, Some((id, message)))))
        }
    }
}
