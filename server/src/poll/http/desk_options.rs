//! What is on the paper of a poll: add, change, order, take away.

use app::messages::poll::desk as words;
use app::paths;
use app::poll::{desk_forms as forms, pages};
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use domain::consultation::Consultation;
use domain::ids::AreaId;
use domain::poll::faults::MOST_PENCE;
use domain::poll::{Method, Poll};

use crate::App;
use crate::consultation::commands::{DocumentRefused, add_picture};
use crate::http::{Error, Form, RequestContext, see_other};
use crate::poll::commands::{self, NewOption};
use crate::poll::http::desk::{as_new, desk_poll, editing, poll_of};

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/desk/consultations/{slug}/polls/{number}/options",
            get(show).post(save),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/options/move",
            post(shift),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/options/remove",
            post(remove),
        )
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    change: String,
}

async fn show(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (_, on) = editing(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let state = match asked.change.parse().ok() {
        None => FormState::new(),
        Some(position) => poll
            .option(position)
            .map(forms::of_option)
            .ok_or(Error::NotFound)?,
    };
    page(&context, &on, &poll, &state).await
}

async fn page(
    context: &RequestContext,
    on: &Consultation,
    poll: &Poll,
    state: &FormState,
) -> Result<Response, Error> {
    let view = desk_poll(context, on, poll).await?;
    let title = format!("Poll: {}", poll.question);
    Ok(if state.is_refused() {
        context.refused(&title, || pages::desk_options(&view, state))
    } else {
        context.page(&title, || pages::desk_options(&view, state))
    })
}

/// What the form says, without its picture.
fn typed(form: &Form, poll: &Poll, state: &mut FormState) -> NewOption {
    let pairs = &form.pairs;
    let entry: i32 = pairs.one("entry").parse().unwrap_or(0);
    let name = pairs.one("name");
    let twice = poll
        .options
        .iter()
        .any(|one| one.position != entry && one.name.to_lowercase() == name.to_lowercase());
    if name.is_empty() {
        state.refuse("name", words::NAME_MISSING);
    } else if name.chars().count() > 120 {
        state.refuse("name", words::at_most(120));
    } else if twice {
        state.refuse("name", words::NAME_TWICE);
    }
    if pairs.one("description").chars().count() > 1_000 {
        state.refuse("description", words::at_most(1_000));
    }
    let mut cost = None;
    if matches!(poll.method, Method::Budget { .. }) {
        cost = forms::pence(pairs.one("cost")).filter(|pence| (1..=MOST_PENCE).contains(pence));
        if cost.is_none() {
            state.refuse("cost", words::COST_UNREADABLE);
        }
    }
    if pairs.one("alt").chars().count() > 200 {
        state.refuse("alt", words::at_most(200));
    }
    NewOption {
        name: name.to_owned(),
        description: pairs.one("description").to_owned(),
        cost,
        area: pairs.one("area").parse().ok().map(AreaId),
        picture: None,
    }
}

async fn save(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = editing(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let mut state = FormState::from_pairs(form.pairs.iter());
    let mut option = typed(&form, &poll, &mut state);
    let wards = crate::consultation::queries::public_list::wards(context.app.db.read()).await?;
    option.area = option
        .area
        .filter(|area| wards.iter().any(|ward| ward.id == area.0));
    let alt = form.pairs.one("alt");
    let upload = form.uploads.iter().find(|upload| upload.field == "picture");
    let entry: i32 = form.pairs.one("entry").parse().unwrap_or(0);
    let before = poll.option(entry);
    if entry > 0 && before.is_none() {
        return Err(Error::NotFound);
    }
    if upload.is_some() && alt.is_empty() {
        state.refuse("alt", words::ALT_MISSING);
    }
    option.picture = before
        .and_then(|one| one.picture.clone())
        .map(|(token, old)| (token, if alt.is_empty() { old } else { alt.to_owned() }));
    if let Some(upload) = upload.filter(|_| !state.is_refused()) {
        match add_picture(&context.app, &member, on.id, alt, upload, context.now).await? {
            Ok(token) => option.picture = Some((token, alt.to_owned())),
            Err(DocumentRefused::TooLarge) => state.refuse("picture", words::PICTURE_TOO_LARGE),
            Err(_) => state.refuse("picture", words::PICTURE_KIND),
        }
    }
    if state.is_refused() {
        return page(&context, &on, &poll, &state).await;
    }
    let mut new = as_new(&poll);
    let at = poll.options.iter().position(|one| one.position == entry);
    match at.and_then(|at| new.options.get_mut(at)) {
        Some(place) => *place = option,
        None => new.options.push(option),
    }
    match commands::set_up(&context.app, &member, on.id, number, new, context.now).await? {
        Ok(()) => Ok(see_other(&paths::desk_poll(&slug, number, "options"))),
        Err(fault) => {
            state.refuse("", words::fault(fault).1);
            page(&context, &on, &poll, &state).await
        }
    }
}

/// The place in the list of the entry that a form names.
fn place(form: &Form, poll: &Poll) -> Result<usize, Error> {
    let position: i32 = form
        .pairs
        .one("entry")
        .parse()
        .map_err(|_| Error::Malformed)?;
    poll.options
        .iter()
        .position(|one| one.position == position)
        .ok_or(Error::NotFound)
}

async fn shift(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = editing(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let at = place(&form, &poll)?;
    let to = match form.pairs.one("way") {
        "up" => at.saturating_sub(1),
        "down" => (at + 1).min(poll.options.len().saturating_sub(1)),
        _ => return Err(Error::Malformed),
    };
    let mut new = as_new(&poll);
    new.options.swap(at, to);
    let _ = commands::set_up(&context.app, &member, on.id, number, new, context.now).await?;
    Ok(see_other(&paths::desk_poll(&slug, number, "options")))
}

async fn remove(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on) = editing(&context, &slug).await?;
    let poll = poll_of(&context, &on, number).await?;
    let at = place(&form, &poll)?;
    let mut new = as_new(&poll);
    new.options.remove(at);
    let _ = commands::set_up(&context.app, &member, on.id, number, new, context.now).await?;
    Ok(see_other(&paths::desk_poll(&slug, number, "options")))
}
