//! The register of a poll and its letters.

use app::messages::file;
use app::messages::poll::desk as words;
use app::poll::pages;
use app::ui::conflict::{KEY, VERSION, with_newer, with_version};
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::NotPermitted;
use domain::edit::{Changed, CreationKey, Version};
use domain::poll::read::{DeskPoll, LetterView};
use domain::poll::{NewElector, PollAddress, Section};

use crate::App;
use crate::error::{Answerable, Denied};
use crate::http::{Error, Form, Path, RequestContext, fresh_form, with_fresh_key};
use crate::poll::commands::register_file::{self, FileRefused};
use crate::poll::commands::{self, NewLetters, RegisterRefused, ReplaceRegister};
use crate::poll::queries::desk;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/desk/consultations/{slug}/polls/{number}/register",
            get(show).post(upload),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/register/letters",
            post(new_letters),
        )
}

fn title(view: &DeskPoll) -> String {
    format!("Register: {}", view.view.poll.name())
}

async fn show(context: RequestContext, Path(at): Path<PollAddress>) -> Result<Response, Error> {
    let view = desk::register(context.app.db.read(), &context, &at).await?;
    let version = view
        .versions
        .of(&Section::Register.subject(view.view.poll.id));
    let state = with_version(fresh_form()?, version);
    Ok(context.page(&title(&view), || pages::desk_register(&view, &state, None)))
}

/// The page again.
async fn again(
    context: &RequestContext,
    at: &PollAddress,
    state: FormState,
    changed: Option<&Changed>,
) -> Result<Response, Error> {
    let view = desk::register(context.app.db.read(), context, at).await?;
    // What was refused has made nothing: the next try is another form.
    let state = with_fresh_key(state)?;
    Ok(context.refused(&title(&view), || {
        pages::desk_register(&view, &state, changed)
    }))
}

fn refused_file(refused: FileRefused, state: &mut FormState) {
    match refused {
        FileRefused::TooLarge => state.refuse("file", words::REGISTER_TOO_LARGE),
        FileRefused::NotText(found) => {
            state.refuse("file", file::capital(&file::not_text(found)));
        }
        FileRefused::Table(found) => state.refuse("file", file::capital(&file::table(found))),
        FileRefused::Empty => state.refuse("file", words::REGISTER_NOBODY),
        FileRefused::Rows(rows) => {
            for (line, row) in rows {
                state.refuse("file", words::register_row(line, row));
            }
        }
    }
}

/// The electors of the file that was sent; nobody where it is refused.
async fn electors(form: &Form, state: &mut FormState) -> Result<Vec<NewElector>, Error> {
    let file = form.uploads.iter().find(|upload| upload.field == "file");
    let Some(file) = file.filter(|file| !file.bytes.is_empty()) else {
        state.refuse("file", words::FILE_MISSING);
        return Ok(Vec::new());
    };
    let bytes = file.bytes.clone();
    let read = tokio::task::spawn_blocking(move || register_file::read(&bytes))
        .await
        .map_err(Error::unexpected)?;
    Ok(read.unwrap_or_else(|refused| {
        refused_file(refused, state);
        Vec::new()
    }))
}

async fn upload(
    context: RequestContext,
    Path(at): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    let electors = electors(&form, &mut state).await?;
    if state.is_refused() {
        return again(&context, &at, state, None).await;
    }
    let command = ReplaceRegister {
        poll: at.clone(),
        seen: Version::typed(form.pairs.one(VERSION)),
        electors,
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    match commands::replace_register(&context.app, &context, command).await {
        Ok(made) => letters(&context, &at, &made).await,
        Err(refused) => match refused.answerable()? {
            Answerable::Rule(RegisterRefused::InUse) => {
                state.refuse("file", words::REGISTER_IN_USE);
                again(&context, &at, state, None).await
            }
            Answerable::Changed(changed) => newer(&context, &at, state, &changed).await,
            Answerable::NotNow => Err(NotPermitted::NotNow.into()),
        },
    }
}

async fn new_letters(
    context: RequestContext,
    Path(at): Path<PollAddress>,
    form: Form,
) -> Result<Response, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    if form.pairs.one("confirm") != "yes" {
        state.refuse("confirm", words::NOT_CONFIRMED);
        return again(&context, &at, state, None).await;
    }
    let command = NewLetters {
        poll: at.clone(),
        seen: Version::typed(form.pairs.one(VERSION)),
        key: CreationKey::typed(form.pairs.one(KEY)),
    };
    match commands::new_letters(&context.app, &context, command).await {
        Ok(made) => letters(&context, &at, &made).await,
        Err(Denied::Changed(changed)) => newer(&context, &at, state, &changed).await,
        Err(denied) => Err(denied.into()),
    }
}

/// A colleague was first: the page says who, and takes the newer version.
async fn newer(
    context: &RequestContext,
    at: &PollAddress,
    state: FormState,
    changed: &Changed,
) -> Result<Response, Error> {
    again(context, at, with_newer(state, changed), Some(changed)).await
}

async fn letters(
    context: &RequestContext,
    at: &PollAddress,
    letters: &[LetterView],
) -> Result<Response, Error> {
    let view = desk::register(context.app.db.read(), context, at).await?;
    Ok(context.page("Letters", || {
        let site = &context.app.config.base_url;
        pages::letters(&view.view, site, &view.contact, letters)
    }))
}
