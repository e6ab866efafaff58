//! The voting page. GET shows, POST votes; a voter is a signed cookie that only this page gets.

use app::vote::pages;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::consultation::Consultation;
use domain::consultation::policy::{Permission, may};
use domain::ids::StatementId;
use domain::vote::read::{AlikeView, AsideView};
use domain::vote::statement::{Vote, may_vote};
use domain::vote::stuffing::Flag;

use crate::App;
use crate::consultation::queries::permitted;
use crate::http::{Error, Form, RequestContext, see_other};
use crate::limits::Limited;
use crate::secret;
use crate::vote::commands::set_aside;
use crate::vote::queries::routing;
use crate::vote::{commands, queries};

const COOKIE: &str = "voter";

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/vote", get(show).post(cast))
        .route("/consultations/{slug}/vote/statement", post(add_statement))
        .route(
            "/desk/consultations/{slug}/votes-aside",
            get(show_aside).post(decide_aside),
        )
}

#[derive(serde::Deserialize)]
struct Asked {
    statement: Option<i64>,
}

async fn show(
    context: RequestContext,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::View).await?;
    if let Err(refused) = may_vote(&on, context.now) {
        return match refused {
            domain::vote::statement::VoteRefused::Unknown
            | domain::vote::statement::VoteRefused::NotUnderThisRegime => Err(Error::NotFound),
            _ => Ok(see_other(&app::paths::consultation(&slug))),
        };
    }
    let (token, fresh) = token(&context, &headers)?;
    let response = page(
        &context,
        &on,
        &token,
        asked.statement.map(StatementId),
        None,
    )
    .await?;
    Ok(with_cookie(
        &context,
        &slug,
        response,
        fresh.then_some(token.as_str()),
    ))
}

/// The page, again with the words and the refusal where a statement was refused.
async fn page(
    context: &RequestContext,
    on: &Consultation,
    token: &str,
    asked: Option<StatementId>,
    refused: Option<(String, commands::StatementRefused)>,
) -> Result<Response, Error> {
    let app = &context.app;
    let weighed = app.opinions.weighed(on.id);
    let seed = routing::seed(&app.config.secret, on.id);
    let mut view = queries::page(app.db.read(), on, token, asked, (&weighed, seed)).await?;
    view.closes = on
        .milestones
        .closes
        .map(app::ui::dates::long)
        .unwrap_or_default();
    view.key = secret::token().map_err(Error::unexpected)?;
    let title = format!("Do you agree? {}", on.title);
    Ok(match refused {
        None => context.page(&title, || pages::vote(view, String::new(), None)),
        Some((draft, refused)) => {
            let message = app::messages::vote::statement(refused);
            context.refused(&title, || pages::vote(view, draft, Some(message)))
        }
    })
}

async fn cast(
    context: RequestContext,
    Path(slug): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Vote, context.client)?;
    let on = permitted(context.app.db.read(), &context, &slug, Permission::View).await?;
    may_vote(&on, context.now).map_err(domain::account::NotPermitted::from)?;
    let (token, fresh) = token(&context, &headers)?;
    let statement = form
        .pairs
        .one("statement")
        .parse()
        .map_err(|_| Error::Malformed)?;
    let vote = Vote::from_word(form.pairs.one("vote")).ok_or(Error::Malformed)?;
    // A browser that was given the page has its cookie; a script that was not has none.
    let from = set_aside::source(
        &context.app.config.secret,
        context.client,
        context.now,
        !fresh,
    );
    let (app, vote) = (&context.app, (StatementId(statement), vote));
    commands::cast_from(app, &on, &token, vote, Some(from), context.now).await?;
    let next = see_other(&app::paths::vote(&slug));
    Ok(with_cookie(
        &context,
        &slug,
        next,
        fresh.then_some(token.as_str()),
    ))
}

async fn add_statement(
    context: RequestContext,
    Path(slug): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Submit, context.client)?;
    let on = permitted(context.app.db.read(), &context, &slug, Permission::View).await?;
    may_vote(&on, context.now).map_err(domain::account::NotPermitted::from)?;
    if !on.statements_open {
        return Err(Error::NotFound);
    }
    let (token, fresh) = token(&context, &headers)?;
    let text = form.pairs.one("text");
    let key = form.pairs.one("key");
    if key.is_empty() || key.len() > 64 {
        return Err(Error::Malformed);
    }
    let again = form.pairs.one("anyway") == "yes";
    if !again {
        let db = context.app.db.read();
        let alike = queries::alike(db, &on, &token, text).await?;
        // Words that can't be taken are refused first, with what is wrong with them.
        if !alike.is_empty() && commands::words_are_fine(text) {
            let view = AlikeView {
                slug: on.slug.clone(),
                title: on.title.clone(),
                text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                key: key.to_owned(),
                alike,
            };
            let page = context.page("Is one of these what you mean?", || pages::alike(&view));
            let fresh = fresh.then_some(token.as_str());
            return Ok(with_cookie(&context, &slug, page, fresh));
        }
    }
    let response =
        match commands::add_statement(&context.app, &on, &token, text, key, context.now).await? {
            Ok(()) => see_other(&app::paths::vote(&slug)),
            Err(refused) => {
                page(
                    &context,
                    &on,
                    &token,
                    None,
                    Some((text.to_owned(), refused)),
                )
                .await?
            }
        };
    Ok(with_cookie(
        &context,
        &slug,
        response,
        fresh.then_some(token.as_str()),
    ))
}

async fn show_aside(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Watch).await?;
    let view = AsideView {
        may_decide: may(
            &context.actor,
            Permission::Moderate,
            &on.context(context.now),
        )
        .is_ok(),
        title: on.title.clone(),
        slug,
        ..set_aside::view(&context.app, on.id).await?
    };
    Ok(context.page("Votes that are set aside", || pages::aside(&view)))
}

async fn decide_aside(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let on = permitted(context.app.db.read(), &context, &slug, Permission::Moderate).await?;
    let member = context.actor.signed_in()?;
    let flag = Flag::from_code(form.pairs.one("reason")).ok_or(Error::Malformed)?;
    let set = form.pairs.one("aside") == "yes";
    set_aside::decide(&context.app, member, on.id, flag, set, context.now).await?;
    Ok(see_other(&app::paths::desk_consultation(
        &slug,
        "votes-aside",
    )))
}

/// The voter's token from the cookie, or a fresh one where there is none of ours.
fn token(context: &RequestContext, headers: &HeaderMap) -> Result<(String, bool), Error> {
    let known = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix("voter="))
        .find_map(|signed| context.app.config.secret.verify(COOKIE, signed));
    match known {
        Some(token) => Ok((token.to_owned(), false)),
        None => Ok((secret::token().map_err(Error::unexpected)?, true)),
    }
}

fn with_cookie(
    context: &RequestContext,
    slug: &str,
    response: Response,
    fresh: Option<&str>,
) -> Response {
    let mut response = response.into_response();
    if let Some(token) = fresh {
        let signed = context.app.config.secret.sign(COOKIE, token);
        let secure = if context.app.config.is_https() {
            "; Secure"
        } else {
            ""
        };
        let path = app::paths::vote(slug);
        let cookie = format!(
            "{COOKIE}={signed}; Path={path}; Max-Age=15552000; HttpOnly; SameSite=Lax{secure}"
        );
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}
