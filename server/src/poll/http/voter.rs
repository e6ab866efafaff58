//! The doors of voting: the poll, its ballot paper, casting, the receipt.
//!
//! Invariant: GET changes nothing and issues nothing.

use app::messages::poll::voter as words;
use app::poll::forms::{self, CODE};
use app::poll::pages::voter as pages;
use app::ui::form::FormState;
use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::code::Code;
use domain::poll::Electorate;
use domain::poll::policy::may_cast;
use domain::poll::read::PaperView;

use super::request::PollRequest;
use super::voter_entry;
use crate::App;
use crate::http::{Error, Form, Query, see_other};
use crate::limits::Limited;
use crate::poll::commands::{CastBallot, CastBallotRefused, cast_ballot};
use crate::poll::{code, queries};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/polls/{number}", get(show))
        .route(
            "/consultations/{slug}/polls/{number}/paper",
            get(paper).post(mark),
        )
        .route("/consultations/{slug}/polls/{number}/cast", post(cast))
        .route("/consultations/{slug}/polls/{number}/receipt", get(receipt))
        .route("/consultations/{slug}/polls/{number}/forget", post(forget))
        .route(
            "/consultations/{slug}/polls/{number}/ballots.json",
            get(ballots),
        )
}

async fn show(request: PollRequest) -> Result<Response, Error> {
    let view = request.view().await?;
    let db = request.context.app.db.read();
    let published = queries::is_published(db, request.poll.id).await?;
    let turnout = queries::public_turnout(db, &request.poll, published).await?;
    let holds = request.held.is_some();
    let title = &request.poll.question;
    Ok(request
        .context
        .page(title, || pages::poll(&view, &turnout, holds)))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct PaperQuery {
    /// Whether the paper was issued just now.
    issued: Option<String>,
}

async fn paper(request: PollRequest, Query(query): Query<PaperQuery>) -> Result<Response, Error> {
    if may_cast(&request.on, request.context.now).is_err() {
        return Ok(see_other(&request.path()));
    }
    if let Some(held) = &request.held
        && let Some(shown) = request.paper(held).await?
    {
        let state = shown.cast.as_ref().map(forms::state).unwrap_or_default();
        let page = PaperPage {
            shown: &shown,
            code: held,
            fresh: query.issued.is_some(),
        };
        return Ok(page.answer(&request, &state));
    }
    if request.poll.electorate == Electorate::Open {
        // The browser gets its code with the page, so that two windows have the same paper.
        let code = code::fresh().map_err(Error::unexpected)?;
        let shown = request.paper(&code).await?.ok_or(Error::NotFound)?;
        let page = PaperPage {
            shown: &shown,
            code: &code,
            fresh: false,
        };
        let page = page.answer(&request, &FormState::new());
        return Ok(request.keep(page, &code));
    }
    voter_entry::page(&request, FormState::new()).await
}

/// A ballot paper on its page.
struct PaperPage<'a> {
    shown: &'a PaperView,
    code: &'a Code,
    /// Whether it was issued just now.
    fresh: bool,
}

impl PaperPage<'_> {
    fn answer(&self, request: &PollRequest, state: &FormState) -> Response {
        let signed = request.sign(self.code);
        let title = "Your ballot paper";
        let page = || pages::paper(self.shown, &signed, self.fresh, state);
        request
            .context
            .page_with_islands(title, state.is_refused(), page)
    }
}

/// The paper that a form is about, if there is one. The form's own code comes first: the browser may
/// hold somebody else's by now.
async fn paper_of(request: &PollRequest, form: &Form) -> Result<Option<(Code, PaperView)>, Error> {
    if !form.pairs.has(CODE) {
        return Err(Error::Malformed);
    }
    let code = request
        .verify(form.pairs.one(CODE))
        .or_else(|| request.held.clone());
    let Some(code) = code else { return Ok(None) };
    let shown = request.paper(&code).await?;
    Ok(shown.map(|shown| (code, shown)))
}

/// Where to get a paper, for somebody who has none.
async fn no_paper(request: &PollRequest) -> Result<Response, Error> {
    let mut state = FormState::new();
    state.refuse("", words::NO_PAPER);
    voter_entry::page(request, state).await
}

/// Looks at a marked paper: *check your ballot*, or the paper again.
async fn mark(request: PollRequest, form: Form) -> Result<Response, Error> {
    if let Some(closed) = request.closed().await? {
        return Ok(closed);
    }
    let Some((code, shown)) = paper_of(&request, &form).await? else {
        return no_paper(&request).await;
    };
    let page = PaperPage {
        shown: &shown,
        code: &code,
        fresh: false,
    };
    let typed = FormState::from_pairs(form.pairs.iter());
    if matches!(form.pairs.one("go"), "change" | "count") {
        return Ok(page.answer(&request, &typed));
    }
    Ok(match forms::ballot(&request.poll, &form.pairs) {
        Ok(choices) => {
            let signed = request.sign(&code);
            request.context.page("Check your ballot", || {
                pages::check_ballot(&shown, &signed, &choices)
            })
        }
        Err(errors) => page.answer(&request, &typed.refused(errors)),
    })
}

async fn cast(request: PollRequest, form: Form) -> Result<Response, Error> {
    let (app, client) = (&request.context.app, request.context.client);
    app.limits.check(Limited::Submit, client)?;
    if let Some(closed) = request.closed().await? {
        return Ok(closed);
    }
    let Some((code, shown)) = paper_of(&request, &form).await? else {
        return no_paper(&request).await;
    };
    let page = PaperPage {
        shown: &shown,
        code: &code,
        fresh: false,
    };
    let again = |errors| {
        let typed = FormState::from_pairs(form.pairs.iter());
        page.answer(&request, &typed.refused(errors))
    };
    let choices = match forms::ballot(&request.poll, &form.pairs) {
        Ok(choices) => choices,
        Err(errors) => return Ok(again(errors)),
    };
    let command = CastBallot {
        poll: request.address(),
        code: code.clone(),
        choices,
        from: client,
    };
    let Err(refused) = cast_ballot(app, &request.context, command).await else {
        return Ok(request.keep(see_other(&request.part("receipt")), &code));
    };
    match refused.because()? {
        CastBallotRefused::NotNow(why) => request.not_now(why).await,
        CastBallotRefused::Ballot(why) => Ok(again(vec![forms::wrong(&request.poll, why)])),
        CastBallotRefused::NoPaper => no_paper(&request).await,
    }
}

async fn receipt(request: PollRequest) -> Result<Response, Error> {
    let check = see_other(&request.part("check"));
    let Some(held) = &request.held else {
        return Ok(check);
    };
    let found = queries::ballot(request.context.app.db.read(), &request.poll, held).await?;
    let Some(commitment) = found.and_then(|ballot| ballot.commitment) else {
        return Ok(check);
    };
    let Some(shown) = request.paper(held).await? else {
        return Ok(check);
    };
    Ok(request.context.page("Your ballot is cast", || {
        pages::receipt(&shown, &commitment)
    }))
}

/// Puts the paper of this browser away, so that somebody else can vote in it.
async fn forget(request: PollRequest) -> Result<Response, Error> {
    Ok(request.forget(see_other(&request.path())))
}

/// The published list, byte for byte as its hash in the record was taken.
async fn ballots(request: PollRequest, headers: HeaderMap) -> Result<Response, Error> {
    let (db, poll) = (request.context.app.db.read(), request.poll.id);
    let head = queries::head(db, poll).await?.ok_or(Error::NotFound)?;
    let tag = format!("\"{}\"", head.list_hash);
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains(&tag));
    let kept = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "public, no-cache".to_owned()),
    ];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let published = queries::published(db, poll).await?.ok_or(Error::NotFound)?;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kept, kind, published.list).into_response())
}
