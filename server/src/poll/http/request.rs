//! A request about a poll: which poll, whoever asks, and the voting code that their browser holds.
//!
//! A voting code is never in an address: it comes in the body of a form or in a cookie of this
//! poll's pages alone.

use app::messages::poll::voter as words;
use app::paths;
use app::poll::pages::voter as pages;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use domain::code::Code;
use domain::consultation::Consultation;
use domain::consultation::policy::Permission;
use domain::poll::policy::{CastRefused, may_cast};
use domain::poll::read::{PaperView, PollView};
use domain::poll::{Electorate, Poll, PollAddress};

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::cookie::{self, HALF_A_YEAR, NewCookie, SameSite};
use crate::http::{Error, Path, RequestContext};
use crate::poll::{code, queries};

/// The cookie of a voter, for the pages of one poll only.
const COOKIE: &str = "ballot";

/// A request about a poll of a consultation that is public.
pub(super) struct PublicPoll {
    pub context: RequestContext,
    pub on: Consultation,
    pub poll: Poll,
}

impl FromRequestParts<App> for PublicPoll {
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

/// A request about a poll that is fit to be voted in.
pub(super) struct PollRequest {
    pub context: RequestContext,
    pub on: Consultation,
    pub poll: Poll,
    /// The code that this browser holds.
    pub held: Option<Code>,
}

impl FromRequestParts<App> for PollRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let PublicPoll { context, on, poll } = PublicPoll::from_request_parts(parts, app).await?;
        if !on.voting_allowed || !poll.faults().is_empty() {
            return Err(Error::NotFound);
        }
        let held = cookie::values(&parts.headers, COOKIE)
            .find_map(|signed| code::verify(&app.config.secret, poll.id, signed));
        Ok(Self {
            context,
            on,
            poll,
            held,
        })
    }
}

impl PollRequest {
    /// The poll, as use cases name it.
    pub fn address(&self) -> PollAddress {
        PollAddress {
            slug: self.on.slug.clone(),
            number: self.poll.number,
        }
    }

    /// What pages show of it: never the seed.
    pub async fn view(&self) -> Result<PollView, Error> {
        let mut poll = self.poll.clone();
        poll.seed.clear();
        let db = self.context.app.db.read();
        Ok(queries::view(db, &self.on, poll, self.context.now).await?)
    }

    /// The paper of a code, with what it says now; none where no paper was issued for it.
    pub async fn paper(&self, voting_code: &Code) -> Result<Option<PaperView>, Error> {
        let db = self.context.app.db.read();
        let found = queries::ballot(db, &self.poll, voting_code).await?;
        if found.is_none() && self.poll.electorate != Electorate::Open {
            return Ok(None);
        }
        Ok(Some(PaperView {
            view: self.view().await?,
            cast: found.and_then(|ballot| ballot.choices),
            code: voting_code.to_string(),
        }))
    }

    /// A code as a form of this poll carries it.
    pub fn sign(&self, voting_code: &Code) -> String {
        code::sign(&self.context.app.config.secret, self.poll.id, voting_code)
    }

    /// The code that a form of this poll carries, if it is ours.
    pub fn verify(&self, signed: &str) -> Option<Code> {
        code::verify(&self.context.app.config.secret, self.poll.id, signed)
    }

    /// The address of the poll's own page.
    pub fn path(&self) -> String {
        paths::poll(&self.on.slug, self.poll.number)
    }

    /// The address of a page below this poll.
    pub fn part(&self, part: &str) -> String {
        paths::poll_part(&self.on.slug, self.poll.number, part)
    }

    /// The answer, with the code in the cookie.
    pub fn keep(&self, response: Response, voting_code: &Code) -> Response {
        let ballot = NewCookie {
            name: COOKIE,
            value: &self.sign(voting_code),
            path: &self.path(),
            seconds: HALF_A_YEAR,
            same_site: SameSite::Lax,
        };
        ballot.on(&self.context.app.config, response)
    }

    /// The answer, with no code in the cookie any more.
    pub fn forget(&self, response: Response) -> Response {
        cookie::forget(&self.context.app.config, COOKIE, &self.path(), response)
    }

    /// The page that says why nobody can vote now.
    pub async fn not_now(&self, refused: CastRefused) -> Result<Response, Error> {
        let view = self.view().await?;
        let title = words::cast(refused, &view.opens, &view.closes).0;
        Ok(self.context.page_with(StatusCode::FORBIDDEN, title, || {
            pages::not_now(&view, refused)
        }))
    }

    /// The page that says why nobody can vote now, if nobody can: so that nobody fills in what will
    /// not be taken. The use cases ask again.
    pub async fn closed(&self) -> Result<Option<Response>, Error> {
        match may_cast(&self.on, self.context.now) {
            Ok(()) => Ok(None),
            Err(CastRefused::Unknown | CastRefused::NotUnderThisRegime) => Err(Error::NotFound),
            Err(refused) => self.not_now(refused).await.map(Some),
        }
    }
}
