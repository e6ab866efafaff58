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

/// What the list is told became of a letter.
const SENT: &str = "sent";
const NOT_SENT: &str = "not-sent";

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct LettersQuery {
    again: Option<String>,
    page: u64,
}

async fn list(
    context: RequestContext,
    Query(query): Query<LettersQuery>,
) -> Result<Response, Error> {
    let view = LettersView {
        again: match query.again.as_deref() {
            Some(SENT) => Some(true),
            Some(NOT_SENT) => Some(false),
            _ => None,
        },
        ..queries::letters(context.app.db.read(), &context.actor, query.page).await?
    };
    let now = context.now;
    Ok(context.page("Emails that were not sent", || pages::letters(view, now)))
}

async fn again(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let command = SendLetterAgain { letter: id };
    let sent = send_letter_again(&context.app, &context, command).await?;
    let became = if sent { SENT } else { NOT_SENT };
    Ok(see_other(&format!("{}?again={became}", paths::LETTERS)))
}
