//! Getting a ballot paper by letter or by email, opening one by its code, and the check.

use app::messages::poll::voter as words;
use app::poll::forms::CODE;
use app::poll::pages::voter::{self as pages, Found};
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::Email;
use domain::council::Postcode;
use domain::poll::Electorate;
use domain::poll::list::commitment;

use crate::App;
use crate::council::queries as places;
use crate::http::{Error, Form, RequestContext, see_other};
use crate::limits::Limited;
use crate::poll::commands::{IssueRefused, Proof};
use crate::poll::http::voter::Asked;
use crate::poll::{code, commands, queries};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/consultations/{slug}/polls/{number}/issue", post(issue))
        .route(
            "/consultations/{slug}/polls/{number}/request",
            post(request),
        )
        .route("/consultations/{slug}/polls/{number}/link", get(link))
        .route(
            "/consultations/{slug}/polls/{number}/open",
            get(ask_code).post(open),
        )
        .route(
            "/consultations/{slug}/polls/{number}/check",
            get(ask_check).post(check),
        )
}

/// Where somebody gets their paper, with a fresh voting code in the form.
pub(super) async fn page(asked: &Asked, state: FormState) -> Result<Response, Error> {
    let view = asked.view().await?;
    let fresh = code::fresh().map_err(Error::unexpected)?;
    let signed = asked.sign(&fresh);
    let title = "Get your ballot paper";
    let page = || pages::entry(&view, &signed, &state);
    Ok(if state.is_refused() {
        asked.context.refused(title, page)
    } else {
        asked.context.page(title, page)
    })
}

async fn link_page(asked: &Asked, token: &str, state: FormState) -> Result<Response, Error> {
    let view = asked.view().await?;
    let fresh = code::fresh().map_err(Error::unexpected)?;
    let signed = asked.sign(&fresh);
    let title = "Your ballot paper is ready";
    let page = || pages::link(&view, token, &signed, &state);
    Ok(if state.is_refused() {
        asked.context.refused(title, page)
    } else {
        asked.context.page(title, page)
    })
}

async fn issue(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let asked = Asked::find(context, &slug, number, &headers).await?;
    if let Err(answer) = asked.may_vote().await? {
        return Ok(answer);
    }
    let app = &asked.context.app;
    let (letter, token) = (form.pairs.one("letter"), form.pairs.one("token"));
    let minted = code::verify(&app.config, asked.poll.id, form.pairs.one(CODE));
    let proof = match (&asked.poll.electorate, token.is_empty()) {
        (Electorate::Register, _) if form.pairs.has("letter") => Proof::Letter(letter),
        (Electorate::Email | Electorate::Ward { .. }, false) => Proof::Link(token),
        _ => return Err(Error::Malformed),
    };
    let mut state = FormState::new().with("letter", letter);
    if asked.poll.electorate == Electorate::Register && letter.is_empty() {
        state.refuse("letter", words::NO_CODE);
        return page(&asked, state).await;
    }
    let Some(minted) = minted else {
        return Err(Error::Malformed);
    };
    let refused = match commands::issue(app, &asked.poll, proof, &minted, asked.context.now).await?
    {
        Ok(()) => {
            let next = format!("{}?issued=1", asked.part("paper"));
            return Ok(asked.keep(see_other(&next), Some(&minted)));
        }
        Err(IssueRefused::Published) => {
            return Ok(see_other(&app::paths::poll(&slug, number)));
        }
        Err(refused) => refused,
    };
    match proof {
        Proof::Letter(_) => {
            let message = match refused {
                IssueRefused::Used => words::LETTER_USED,
                IssueRefused::StaleForm => words::STALE_FORM,
                _ => words::LETTER_UNKNOWN,
            };
            state.refuse("letter", message);
            page(&asked, state).await
        }
        Proof::Link(token) => match refused {
            IssueRefused::StaleForm => {
                state.refuse("", words::STALE_FORM);
                link_page(&asked, token, state).await
            }
            IssueRefused::Used => {
                state.refuse("", words::LINK_USED);
                page(&asked, state).await
            }
            _ => {
                state.refuse("", words::LINK_EXPIRED);
                page(&asked, state).await
            }
        },
    }
}

async fn request(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let asked = Asked::find(context, &slug, number, &headers).await?;
    if let Err(answer) = asked.may_vote().await? {
        return Ok(answer);
    }
    let wards = match &asked.poll.electorate {
        Electorate::Email => None,
        Electorate::Ward { areas } => Some(areas),
        _ => return Err(Error::Malformed),
    };
    if !form.pairs.has("email") {
        return Err(Error::Malformed);
    }
    let mut state = FormState::from_pairs(form.pairs.iter());
    let email = Email::parse(form.pairs.one("email"));
    if email.is_err() {
        state.refuse("email", words::NOT_AN_EMAIL);
    }
    if let Some(wards) = wards {
        let db = asked.context.app.db.read();
        let ward = match Postcode::parse(form.pairs.one("postcode")) {
            Ok(postcode) => places::ward_of(db, &postcode).await?,
            Err(_) => None,
        };
        match ward {
            None => state.refuse("postcode", words::UNKNOWN_POSTCODE),
            Some(ward) => {
                let id = places::ids_by_code(db).await?.get(&ward).copied();
                if !id.is_some_and(|id| wards.contains(&id)) {
                    let names = pages::wards(&asked.view().await?);
                    state.refuse("postcode", words::elsewhere(&names));
                }
            }
        }
    }
    let Ok(email) = email else {
        return page(&asked, state).await;
    };
    if state.is_refused() {
        return page(&asked, state).await;
    }
    let (app, now) = (&asked.context.app, &asked.context.now);
    commands::request(app, &asked.on, &asked.poll, &email, *now).await?;
    let view = asked.view().await?;
    Ok(asked
        .context
        .page("Check your email", || pages::sent(&view)))
}

#[derive(serde::Deserialize)]
struct Link {
    #[serde(default)]
    token: String,
}

/// Where the link of an email leads. Programs that look at links before people do change nothing.
async fn link(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    Query(link): Query<Link>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    if let Err(answer) = asked.may_vote().await? {
        return Ok(answer);
    }
    let (app, now) = (&asked.context.app, &asked.context.now);
    if commands::link_works(app, asked.poll.id, &link.token, *now).is_err() {
        let mut state = FormState::new();
        state.refuse("", words::LINK_EXPIRED);
        return page(&asked, state).await;
    }
    link_page(&asked, &link.token, FormState::new()).await
}

async fn ask_code(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let view = asked.view().await?;
    Ok(asked.context.page("Open your ballot paper", || {
        pages::ask_code(&view, &FormState::new())
    }))
}

/// Opens a paper in this browser by its code.
async fn open(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let typed = form.pairs.one("code");
    if !form.pairs.has("code") {
        return Err(Error::Malformed);
    }
    let message = if typed.is_empty() {
        words::NO_CODE
    } else {
        let found = queries::ballot(asked.context.app.db.read(), &asked.poll, typed).await?;
        if found.is_some() {
            let next = see_other(&asked.part("paper"));
            return Ok(asked.keep(next, Some(&code::typed(typed).to_string())));
        }
        words::CODE_UNKNOWN
    };
    let mut state = FormState::new().with("code", typed);
    state.refuse("code", message);
    let view = asked.view().await?;
    Ok(asked
        .context
        .refused("Open your ballot paper", || pages::ask_code(&view, &state)))
}

async fn ask_check(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let view = asked.view().await?;
    let holds = asked.held.is_some();
    Ok(asked.context.page("Check your ballot", || {
        pages::check(&view, None, holds, &FormState::new())
    }))
}

async fn check(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    context.app.limits.check(Limited::Receipt, context.client)?;
    let asked = Asked::find(context, &slug, number, &headers).await?;
    let own = form.pairs.one("held") == "yes";
    if !own && !form.pairs.has("code") {
        return Err(Error::Malformed);
    }
    let typed = if own {
        asked.held.clone().unwrap_or_default()
    } else {
        code::typed(form.pairs.one("code")).to_string()
    };
    let found = match typed.is_empty() {
        true => Err(words::NO_CODE),
        false => find(&asked, &typed, form.pairs.one("show") == "yes")
            .await?
            .ok_or(words::CODE_UNKNOWN),
    };
    let view = asked.view().await?;
    let holds = asked.held.is_some();
    let title = "Check your ballot";
    Ok(match found {
        Ok(found) => {
            let page = asked.context.page(title, || {
                pages::check(&view, Some(&found), holds, &FormState::new())
            });
            // So that the next step needs no typing.
            asked.keep(page, Some(&typed))
        }
        Err(message) => {
            let mut state = FormState::new().with("code", form.pairs.one("code"));
            state.refuse("code", message);
            asked
                .context
                .refused(title, || pages::check(&view, None, holds, &state))
        }
    })
}

/// What a code finds: in the published list once there is one, else among the papers.
async fn find(asked: &Asked, voting_code: &str, show: bool) -> Result<Option<Found>, Error> {
    let db = asked.context.app.db.read();
    let Some(ballot) = queries::ballot(db, &asked.poll, voting_code).await? else {
        return Ok(None);
    };
    let Some(choices) = ballot.choices else {
        return Ok(Some(Found::NotCast));
    };
    let Some(published) = queries::published(db, asked.poll.id).await? else {
        return Ok(Some(Found::Cast(show.then_some(choices))));
    };
    let list: domain::poll::BallotList =
        serde_json::from_str(&published.list).map_err(Error::unexpected)?;
    let own = commitment(&list.poll, &code::typed(voting_code), &choices);
    Ok((1..)
        .zip(&list.ballots)
        .find(|(_, listed)| listed.commitment == own)
        .map(|(line, listed)| Found::Listed {
            line,
            of: list.ballots.len() as u64,
            choices,
            set_aside: listed.set_aside,
            commitment: own.clone(),
        }))
}
