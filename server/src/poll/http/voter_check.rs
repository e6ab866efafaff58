//! Opening a ballot paper by its code, and checking a ballot: among the papers, and in the published
//! list once there is one.

use app::messages::poll::voter as words;
use app::poll::pages::voter::{self as pages, CheckedBallot};
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::code::Code;
use domain::poll::BallotList;
use domain::poll::list::commitment;

use super::request::PollRequest;
use crate::App;
use crate::http::{Error, Form, see_other};
use crate::limits::Guessed;
use crate::poll::{code, queries};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/consultations/{slug}/polls/{number}/open",
            get(ask_code).post(open),
        )
        .route(
            "/consultations/{slug}/polls/{number}/check",
            get(ask_check).post(check),
        )
}

async fn ask_code(request: PollRequest) -> Result<Response, Error> {
    let view = request.view().await?;
    Ok(request.context.page("Open your ballot paper", || {
        pages::ask_code(&view, &FormState::new())
    }))
}

/// Opens a paper in this browser by its code.
async fn open(request: PollRequest, form: Form) -> Result<Response, Error> {
    let app = &request.context.app;
    if !form.pairs.has("code") {
        return Err(Error::Malformed);
    }
    let typed = form.pairs.one("code");
    let code = code::typed(typed);
    // An empty field is no guess.
    let message = if code.is_empty() {
        words::NO_CODE
    } else {
        let client = request.context.client;
        let guess = app.limits.guess(Guessed::Code, client).await?;
        let found = queries::ballot(app.db.read(), &request.poll, &code).await;
        if guess.looked_up(found)?.is_some() {
            return Ok(request.keep(see_other(&request.part("paper")), &code));
        }
        words::CODE_UNKNOWN
    };
    let mut state = FormState::new().with("code", typed);
    state.refuse("code", message);
    let view = request.view().await?;
    Ok(request
        .context
        .refused("Open your ballot paper", || pages::ask_code(&view, &state)))
}

async fn ask_check(request: PollRequest) -> Result<Response, Error> {
    let view = request.view().await?;
    let holds = request.held.is_some();
    Ok(request.context.page("Check your ballot", || {
        pages::check(&view, None, holds, &FormState::new())
    }))
}

async fn check(request: PollRequest, form: Form) -> Result<Response, Error> {
    let app = &request.context.app;
    let own = form.pairs.one("held") == "yes";
    if !own && !form.pairs.has("code") {
        return Err(Error::Malformed);
    }
    let code = match &request.held {
        Some(held) if own => held.clone(),
        _ => code::typed(form.pairs.one("code")),
    };
    let found = if code.is_empty() {
        Err(words::NO_CODE)
    } else {
        let client = request.context.client;
        let guess = app.limits.guess(Guessed::Code, client).await?;
        let found = find(&request, &code, form.pairs.one("show") == "yes").await;
        guess.looked_up(found)?.ok_or(words::CODE_UNKNOWN)
    };
    let view = request.view().await?;
    let holds = request.held.is_some();
    let title = "Check your ballot";
    Ok(match found {
        Ok(found) => {
            let page = request.context.page(title, || {
                pages::check(&view, Some(&found), holds, &FormState::new())
            });
            // So that the next step needs no typing.
            request.keep(page, &code)
        }
        Err(message) => {
            let mut state = FormState::new().with("code", form.pairs.one("code"));
            state.refuse("code", message);
            request
                .context
                .refused(title, || pages::check(&view, None, holds, &state))
        }
    })
}

/// What a code finds: in the published list once there is one, else among the papers.
async fn find(
    request: &PollRequest,
    code: &Code,
    show: bool,
) -> Result<Option<CheckedBallot>, Error> {
    let db = request.context.app.db.read();
    let Some(ballot) = queries::ballot(db, &request.poll, code).await? else {
        return Ok(None);
    };
    let Some(choices) = ballot.choices else {
        return Ok(Some(CheckedBallot::NotCast));
    };
    let Some(published) = queries::published(db, request.poll.id).await? else {
        return Ok(Some(CheckedBallot::Cast(show.then_some(choices))));
    };
    let list: BallotList = serde_json::from_str(&published.list).map_err(Error::unexpected)?;
    let own = commitment(&list.poll, code, &choices);
    Ok((1..)
        .zip(&list.ballots)
        .find(|(_, listed)| listed.commitment == own)
        .map(|(line, listed)| CheckedBallot::Listed {
            line,
            of: list.ballots.len() as u64,
            choices,
            set_aside: listed.set_aside,
            commitment: own.clone(),
        }))
}
