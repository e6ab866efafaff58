//! The result of a poll: the page and its JSON. Anybody may ask; the domain says who may see.

use app::poll::pages;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::poll::read::PublicTurnout;

use crate::App;
use crate::http::Error;
use crate::poll::http::request::PublicPoll;
use crate::poll::queries::results;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/polls/{number}/result", get(show))
        .route(
            "/consultations/{slug}/polls/{number}/result.json",
            get(json),
        )
}

async fn show(PublicPoll { context, on, poll }: PublicPoll) -> Result<Response, Error> {
    let title = format!("Result: {}", poll.question);
    let found = results::public(&context.app, &on, &poll, context.now).await?;
    Ok(match found.working {
        Ok(_) => context.page(&title, || pages::result(&found.view)),
        Err(why) => context.page(&title, || pages::sealed(&found.view, why)),
    })
}

async fn json(PublicPoll { context, on, poll }: PublicPoll) -> Result<Response, Error> {
    let found = results::public(&context.app, &on, &poll, context.now).await?;
    let turnout = match &found.view.turnout {
        PublicTurnout::Released { voted, electors } => serde_json::json!({
            "about_electors": electors.map(|shown| shown.number()),
            "about": voted.number(),
        }),
        PublicTurnout::Counted(turnout) => serde_json::json!({
            "electors": turnout.electors,
            "online": turnout.online,
            "paper": turnout.paper,
            "set_aside": turnout.set_aside,
        }),
    };
    let mut out = serde_json::json!({
        "poll": app::paths::poll(&on.slug, poll.number),
        "question": poll.question,
        "method": poll.method,
        "electorate": poll.electorate.code(),
        "strength": poll.electorate.strength(),
        "binding": poll.binding,
        "closed": found.view.view.closed,
        "turnout": turnout,
        "result": null,
        "hidden": found.working.as_ref().err().map(|why| why.code()),
    });
    if let Ok(working) = found.working {
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
            if let Some(published) = found.view.published {
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
