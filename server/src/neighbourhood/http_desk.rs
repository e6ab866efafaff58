//! What neighbourhood teams see: the queue, one concern, *you said, we did*.

use app::neighbourhood::pages;
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
use domain::neighbourhood::{Ownership, Status};
use entity::{area, concern, team_area};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::queries;
use super::service::{self, Answer};
use crate::App;
use crate::http::{Error, Form, Visit, see_other};

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
    page: u64,
}

async fn queue(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let part = may_see_queue(&visit.actor)?;
    let db = visit.app.db.read();
    let view = queries::queue(db, &part, &asked.part, asked.page, visit.now).await?;
    let areas = wards_of(&visit).await?;
    let shell = Shell {
        wide: true,
        ..visit.shell("Neighbourhood concerns")
    };
    Ok(visit.page_of(StatusCode::OK, shell, || pages::queue(&view, &areas)))
}

/// The wards that this officer's teams look after: code, name.
async fn wards_of(visit: &Visit) -> Result<Vec<(String, String)>, Error> {
    let member = visit.actor.signed_in()?;
    let teams: Vec<i64> = member
        .teams_as(Role::NeighbourhoodOfficer)
        .into_iter()
        .map(|team| team.0)
        .collect();
    let db = visit.app.db.read();
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

async fn permitted(visit: &Visit, id: i64) -> Result<concern::Model, Error> {
    visit.actor.signed_in()?;
    let db = visit.app.db.read();
    let row = concern::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    may_answer(&visit.actor, &service::context(db, &row).await?)?;
    Ok(row)
}

async fn page(visit: &Visit, row: &concern::Model, state: FormState) -> Result<Response, Error> {
    // The form promises that the team of the place alone sees how to reach its author.
    let teams = service::context(visit.app.db.read(), row).await?.teams;
    let of_team = visit
        .actor
        .signed_in()?
        .holds_in(Role::NeighbourhoodOfficer, &teams);
    let view = queries::view(visit.app.db.read(), row, of_team, visit.now)
        .await?
        .ok_or(Error::NotFound)?;
    let refused = state.is_refused();
    let body = || pages::concern(&view, &state);
    Ok(if refused {
        visit.refused("A concern", body)
    } else {
        visit.page("A concern", body)
    })
}

async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Error> {
    let row = permitted(&visit, id).await?;
    let state = FormState::new()
        .with("ownership", &row.ownership)
        .with("status", &row.status);
    page(&visit, &row, state).await
}

async fn answer(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    let row = permitted(&visit, id).await?;
    let member = visit.actor.signed_in()?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let ownership = Ownership::from_code(form.pairs.one("ownership"))
        .filter(|ownership| *ownership != Ownership::Open);
    let status = Status::from_code(form.pairs.one("status"));
    let reply = form.pairs.one("reply");
    if ownership.is_none() {
        state.refuse("ownership", "Choose whose it is");
    }
    if status == Some(Status::NoAction) && row.status != Status::NoAction.code() && reply.is_empty()
    {
        state.refuse("reply", "Say why nothing will be done");
    }
    if reply.chars().count() > 3_000 {
        state.refuse("reply", "Use 3,000 characters or fewer");
    }
    let (Some(ownership), Some(status), true) = (ownership, status, state.errors.is_empty()) else {
        return page(&visit, &row, state).await;
    };
    let answer = Answer {
        ownership,
        status,
        reply: reply.to_owned(),
    };
    service::answer(&visit.app, member, ConcernId(id), answer, visit.now).await?;
    // What was referred away may no longer be seen by somebody who only sees referrals.
    Ok(see_other(paths::CONCERNS))
}

async fn own_ward(visit: &Visit, code: &str) -> Result<area::Model, Error> {
    may_see_queue(&visit.actor)?;
    if !wards_of(visit).await?.iter().any(|(own, _)| own == code) {
        return Err(NotPermitted::Forbidden.into());
    }
    queries::ward(visit.app.db.read(), code)
        .await?
        .ok_or(Error::NotFound)
}

async fn area_form(visit: Visit, Path(code): Path<String>) -> Result<Response, Error> {
    let ward = own_ward(&visit, &code).await?;
    let state = FormState::new();
    Ok(visit.page("Say what was done", || {
        pages::area_form(&code, &ward.name, &state)
    }))
}

async fn say_what_was_done(
    visit: Visit,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let ward = own_ward(&visit, &code).await?;
    let member = visit.actor.signed_in()?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    for (field, message) in [
        ("said", "Write what people said"),
        ("done", "Write what you did"),
    ] {
        let length = form.pairs.one(field).chars().count();
        if length == 0 {
            state.refuse(field, message);
        } else if length > 1_000 {
            state.refuse(field, "Use 1,000 characters or fewer");
        }
    }
    if state.is_refused() {
        return Ok(visit.refused("Say what was done", || {
            pages::area_form(&code, &ward.name, &state)
        }));
    }
    let (said, done) = (form.pairs.one("said"), form.pairs.one("done"));
    let area = AreaId(ward.id);
    service::say_what_was_done(&visit.app, member, area, said, done, visit.now).await?;
    Ok(see_other(&format!("/areas/{code}/neighbourhood")))
}
