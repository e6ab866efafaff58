//! The desk: the list of one's consultations, a new one, the overview of one, and how it will look.

use app::consultation::{forms, pages};
use app::messages::consultation as words;
use app::paths;
use app::ui::conflict::KEY;
use app::ui::form::FormState;
use app::ui::shell::Shell;
use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::account::NotPermitted;
use domain::consultation::policy::Permission;
use domain::edit::CreationKey;
use domain::ids::TeamId;

use crate::App;
use crate::consultation::commands::{self, BeginDraft};
use crate::consultation::http::outcome::{Again, said};
use crate::consultation::queries::detail::consultation_detail;
use crate::consultation::queries::{desk, permitted};
use crate::error::{Denied, Refused};
use crate::http::{Error, Form, Path, Query, RequestContext, fresh_form, see_other};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/consultations", get(list))
        .route("/desk/consultations/new", get(show_new).post(begin))
        .route("/desk/consultations/{slug}", get(overview))
        .route("/desk/consultations/{slug}/preview", get(preview))
}

/// Which page of the list.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct DeskQuery {
    page: String,
}

async fn list(context: RequestContext, Query(query): Query<DeskQuery>) -> Result<Response, Error> {
    let member = context.actor.signed_in()?;
    let page = query.page.parse().unwrap_or(1);
    let list = desk::list(context.app.db.read(), member, page, context.now).await?;
    let shell = Shell {
        wide: true,
        ..context.shell("Consultations of your teams")
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::desk(&list)))
}

const BEGIN: &str = "Begin a consultation";

async fn show_new(context: RequestContext) -> Result<Response, Error> {
    let choices = desk::new_draft(context.app.db.read(), &context).await?;
    let state = fresh_form()?;
    Ok(context.page(BEGIN, || pages::new(&state, &choices)))
}

async fn begin(context: RequestContext, form: Form) -> Result<Response, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    forms::needed(&mut state, &form.pairs, "title", words::TITLE_MISSING, 150);
    let team = form.pairs.one("team").parse().map(TeamId).ok();
    if team.is_none() {
        state.refuse("team", words::TEAM_MISSING);
    }
    let refused: Again = match team.filter(|_| !state.is_refused()) {
        None => Some(state.into()),
        Some(team) => {
            let command = BeginDraft {
                title: form.pairs.one("title").to_owned(),
                team,
                regime: form.pairs.one("regime").to_owned(),
                invented: context.demonstration,
                key: CreationKey::typed(form.pairs.one(KEY)),
            };
            match commands::begin_draft(&context.app, &context, command).await {
                Ok(begun) => return Ok(see_other(&paths::desk_consultation(&begun.slug, ""))),
                Err(Refused::Denied(
                    Denied::Malformed | Denied::NotPermitted(NotPermitted::Forbidden),
                )) => {
                    state.refuse("team", words::TEAM_MISSING);
                    Some(state.into())
                }
                Err(refused) => said::<()>(state, Err(refused))?,
            }
        }
    };
    let choices = desk::new_draft(context.app.db.read(), &context).await?;
    let state = refused.unwrap_or_default().state;
    Ok(context.refused(BEGIN, || pages::new(&state, &choices)))
}

async fn overview(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    let overview = desk::overview(context.app.db.read(), &context, &slug).await?;
    let title = &overview.detail.listed.title;
    Ok(context.page(title, || pages::overview(&overview, &[])))
}

async fn preview(context: RequestContext, Path(slug): Path<String>) -> Result<Response, Error> {
    context.actor.signed_in()?;
    let db = context.app.db.read();
    let on = permitted(db, &context, &slug, Permission::View).await?;
    let view = consultation_detail(db, on.id, context.now)
        .await?
        .ok_or(Error::NotFound)?;
    let title = view.listed.title.clone();
    Ok(context.page(&title, || pages::preview(view)))
}
