//! The front door of voting: the poll, its ballot paper, vote, the receipt.
//!
//! A voting code is never in an address: it comes in the body of a form or in a cookie of this
//! poll's pages alone. Invariant: GET changes nothing and issues nothing.

use app::messages::poll::voter as words;
use app::paths;
use app::poll::forms::{self, CODE};
use app::poll::pages::voter as pages;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::consultation::Consultation;
use domain::consultation::policy::Permission;
use domain::poll::policy::{CastRefused, may_cast};
use domain::poll::read::PaperView;
use domain::poll::{Electorate, Poll};

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::{Error, Form, RequestContext, see_other};
use crate::limits::Limited;
use crate::poll::http::voter_entry;
use crate::poll::{code, commands, queries};

/// The routes of voting.
pub fn routes() -> Router<App> {
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
        .merge(voter_entry::routes())
}

/// A poll that is asked for, whoever asks.
pub(super) struct Asked {
    pub context: RequestContext,
    pub on: Consultation,
    pub poll: Poll,
    /// The code that this browser holds.
    pub held: Option<String>,
}

impl Asked {
    /// The poll of this address, if people may know of it.
    pub async fn find(
        context: RequestContext,
        slug: &str,
        number: i32,
        headers: &HeaderMap,
    ) -> Result<Self, Error> {
        let on = permitted(context.app.db.read(), &context, slug, Permission::View).await?;
        let known = on.stage(context.now).is_public() && on.voting_allowed;
        let poll = queries::poll(context.app.db.read(), &on, number)
            .await?
            .filter(|poll| known && poll.faults().is_empty())
            .ok_or(Error::NotFound)?;
        let held = code::held(&context.app.config, poll.id, headers);
        Ok(Self {
            context,
            on,
            poll,
            held,
        })
    }

    /// What pages show of it: never the seed.
    pub async fn view(&self) -> Result<domain::poll::read::PollView, Error> {
        let mut poll = self.poll.clone();
        poll.seed.clear();
        let db = self.context.app.db.read();
        Ok(queries::view(db, &self.on, poll, self.context.now).await?)
    }

    /// The paper of a code, with what it says now; none where no paper was issued for it.
    pub async fn paper(&self, voting_code: &str) -> Result<Option<PaperView>, Error> {
        let db = self.context.app.db.read();
        let found = queries::ballot(db, &self.poll, voting_code).await?;
        if found.is_none() && self.poll.electorate != Electorate::Open {
            return Ok(None);
        }
        Ok(Some(PaperView {
            view: self.view().await?,
            cast: found.and_then(|ballot| ballot.choices),
            code: code::typed(voting_code).to_string(),
        }))
    }

    pub fn sign(&self, voting_code: &str) -> String {
        code::sign(&self.context.app.config, self.poll.id, voting_code)
    }

    /// The address of a page below this poll.
    pub fn part(&self, part: &str) -> String {
        paths::poll_part(&self.on.slug, self.poll.number, part)
    }

    /// The answer, with the code in the cookie; or with no code there any more.
    pub fn keep(&self, mut response: Response, voting_code: Option<&str>) -> Response {
        let path = paths::poll(&self.on.slug, self.poll.number);
        let signed = voting_code.map(|one| self.sign(one));
        let cookie = code::cookie(&self.context.app.config, &path, signed.as_deref());
        if let Some(value) = cookie {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }

    /// The page that says why nobody can vote now.
    async fn not_now(&self, refused: CastRefused) -> Result<Response, Error> {
        let view = self.view().await?;
        let title = words::cast(refused, &view.opens, &view.closes).0;
        Ok(self.context.page_with(StatusCode::FORBIDDEN, title, || {
            pages::not_now(&view, refused)
        }))
    }

    /// Whether ballots are taken now; else the answer that says why not.
    pub async fn may_vote(&self) -> Result<Result<(), Response>, Error> {
        match may_cast(&self.on, self.context.now) {
            Ok(()) => Ok(Ok(())),
            Err(CastRefused::Unknown | CastRefused::NotUnderThisRegime) => Err(Error::NotFound),
            Err(refused) => self.not_now(refused).await.map(Err),
        }
    }
}

async fn show(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let view = asked.view().await?;
    let turnout = queries::turnout(asked.context.app.db.read(), &asked.poll).await?;
    let holds = asked.held.is_some();
    Ok(asked
        .context
        .page(&asked.poll.question, || pages::poll(&view, &turnout, holds)))
}

async fn paper(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    axum::extract::Query(told): axum::extract::Query<Told>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    if may_cast(&asked.on, asked.context.now).is_err() {
        return Ok(see_other(&paths::poll(&slug, number)));
    }
    if let Some(held) = &asked.held
        && let Some(shown) = asked.paper(held).await?
    {
        let state = shown.cast.as_ref().map(forms::state).unwrap_or_default();
        return Ok(paper_page(
            &asked,
            &shown,
            held,
            told.issued.is_some(),
            &state,
        ));
    }
    if asked.poll.electorate == Electorate::Open {
        // The browser gets its code with the page, so that two windows have the same paper.
        let fresh = code::fresh().map_err(Error::unexpected)?;
        let shown = asked.paper(&fresh).await?.ok_or(Error::NotFound)?;
        let page = paper_page(&asked, &shown, &fresh, false, &FormState::new());
        return Ok(asked.keep(page, Some(&fresh)));
    }
    voter_entry::page(&asked, FormState::new()).await
}

#[derive(serde::Deserialize)]
struct Told {
    issued: Option<String>,
}

fn paper_page(
    asked: &Asked,
    shown: &PaperView,
    voting_code: &str,
    fresh: bool,
    state: &FormState,
) -> Response {
    let signed = asked.sign(voting_code);
    let title = "Your ballot paper";
    let page = || pages::paper(shown, &signed, fresh, state);
    if state.is_refused() {
        asked.context.refused(title, page)
    } else {
        asked.context.page(title, page)
    }
}

/// The voting code of a form, or that of the browser. The form's own comes first: the browser may
/// hold somebody else's by now.
fn code_of(asked: &Asked, form: &Form) -> Option<String> {
    code::verify(
        &asked.context.app.config,
        asked.poll.id,
        form.pairs.one(CODE),
    )
    .or_else(|| asked.held.clone())
}

/// The paper that a form is about, or where to get one.
async fn paper_of(
    asked: &Asked,
    form: &Form,
) -> Result<Result<(String, PaperView), Response>, Error> {
    if !form.pairs.has(CODE) {
        return Err(Error::Malformed);
    }
    if let Some(voting_code) = code_of(asked, form)
        && let Some(shown) = asked.paper(&voting_code).await?
    {
        return Ok(Ok((voting_code, shown)));
    }
    let mut state = FormState::new();
    state.refuse("", words::NO_PAPER);
    voter_entry::page(asked, state).await.map(Err)
}

/// Looks at a marked paper: *check your ballot*, or the paper again.
async fn mark(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    if let Err(answer) = asked.may_vote().await? {
        return Ok(answer);
    }
    let (voting_code, shown) = match paper_of(&asked, &form).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    let typed = FormState::from_pairs(form.pairs.iter());
    if form.pairs.one("go") == "change" {
        return Ok(paper_page(&asked, &shown, &voting_code, false, &typed));
    }
    Ok(match forms::ballot(&asked.poll, &form.pairs) {
        Ok(choices) => {
            let signed = asked.sign(&voting_code);
            asked.context.page("Check your ballot", || {
                pages::check_ballot(&shown, &signed, &choices)
            })
        }
        Err(errors) => {
            let state = typed.refused(errors);
            paper_page(&asked, &shown, &voting_code, false, &state)
        }
    })
}

async fn cast(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Submit, context.client)?;
    let asked = Asked::find(context, &slug, number, &headers).await?;
    if let Err(answer) = asked.may_vote().await? {
        return Ok(answer);
    }
    let (voting_code, shown) = match paper_of(&asked, &form).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    let choices = match forms::ballot(&asked.poll, &form.pairs) {
        Ok(choices) => choices,
        Err(errors) => {
            let state = FormState::from_pairs(form.pairs.iter()).refused(errors);
            return Ok(paper_page(&asked, &shown, &voting_code, false, &state));
        }
    };
    let RequestContext { app, client, .. } = &asked.context;
    let cast = commands::cast(app, &asked.on, &asked.poll, &voting_code, &choices, *client).await?;
    match cast {
        Ok(()) => Ok(asked.keep(see_other(&asked.part("receipt")), Some(&voting_code))),
        Err(commands::NotCast::Published) => asked.not_now(CastRefused::Closed).await,
        Err(commands::NotCast::NoPaper) => {
            let mut state = FormState::new();
            state.refuse("", words::NO_PAPER);
            voter_entry::page(&asked, state).await
        }
    }
}

async fn receipt(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let check = see_other(&asked.part("check"));
    let Some(held) = &asked.held else {
        return Ok(check);
    };
    let found = queries::ballot(asked.context.app.db.read(), &asked.poll, held).await?;
    let Some(commitment) = found.and_then(|ballot| ballot.commitment) else {
        return Ok(check);
    };
    let Some(shown) = asked.paper(held).await? else {
        return Ok(check);
    };
    Ok(asked.context.page("Your ballot is cast", || {
        pages::receipt(&shown, &commitment)
    }))
}

/// Puts the paper of this browser away, so that somebody else can vote in it.
async fn forget(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let next = see_other(&paths::poll(&slug, number));
    Ok(asked.keep(next, None))
}

/// The published list, byte for byte as its hash in the record was taken.
async fn ballots(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let published = queries::published(asked.context.app.db.read(), asked.poll.id)
        .await?
        .ok_or(Error::NotFound)?;
    let tag = format!("\"{}\"", published.list_hash);
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
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kept, kind, published.list).into_response())
}
