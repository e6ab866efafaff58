//! What neighbourhood teams see: the queue, one concern, *you said, we did*.

use app::messages::neighbourhood as words;
use app::neighbourhood::{forms, pages};
use app::paths;
use app::ui::conflict::{KEY, VERSION};
use app::ui::form::FormState;
use app::ui::shell::Shell;
use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::edit::{CreationKey, Version};
use domain::ids::ConcernId;
use domain::neighbourhood::policy::may_see_queue;
use domain::neighbourhood::read::{Part, QueueFilter};
use domain::neighbourhood::{Ownership, Status};

use crate::App;
use crate::http::{
    Error, Form, FormAgain, Path, Query, RequestContext, again, fresh_form, see_other,
    with_fresh_key,
};
use crate::neighbourhood::commands::{
    AnswerConcern, SayWhatWasDone, answer_concern, say_what_was_done,
};
use crate::neighbourhood::queries;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/concerns", get(queue))
        .route("/desk/concerns/{id}", get(show).post(answer))
        .route("/desk/concerns/areas/{code}", get(area_form).post(say))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct QueueQuery {
    part: String,
    ownership: String,
    status: String,
    page: String,
}

async fn queue(
    context: RequestContext,
    Query(query): Query<QueueQuery>,
) -> Result<Response, Error> {
    let part = may_see_queue(&context.actor)?;
    let db = context.app.db.read();
    let filter = QueueFilter {
        part: Part::from_code(&query.part),
        ownership: Ownership::from_code(&query.ownership),
        status: Status::from_code(&query.status),
        page: query.page.parse().unwrap_or(1),
    };
    let view = queries::queue(db, &part, filter, context.now).await?;
    let areas = queries::areas_of(db, &context).await?;
    let shell = Shell {
        wide: true,
        ..context.shell("Neighbourhood concerns")
    };
    Ok(context.page_of(StatusCode::OK, shell, || pages::queue(&view, &areas)))
}

async fn show(context: RequestContext, Path(id): Path<i64>) -> Result<Response, Error> {
    let view = queries::concern_for(context.app.db.read(), &context, ConcernId(id)).await?;
    let state = with_fresh_key(pages::answer_state(&view))?;
    Ok(context.page("A concern", || pages::concern(&view, &state, None)))
}

async fn answer(
    context: RequestContext,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let id = ConcernId(id);
    let command = AnswerConcern {
        concern: id,
        answer: forms::answer(&form.pairs),
        seen: Version::typed(form.pairs.one(VERSION)),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    let Err(refused) = answer_concern(&context.app, &context, command).await else {
        // What was referred away may no longer be seen by somebody who only sees referrals.
        return Ok(see_other(paths::CONCERNS));
    };
    let state = FormState::from_pairs(form.pairs.iter());
    let FormAgain { state, changed } = again(state, refused, |missing, state| {
        for one in missing {
            let (field, message) = words::answer(one);
            state.refuse(field, message);
        }
    })?;
    let view = queries::concern_for(context.app.db.read(), &context, id).await?;
    Ok(context.refused("A concern", || {
        pages::concern(&view, &state, changed.as_ref())
    }))
}

async fn area_form(context: RequestContext, Path(code): Path<String>) -> Result<Response, Error> {
    let area = queries::own_area(context.app.db.read(), &context, &code).await?;
    let state = fresh_form()?;
    Ok(context.page("Say what was done", || pages::area_form(&area, &state)))
}

async fn say(
    context: RequestContext,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let command = SayWhatWasDone {
        area: code.clone(),
        saying: forms::saying(&form.pairs),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    let Err(refused) = say_what_was_done(&context.app, &context, command).await else {
        return Ok(see_other(&paths::neighbourhood(&code)));
    };
    let state = FormState::from_pairs(form.pairs.iter());
    let FormAgain { state, .. } = again(state, refused, |missing, state| {
        for one in missing {
            let (field, message) = words::saying(one);
            state.refuse(field, message);
        }
    })?;
    let area = queries::own_area(context.app.db.read(), &context, &code).await?;
    Ok(context.refused("Say what was done", || pages::area_form(&area, &state)))
}
