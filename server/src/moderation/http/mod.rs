//! The front door of moderation.

use app::messages::moderation as words;
use app::moderation::pages::{self, Refusal};
use app::ui::conflict::VERSION;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::edit::Version;
use domain::moderation::policy::may_see_queue;
use domain::moderation::read::QueueFilter;
use domain::moderation::{State, SubjectKind, decide};

use crate::App;
use crate::error::Denied;
use crate::http::{Error, Form, Query, RequestContext, see_other};
use crate::moderation::commands::{self, TakeDecision};
use crate::moderation::queries;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new().route(app::paths::MODERATION, get(queue).post(take_decision))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct QueueQuery {
    kind: String,
    state: String,
    page: u64,
}

async fn queue(
    context: RequestContext,
    Query(query): Query<QueueQuery>,
) -> Result<Response, Error> {
    let filter = QueueFilter {
        kind: SubjectKind::from_code(&query.kind).unwrap_or(SubjectKind::Answer),
        state: State::from_code(&query.state).unwrap_or(State::Held),
        page: query.page,
    };
    let view = queries::queue(context.app.db.read(), &context, filter).await?;
    Ok(context.page("Moderation", || pages::queue(view, None)))
}

async fn take_decision(context: RequestContext, form: Form) -> Result<Response, Error> {
    // A stranger is sent to sign in whatever they sent.
    may_see_queue(&context.actor)?;
    let kind = SubjectKind::from_code(form.pairs.one("kind")).ok_or(Error::Malformed)?;
    let id: i64 = form
        .pairs
        .one("item")
        .parse()
        .map_err(|_| Error::Malformed)?;
    let filter = QueueFilter {
        kind,
        state: State::from_code(form.pairs.one("state")).unwrap_or(State::Held),
        page: form.pairs.one("page").parse().unwrap_or(1),
    };
    let refusal = match decide(form.pairs.one("decision"), form.pairs.one("reason")) {
        Err(refused) => Refusal::Rule {
            id,
            message: words::refused(refused),
        },
        Ok(decision) => {
            let command = TakeDecision {
                kind,
                id,
                decision,
                seen: Version::typed(form.pairs.one(VERSION)),
            };
            match commands::take_decision(&context.app, &context, command).await {
                Ok(()) => return Ok(see_other(&pages::address(filter))),
                Err(Denied::Changed(changed)) => Refusal::Changed {
                    item: queries::item(context.app.db.read(), &context, kind, id).await?,
                    changed,
                    meant: decision,
                },
                Err(denied) => return Err(denied.into()),
            }
        }
    };
    let view = queries::queue(context.app.db.read(), &context, filter).await?;
    Ok(context.refused("Moderation", || pages::queue(view, Some(refusal))))
}
