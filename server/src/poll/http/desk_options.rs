//! What is on the paper of a poll: add, change, order, take away.

use app::messages::consultation::FILE_NOT_TURNED;
use app::messages::poll::desk as words;
use app::paths;
use app::poll::desk_forms::{self as forms, OPTION};
use app::poll::pages;
use app::ui::conflict::{KEY, VERSION, not_now, with_newer, with_version};
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use domain::edit::{Changed, CreationKey, Version};
use domain::ids::{AreaId, PollOptionId};
use domain::poll::policy::{may_see_form, may_set_up};
use domain::poll::section::option_subject;
use domain::poll::{NewOption, PollAddress};

use crate::App;
use crate::consultation::commands::{DocumentRefused, NewPicture};
use crate::error::{Answerable, Refused};
use crate::http::{
    Error, Form, Path, Query, RequestContext, fresh_form, not_removed, see_other, with_fresh_key,
};
use crate::poll::commands::{
    self, AddOption, ChangeOption, MoveOption, OptionRefused, RemoveOption,
};
use crate::poll::http::desk::title;
use crate::poll::queries::desk;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/desk/consultations/{slug}/polls/{number}/options",
            get(show).post(save),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/options/move",
            post(place),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/options/remove",
            post(remove),
        )
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct OptionsQuery {
    /// The option to change.
    change: String,
}

fn options_of(at: &PollAddress) -> String {
    paths::desk_poll(&at.slug, at.number, "options")
}

async fn show(
    context: RequestContext,
    Path(at): Path<PollAddress>,
    Query(query): Query<OptionsQuery>,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), &context, &at, may_set_up).await?;
    let state = match query.change.parse().ok().map(PollOptionId) {
        None => fresh_form()?,
        Some(id) => {
            let option = view.view.poll.option_of(id).ok_or(Error::NotFound)?;
            with_version(
                forms::of_option(option),
                view.versions.of(&option_subject(option.id)),
            )
        }
    };
    Ok(context.page(&title(&view), || pages::desk_options(&view, &state, None)))
}

/// The page again, every word kept.
async fn again(
    context: &RequestContext,
    at: &PollAddress,
    state: FormState,
    changed: Option<&Changed>,
) -> Result<Response, Error> {
    let view = desk::poll(context.app.db.read(), context, at, may_see_form).await?;
    Ok(context.refused(&title(&view), || {
        pages::desk_options(&view, &state, changed)
    }))
}

/// What the form says. A cost that can't be read is none.
async fn typed(context: &RequestContext, form: &Form) -> Result<NewOption, Error> {
    let pairs = &form.pairs;
    let wards = desk::wards(context.app.db.read()).await?;
    let area = pairs.one("area");
    Ok(NewOption {
        name: pairs.one("name").to_owned(),
        description: pairs.one("description").to_owned(),
        cost: forms::pence(pairs.one("cost")),
        area: wards
            .iter()
            .find(|(id, _)| id == area)
            .and_then(|(id, _)| id.parse().ok().map(AreaId)),
        alt: pairs.one("alt").to_owned(),
    })
}

fn picture(form: &Form) -> Option<NewPicture> {
    let upload = form
        .uploads
        .iter()
        .find(|upload| upload.field == "picture")?;
    Some(NewPicture {
        file_name: upload.file_name.clone(),
        bytes: upload.bytes.clone(),
    })
}

async fn save(
    context: RequestContext,
    Path(at): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    let state = FormState::from_pairs(form.pairs.iter());
    let option = typed(&context, &form).await?;
    let done = match form.pairs.one(OPTION) {
        "" => {
            let command = AddOption {
                poll: at.clone(),
                option,
                picture: picture(&form),
                key: CreationKey::typed(form.pairs.one(KEY)),
            };
            commands::add_option(&context.app, &context, command).await
        }
        _ => {
            let command = ChangeOption {
                poll: at.clone(),
                option: named(&form),
                seen: Version::typed(form.pairs.one(VERSION)),
                says: option,
                picture: picture(&form),
            };
            commands::change_option(&context.app, &context, command).await
        }
    };
    match done {
        Ok(()) => Ok(see_other(&options_of(&at))),
        Err(refused) => refused_option(&context, &at, state, refused).await,
    }
}

async fn refused_option(
    context: &RequestContext,
    at: &PollAddress,
    mut state: FormState,
    refused: Refused<OptionRefused>,
) -> Result<Response, Error> {
    let why = match refused.answerable()? {
        Answerable::Rule(why) => why,
        Answerable::Changed(changed) => {
            let state = with_newer(state, &changed);
            return again(context, at, state, Some(&changed)).await;
        }
        Answerable::NotNow => return again(context, at, not_now(state), None).await,
    };
    match why {
        OptionRefused::Poll(why) => forms::refuse(&mut state, why),
        OptionRefused::Picture(DocumentRefused::TooLarge) => {
            state.refuse("picture", words::PICTURE_TOO_LARGE);
        }
        OptionRefused::Picture(DocumentRefused::TooManyPixels) => {
            state.refuse("picture", words::PICTURE_TOO_MANY_PIXELS);
        }
        OptionRefused::Picture(DocumentRefused::NotTurned) => {
            state.refuse("picture", FILE_NOT_TURNED);
        }
        OptionRefused::Picture(_) => state.refuse("picture", words::PICTURE_KIND),
        OptionRefused::Gone => {
            state = with_fresh_key(state)?.with(OPTION, "");
            state.refuse("", words::OPTION_GONE);
        }
    }
    again(context, at, state, None).await
}

/// The option that a form or a button names; 0, which is none, where it names nothing.
fn named(form: &Form) -> PollOptionId {
    PollOptionId(form.pairs.one(OPTION).parse().unwrap_or(0))
}

async fn place(
    context: RequestContext,
    Path(poll): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    let options = options_of(&poll);
    let command = MoveOption {
        poll,
        option: named(&form),
        to: form.pairs.one("to").parse().unwrap_or(0),
    };
    commands::move_option(&context.app, &context, command).await?;
    Ok(see_other(&options))
}

async fn remove(
    context: RequestContext,
    Path(poll): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    let command = RemoveOption {
        poll: poll.clone(),
        option: named(&form),
        seen: Version::typed(form.pairs.one(VERSION)),
    };
    match commands::remove_option(&context.app, &context, command).await {
        Ok(()) => Ok(see_other(&options_of(&poll))),
        Err(denied) => again(&context, &poll, not_removed(denied)?, None).await,
    }
}
