//! The result of a poll: the page and its JSON. Anybody may ask; the domain says who may see.

use app::poll::pages::{self, FEWEST_SHOWN, Hidden};
use axum::Router;
use axum::extract::{FromRequestParts, Path};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::consultation::Consultation;
use domain::consultation::policy::Permission;
use domain::poll::Poll;
use domain::poll::policy::{ResultRefused, may_see_result};
use domain::poll::read::ResultView;

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::{Error, RequestContext};
use crate::poll::queries;
use crate::poll::queries::results;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/polls/{number}/result", get(show))
        .route(
            "/consultations/{slug}/polls/{number}/result.json",
            get(json),
        )
}

/// A request for the result of a poll in public.
struct ResultRequest {
    context: RequestContext,
    on: Consultation,
    poll: Poll,
}

impl FromRequestParts<App> for ResultRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Path((slug, number)) = Path::<(String, i32)>::from_request_parts(parts, app)
            .await
            .map_err(|_| Error::NotFound)?;
        let context = RequestContext::from_request_parts(parts, app).await?;
        let on = permitted(app.db.read(), &context, &slug, Permission::View).await?;
        if !on.stage(context.now).is_public() {
            return Err(Error::NotFound);
        }
        let poll = queries::poll(app.db.read(), &on, number)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(Self { context, on, poll })
    }
}

/// The frame of the page, and why there is no count in it, if there is none.
struct Framed {
    frame: ResultView,
    hidden: Option<Hidden>,
}

impl ResultRequest {
    async fn framed(&self) -> Result<Framed, Error> {
        let Self { context, on, poll } = self;
        let hidden = match may_see_result(on, poll, context.now) {
            Ok(()) => None,
            Err(ResultRefused::Sealed) => Some(Hidden::Sealed),
            Err(ResultRefused::NotYetOpen) => Some(Hidden::NotOpen),
            Err(ResultRefused::Unknown) => return Err(Error::NotFound),
        };
        let frame = results::frame(context.app.db.read(), on, poll, context.now).await?;
        let cast = frame.turnout.online + frame.turnout.paper;
        let few = !frame.view.closed && cast < FEWEST_SHOWN;
        Ok(Framed {
            frame,
            hidden: hidden.or(few.then_some(Hidden::TooFew)),
        })
    }
}

async fn show(request: ResultRequest) -> Result<Response, Error> {
    let Framed { frame, hidden } = request.framed().await?;
    let ResultRequest { context, on, poll } = &request;
    let title = format!("Result: {}", poll.question);
    if let Some(why) = hidden {
        return Ok(context.page(&title, || pages::sealed(&frame, why)));
    }
    let (view, _) = results::counted(&context.app, on, poll, frame).await?;
    Ok(context.page(&title, || pages::result(&view)))
}

async fn json(request: ResultRequest) -> Result<Response, Error> {
    let Framed { frame, hidden } = request.framed().await?;
    let ResultRequest { context, on, poll } = &request;
    let turnout = &frame.turnout;
    let mut out = serde_json::json!({
        "poll": app::paths::poll(&on.slug, poll.number),
        "question": poll.question,
        "method": poll.method,
        "electorate": poll.electorate.code(),
        "strength": poll.electorate.strength(),
        "binding": poll.binding,
        "closed": frame.view.closed,
        "turnout": {
            "electors": turnout.electors,
            "online": turnout.online,
            "paper": turnout.paper,
            "set_aside": turnout.set_aside,
        },
        "result": null,
        "hidden": hidden.map(|why| match why {
            Hidden::Sealed => "sealed",
            Hidden::NotOpen => "not-open",
            Hidden::TooFew => "too-few",
        }),
    });
    if hidden.is_none() {
        let (view, working) = results::counted(&context.app, on, poll, frame).await?;
        let options: Vec<_> = poll
            .options
            .iter()
            .map(|one| serde_json::json!({"position": one.position, "name": one.name, "cost": one.cost}))
            .collect();
        if let Some(out) = out.as_object_mut() {
            out.insert("options".to_owned(), options.into());
            let value = |counted| serde_json::to_value(counted).map_err(Error::unexpected);
            out.insert("result".to_owned(), value(&working.counted)?);
            out.insert("with_set_aside".to_owned(), value(&working.with_all)?);
            if let Some(published) = view.published {
                out.insert("list_sha256".to_owned(), published.hash.into());
            }
        }
    }
    Ok((
        [(header::CONTENT_TYPE, "application/json")],
        out.to_string(),
    )
        .into_response())
}
