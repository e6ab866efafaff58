//! The voting page. GET shows, POST votes; a voter is a signed cookie that only this page gets.

use app::vote::pages;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::{get, post};
use domain::consultation::Consultation;
use domain::consultation::policy::Permission;
use domain::edit::CreationKey;
use domain::ids::StatementId;
use domain::vote::read::AlikeView;
use domain::vote::statement::{Vote, VoteRefused, check_statement, may_vote};

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::cookie::{self, HALF_A_YEAR, NewCookie, SameSite};
use crate::http::{Error, Form, Path, Query, RequestContext, fresh_key, see_other};
use crate::limits::Limited;
use crate::secret;
use crate::vote::commands::{
    AddStatement, CastVote, Origin, StatementRefused, add_statement, cast_vote,
};
use crate::vote::queries::voting::{self, Wanted};

const COOKIE: &str = "voter";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/vote", get(show).post(cast))
        .route("/consultations/{slug}/vote/statement", post(add))
}

/// A request to the voting page of a consultation.
struct VoterRequest {
    context: RequestContext,
    /// The consultation's address name.
    slug: String,
    /// The voter: what the cookie of this browser says, or a fresh token.
    token: String,
    /// Whether it is fresh: the browser has not been given the page.
    fresh: bool,
}

impl FromRequestParts<App> for VoterRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Path(slug) = Path::<String>::from_request_parts(parts, app)
            .await
            .map_err(|_| Error::NotFound)?;
        let context = RequestContext::from_request_parts(parts, app).await?;
        let known = cookie::values(&parts.headers, COOKIE)
            .find_map(|signed| app.config.secret.verify(COOKIE, signed));
        let fresh = known.is_none();
        let token = match known {
            Some(token) => token.to_owned(),
            None => secret::token().map_err(Error::unexpected)?,
        };
        Ok(Self {
            context,
            slug,
            token,
            fresh,
        })
    }
}

impl VoterRequest {
    async fn consultation(&self) -> Result<Consultation, Error> {
        let db = self.context.app.db.read();
        Ok(permitted(db, &self.context, &self.slug, Permission::View).await?)
    }

    /// The answer, with the cookie where this browser has none.
    fn with_cookie(&self, response: Response) -> Response {
        if !self.fresh {
            return response;
        }
        let config = &self.context.app.config;
        let voter = NewCookie {
            name: COOKIE,
            value: &config.secret.sign(COOKIE, &self.token),
            path: &app::paths::vote(&self.slug),
            seconds: HALF_A_YEAR,
            same_site: SameSite::Lax,
        };
        voter.on(config, response)
    }

    /// The page, again with the words and the refusal where a statement was refused.
    async fn page(
        &self,
        on: &Consultation,
        wanted: Wanted,
        refused: Option<(&str, StatementRefused)>,
    ) -> Result<Response, Error> {
        let mut view = voting::page(&self.context.app, on, &self.token, wanted).await?;
        view.closes = on
            .milestones
            .closes
            .map(app::ui::dates::until)
            .unwrap_or_default();
        view.key = fresh_key()?;
        let title = format!("Do you agree? {}", on.title);
        let page = match refused {
            None => self
                .context
                .page(&title, || pages::vote(view, String::new(), None)),
            Some((draft, refused)) => {
                let message = app::messages::vote::statement(refused);
                let draft = draft.to_owned();
                self.context
                    .refused(&title, || pages::vote(view, draft, Some(message)))
            }
        };
        Ok(self.with_cookie(page))
    }
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct VotingQuery {
    /// A statement to look at again.
    statement: Option<i64>,
    /// The statement that was voted on just now.
    after: Option<i64>,
}

async fn show(request: VoterRequest, Query(query): Query<VotingQuery>) -> Result<Response, Error> {
    let on = request.consultation().await?;
    match may_vote(&on, request.context.now) {
        Ok(()) => {
            let wanted = Wanted {
                statement: query.statement.map(StatementId),
                after: query.after.map(StatementId),
            };
            request.page(&on, wanted, None).await
        }
        Err(VoteRefused::Unknown | VoteRefused::NotUnderThisRegime) => Err(Error::NotFound),
        Err(VoteRefused::NotYetOpen | VoteRefused::Closed) => {
            Ok(see_other(&app::paths::consultation(&request.slug)))
        }
    }
}

async fn cast(request: VoterRequest, form: Form) -> Result<Response, Error> {
    let RequestContext { app, client, .. } = &request.context;
    app.limits.check(Limited::Vote, *client)?;
    let statement = form
        .pairs
        .one("statement")
        .parse()
        .map_err(|_| Error::Malformed)?;
    let statement = StatementId(statement);
    let command = CastVote {
        on: request.slug.clone(),
        token: request.token.clone(),
        statement,
        vote: Vote::from_word(form.pairs.one("vote")).ok_or(Error::Malformed)?,
        from: Some(Origin {
            client: *client,
            // A browser that was given the page has its cookie; a script that was not has none.
            page_read: !request.fresh,
        }),
    };
    cast_vote(app, &request.context, command).await?;
    // The browser lands on the next statement and gives it the focus, with or without scripts.
    Ok(request.with_cookie(see_other(&app::paths::vote_after(&request.slug, statement))))
}

async fn add(request: VoterRequest, form: Form) -> Result<Response, Error> {
    let RequestContext { app, client, .. } = &request.context;
    app.limits.check(Limited::Submit, *client)?;
    let text = form.pairs.one("text");
    let key = form.pairs.one("key");
    // Words that can't be taken are refused first, with what is wrong with them.
    let may_be_there = form.pairs.one("anyway") != "yes" && check_statement(text, 0).is_ok();
    if may_be_there && let Some(page) = alike(&request, text, key).await? {
        return Ok(page);
    }
    let command = AddStatement {
        on: request.slug.clone(),
        token: request.token.clone(),
        text: text.to_owned(),
        key: CreationKey::typed(key),
    };
    match add_statement(app, &request.context, command).await {
        Ok(()) => Ok(request.with_cookie(see_other(&app::paths::vote_own(&request.slug)))),
        Err(refused) => {
            let refused = refused.because()?;
            let on = request.consultation().await?;
            request
                .page(&on, Wanted::default(), Some((text, refused)))
                .await
        }
    }
}

/// The page that offers a vote on what is said already, if anything is; nothing is sent yet.
async fn alike(request: &VoterRequest, text: &str, key: &str) -> Result<Option<Response>, Error> {
    let on = request.consultation().await?;
    let open = may_vote(&on, request.context.now).is_ok() && on.statements_open;
    if !open {
        return Ok(None);
    }
    let db = request.context.app.db.read();
    let alike = voting::alike(db, on.id, &request.token, text).await?;
    if alike.is_empty() {
        return Ok(None);
    }
    let view = AlikeView {
        slug: on.slug,
        title: on.title,
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        key: key.to_owned(),
        alike,
    };
    let title = "Is one of these what you mean?";
    let page = request.context.page(title, || pages::alike(&view));
    Ok(Some(request.with_cookie(page)))
}
