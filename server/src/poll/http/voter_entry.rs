//! Getting a ballot paper, by letter or by email.

use app::messages::poll::voter as words;
use app::poll::forms::CODE;
use app::poll::pages::voter as pages;
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::Email;
use domain::calendar::uk_day;
use domain::council::Postcode;
use domain::poll::Electorate;

use super::request::PollRequest;
use crate::App;
use crate::error::Refused;
use crate::http::{Error, Form, Query, see_other};
use crate::limits::{Guessed, Limited};
use crate::poll::commands::{
    IssuePaper, IssueRefused, Proof, RequestLink, RequestRefused, issue_paper, request_link,
};
use crate::poll::{code, link};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/polls/{number}/issue", post(issue))
        .route("/consultations/{slug}/polls/{number}/request", post(ask))
        .route("/consultations/{slug}/polls/{number}/link", get(follow))
}

/// Where somebody gets their paper, with a fresh voting code in the form.
pub(super) async fn page(request: &PollRequest, state: FormState) -> Result<Response, Error> {
    let view = request.view().await?;
    let fresh = code::fresh().map_err(Error::unexpected)?;
    let signed = request.sign(&fresh);
    let title = "Get your ballot paper";
    let page = || pages::entry(&view, &signed, &state);
    Ok(if state.is_refused() {
        request.context.refused(title, page)
    } else {
        request.context.page(title, page)
    })
}

async fn link_page(
    request: &PollRequest,
    token: &str,
    state: FormState,
) -> Result<Response, Error> {
    let view = request.view().await?;
    let fresh = code::fresh().map_err(Error::unexpected)?;
    let signed = request.sign(&fresh);
    let title = "Your ballot paper is ready";
    let page = || pages::link(&view, token, &signed, &state);
    Ok(if state.is_refused() {
        request.context.refused(title, page)
    } else {
        request.context.page(title, page)
    })
}

async fn issue(request: PollRequest, form: Form) -> Result<Response, Error> {
    let app = &request.context.app;
    if let Some(closed) = request.closed().await? {
        return Ok(closed);
    }
    let (letter, token) = (form.pairs.one("letter"), form.pairs.one("token"));
    let mut state = FormState::new().with("letter", letter);
    let proof = if form.pairs.has("letter") {
        Proof::Letter(letter.to_owned())
    } else if token.is_empty() {
        return Err(Error::Malformed);
    } else {
        Proof::Link(token.to_owned())
    };
    if proof == Proof::Letter(String::new()) {
        state.refuse("letter", words::NO_CODE);
        return page(&request, state).await;
    }
    let code = request
        .verify(form.pairs.one(CODE))
        .ok_or(Error::Malformed)?;
    let command = IssuePaper {
        poll: request.address(),
        proof: proof.clone(),
        code: code.clone(),
    };
    let client = request.context.client;
    let guess = app.limits.guess(Guessed::Code, client).await?;
    let issued = issue_paper(app, &request.context, command).await;
    // What was wrong is a letter or a link that is unknown, and nothing else.
    if !matches!(issued, Err(Refused::Because(IssueRefused::Unknown))) {
        guess.give_back();
    }
    let Err(refused) = issued else {
        let next = format!("{}?issued=1", request.part("paper"));
        return Ok(request.keep(see_other(&next), &code));
    };
    match (refused.because()?, proof) {
        (IssueRefused::NotNow(why), _) => request.not_now(why).await,
        (refused, Proof::Letter(_)) => {
            let message = match refused {
                IssueRefused::Used => words::LETTER_USED,
                IssueRefused::StaleForm => words::STALE_FORM,
                _ => words::LETTER_UNKNOWN,
            };
            state.refuse("letter", message);
            page(&request, state).await
        }
        (IssueRefused::StaleForm, Proof::Link(token)) => {
            state.refuse("", words::STALE_FORM);
            link_page(&request, &token, state).await
        }
        (refused, Proof::Link(_)) => {
            let message = match refused {
                IssueRefused::Used => words::LINK_USED,
                _ => words::LINK_EXPIRED,
            };
            state.refuse("", message);
            page(&request, state).await
        }
    }
}

async fn ask(request: PollRequest, form: Form) -> Result<Response, Error> {
    let app = &request.context.app;
    app.limits.check(Limited::Letter, request.context.client)?;
    if let Some(closed) = request.closed().await? {
        return Ok(closed);
    }
    if !form.pairs.has("email") {
        return Err(Error::Malformed);
    }
    let mut state = FormState::from_pairs(form.pairs.iter());
    let postcode = Postcode::parse(form.pairs.one("postcode")).ok();
    let Ok(email) = Email::parse(form.pairs.one("email")) else {
        state.refuse("email", words::NOT_AN_EMAIL);
        if postcode.is_none() && matches!(request.poll.electorate, Electorate::Ward { .. }) {
            state.refuse("postcode", words::UNKNOWN_POSTCODE);
        }
        return page(&request, state).await;
    };
    let command = RequestLink {
        poll: request.address(),
        email,
        postcode,
    };
    let view = request.view().await?;
    let Err(refused) = request_link(app, &request.context, command).await else {
        return Ok(request
            .context
            .page("Check your email", || pages::sent(&view)));
    };
    match refused.because()? {
        RequestRefused::NotNow(why) => request.not_now(why).await,
        RequestRefused::PostcodeUnknown => {
            state.refuse("postcode", words::UNKNOWN_POSTCODE);
            page(&request, state).await
        }
        RequestRefused::LivesElsewhere => {
            state.refuse("postcode", words::elsewhere(&pages::wards(&view)));
            page(&request, state).await
        }
    }
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct LinkQuery {
    token: String,
}

/// Where the link of an email leads. Programs that look at links before people do change nothing.
async fn follow(request: PollRequest, Query(query): Query<LinkQuery>) -> Result<Response, Error> {
    if let Some(closed) = request.closed().await? {
        return Ok(closed);
    }
    let secret = &request.context.app.config.secret;
    let today = uk_day(request.context.now);
    if link::check(secret, request.poll.id, &query.token, today).is_err() {
        let mut state = FormState::new();
        state.refuse("", words::LINK_EXPIRED);
        return page(&request, state).await;
    }
    link_page(&request, &query.token, FormState::new()).await
}
