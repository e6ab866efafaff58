//! What neighbourhood teams see: the queue, one concern, *you said, we did*.

use app::messages::neighbourhood as words;
use app::neighbourhood::{forms, pages};
use app::paths;
use app::ui::form::FormState;
use app::ui::shell::Shell;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::account::{NotPermitted, Role};
use domain::ids::{AreaId, ConcernId};
use domain::neighbourhood::policy::{may_answer, may_see_queue};
use domain::neighbourhood::read::{Part, QueueFilter};
use domain::neighbourhood::{Ownership, Status, check_answer};
use entity::{area, concern, team_area};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::App;
use crate::http::{Error, Form, RequestContext, see_other};
use crate::neighbourhood::commands;
use crate::neighbourhood::queries;
use crate::secret;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/concerns", get(queue))
        .route("/desk/concerns/{id}", get(show).post(answer))
        .route(
            "/desk/concerns/areas/{code}",
            get(area_form).post(say_what_was_done),
        )
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    part: String,
    ownership: String,
    status: String,
    page: String,
}

async fn queue(context: RequestContext, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let part = may_see_queue(&context.actor)?;
    let db = context.app.db.read();
    let filter = QueueFilter {
        part: Part::from_code(&asked.part),
        ownership: Ownership::from_code(&asked.ownership),
        status: Status::from_code(&asked.status),
        page: asked.page.parse().unwrap_or(1),
    };
    let view = queries::queue(db, &part, filter, context.now).await?;
    let areas = wards_of(&context).await?;
    let shell = Shell {
        wide: true,
        ..context.shell("Neighbourhood concerns")
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::queue(&view, &areas)))
}

/// The wards that this officer's teams look after: code, name.
async fn wards_of(context: &RequestContext) -> Result<Vec<(String, String)>, Error> {
    let member = context.actor.signed_in()?;
    let teams: Vec<i64> = member
        .teams_as(Role::NeighbourhoodOfficer)
        .into_iter()
        .map(|team| team.0)
        .collect();
    let db = context.app.db.read();
    let areas: Vec<i64> = team_area::Entity::find()
        .filter(team_area::Column::TeamId.is_in(teams))
        .all(db)
        .await?
        .into_iter()
        .map(|link| link.area_id)
        .collect();
    Ok(area::Entity::find()
        .filter(area::Column::Id.is_in(areas))
        .order_by_asc(area::Column::Name)
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.code, row.name))
        .collect())
}

async fn permitted(context: &RequestContext, id: i64) -> Result<concern::Model, Error> {
    context.actor.signed_in()?;
    let db = context.app.db.read();
    let row = concern::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    may_answer(&context.actor, &commands::context(db, &row).await?)?;
    Ok(row)
}

async fn page(
    context: &RequestContext,
    row: &concern::Model,
    state: FormState,
) -> Result<Response, Error> {
    // The form promises that the team of the place alone sees how to reach its author.
    let teams = commands::context(context.app.db.read(), row).await?.teams;
    let of_team = context
        .actor
        .signed_in()?
        .holds_in(Role::NeighbourhoodOfficer, &teams);
    let view = queries::view(context.app.db.read(), row, of_team, context.now)
        .await?
        .ok_or(Error::NotFound)?;
    let refused = state.is_refused();
    let body = || pages::concern(&view, &state);
    Ok(if refused {
        context.refused("A concern", body)
    } else {
        context.page("A concern", body)
    })
}

async fn show(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let row = permitted(&context, id).await?;
    let state = fresh()?
        .with("ownership", &row.ownership)
        .with("sent_to", row.sent_to.as_deref().unwrap_or_default())
        .with("status", &row.status);
    page(&context, &row, state).await
}

/// An empty form with a key of its own.
fn fresh() -> Result<FormState, Error> {
    let key = secret::token().map_err(Error::unexpected)?;
    Ok(FormState::new().with("key", key))
}

/// The key as it came back.
fn key(form: &Form) -> String {
    form.pairs.one("key").chars().take(64).collect()
}

async fn answer(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let row = permitted(&context, id).await?;
    let member = context.actor.signed_in()?;
    let before = Status::from_code(&row.status).unwrap_or(Status::New);
    match check_answer(&forms::answer(&form.pairs), before) {
        Ok(answer) => {
            let (id, key) = (ConcernId(id), key(&form));
            commands::answer(&context.app, member, id, &answer, &key, context.now).await?;
            // What was referred away may no longer be seen by somebody who only sees referrals.
            Ok(see_other(paths::CONCERNS))
        }
        Err(refused) => {
            let mut state = FormState::from_pairs(form.pairs.iter());
            for one in refused {
                let (field, message) = words::answer(one);
                state.refuse(field, message);
            }
            page(&context, &row, state).await
        }
    }
}

async fn own_ward(context: &RequestContext, code: &str) -> Result<area::Model, Error> {
    may_see_queue(&context.actor)?;
    if !wards_of(context).await?.iter().any(|(own, _)| own == code) {
        return Err(NotPermitted::Forbidden.into());
    }
    queries::ward(context.app.db.read(), code)
        .await?
        .ok_or(Error::NotFound)
}

async fn area_form(context: RequestContext, Path(code): Path<String>) -> Result<Response, Error> {
    let ward = own_ward(&context, &code).await?;
    let state = fresh()?;
    Ok(context.page("Say what was done", || {
        pages::area_form(&code, &ward.name, &state)
    }))
}

async fn say_what_was_done(
    context: RequestContext,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let ward = own_ward(&context, &code).await?;
    let member = context.actor.signed_in()?;
    let (said, done) = match forms::promise(&form.pairs) {
        Ok(promise) => promise,
        Err(state) => {
            return Ok(context.refused("Say what was done", || {
                pages::area_form(&code, &ward.name, &state)
            }));
        }
    };
    let (area, key) = (AreaId(ward.id), key(&form));
    commands::say_what_was_done(
        &context.app,
        member,
        area,
        (&said, &done),
        &key,
        context.now,
    )
    .await?;
    Ok(see_other(&paths::neighbourhood(&code)))
}
