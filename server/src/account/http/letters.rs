//! The front door of letters that did not leave: administrators of the council.

use app::account::pages;
use app::paths;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::read::LettersView;

use crate::App;
use crate::account::commands::{SendLetterAgain, send_letter_again};
use crate::account::queries::letters as queries;
use crate::http::{Error, Path, Query, RequestContext, see_other};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(paths::LETTERS, get(list))
        .route("/desk/letters/{id}/again", post(again))
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct LettersQuery {
    again: Option<String>,
}

async fn list(
    context: RequestContext,
    Query(query): Query<LettersQuery>,
) -> Result<Response, Error> {
    let view = LettersView {
        sent_again: query.again.is_some(),
        ..queries::letters(context.app.db.read(), &context.actor).await?
    };
    let now = context.now;
    Ok(context.page("Letters that were not sent", || pages::letters(view, now)))
}

async fn again(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let command = SendLetterAgain { letter: id };
    send_letter_again(&context.app, &context, command).await?;
    Ok(see_other(&format!("{}?again=1", paths::LETTERS)))
}
