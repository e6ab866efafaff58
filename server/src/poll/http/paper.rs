//! Ballots on paper: the paper to print, and the page that keys one that came back.

use app::messages::poll::desk as words;
use app::poll::pages;
use app::ui::conflict::KEY;
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::edit::CreationKey;
use domain::poll::policy::{may_key_paper, may_see_desk};
use domain::poll::read::DeskPoll;
use domain::poll::{Choice, Choices, Electorate, Poll, PollAddress};

use crate::App;
use crate::http::{Error, Form, Path, Query, RequestContext, fresh_form};
use crate::poll::code;
use crate::poll::commands::{self, KeyPaperBallot, KeyedBallot, PaperRefused};
use crate::poll::queries::desk;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/desk/consultations/{slug}/polls/{number}/ballot-paper",
            get(ballot_paper),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/paper-votes",
            get(ask_paper).post(key_paper),
        )
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct PaperQuery {
    /// `yes` for large print.
    large: String,
}

async fn ballot_paper(
    context: RequestContext,
    Path(at): Path<PollAddress>,
    Query(query): Query<PaperQuery>,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), &context, &at, may_see_desk).await?;
    let title = format!("Ballot paper: {}", view.view.poll.name());
    Ok(context.page(&title, || pages::ballot_paper(&view, query.large == "yes")))
}

/// The page that keys: for the first time, or to compare with the sealed `first` keying.
fn keying_page(
    context: &RequestContext,
    view: &DeskPoll,
    state: &FormState,
    first: &str,
    counted: bool,
) -> Response {
    let keyed = counted.then_some(view.turnout.paper);
    let title = format!("Paper ballots: {}", view.view.poll.name());
    if state.is_refused() {
        context.refused(&title, || pages::paper_votes(view, state, first, keyed))
    } else {
        context.page(&title, || pages::paper_votes(view, state, first, keyed))
    }
}

async fn ask_paper(
    context: RequestContext,
    Path(at): Path<PollAddress>,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), &context, &at, may_key_paper).await?;
    Ok(keying_page(&context, &view, &fresh_form()?, "", false))
}

/// The marks as keyed, within the rules of the paper.
fn marked(form: &Form, poll: &Poll, state: &mut FormState) -> Option<Choices> {
    let mut marks = Vec::new();
    for one in &poll.options {
        let field = pages::mark_field(one.position);
        match form.pairs.one(&field) {
            "" => {}
            text => match text.parse() {
                Ok(value) => marks.push(Choice {
                    option: one.position,
                    value,
                }),
                Err(_) => state.refuse(field, words::MARK_UNREADABLE),
            },
        }
    }
    match poll.choices(&marks) {
        Ok(choices) if !state.is_refused() => Some(choices),
        Ok(_) => None,
        Err(refused) => {
            let (field, message) = pages::paper_refused(poll, refused);
            state.refuse(field, message);
            None
        }
    }
}

async fn key_paper(
    context: RequestContext,
    Path(at): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), &context, &at, may_key_paper).await?;
    let poll = &view.view.poll;
    let key = CreationKey::typed(form.pairs.one(KEY));
    if key.as_str().is_empty() {
        return Err(Error::Malformed);
    }
    let mut state = FormState::from_pairs(form.pairs.iter());
    let code = code::typed(form.pairs.one("code")).letters().to_owned();
    if poll.electorate == Electorate::Register && code.is_empty() {
        state.refuse("code", words::CODE_UNKNOWN);
    }
    let first = form.pairs.one("first").to_owned();
    let choices = marked(&form, poll, &mut state).filter(|_| !state.is_refused());
    let Some(choices) = choices else {
        return Ok(keying_page(&context, &view, &state, &first, false));
    };
    let keyed = KeyedBallot { key, code, choices };
    if first.is_empty() {
        // The second keying begins empty, so that it is a second reading of the paper.
        let sealed = keyed.sealed(&context.app);
        let again = FormState::new().with(KEY, keyed.key.as_str());
        return Ok(keying_page(&context, &view, &again, &sealed, false));
    }
    let command = KeyPaperBallot {
        poll: at.clone(),
        first,
        second: keyed,
    };
    match commands::key_paper_ballot(&context.app, &context, command).await {
        Ok(()) => {
            let view = desk::poll(context.app.db.read(), &context, &at, may_key_paper).await?;
            Ok(keying_page(&context, &view, &fresh_form()?, "", true))
        }
        Err(refused) => {
            match refused.because()? {
                PaperRefused::KeyedDifferently => state.refuse("", words::KEYED_DIFFERENTLY),
                PaperRefused::CodeUnknown => state.refuse("code", words::CODE_UNKNOWN),
                PaperRefused::CodeUsed => state.refuse("code", words::CODE_USED),
                PaperRefused::Published => state.refuse("", words::ALREADY_PUBLISHED),
            }
            Ok(keying_page(&context, &view, &state, "", false))
        }
    }
}
