//! The sections of a draft that are lists: add, change and take away.

use app::consultation::{forms, section_forms};
use app::messages::consultation as words;
use app::paths;
use app::ui::conflict::{KEY, VERSION};
use app::ui::form::FormState;
use axum::Router;
use axum::response::Response;
use axum::routing::post;
use domain::consultation::draft::{DraftRefused, Section};
use domain::edit::{CreationKey, Version};

use crate::App;
use crate::consultation::commands::{
    self, AddDocument, AddOption, AddQuestion, AddStatement, AddStatementRefused, ChangeOption,
    ChangeQuestion, DocumentRefused, OpenStatements, RemoveDocument, RemoveOption, RemoveQuestion,
    RemoveStatement, UploadedFile,
};
use crate::consultation::http::draft;
use crate::consultation::http::outcome::{Again, said, said_plainly};
use crate::error::Refused;
use crate::http::{
    Error, Form, FormAgain, Path, RequestContext, again, fresh_key, not_removed, see_other,
    with_fresh_key,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/desk/consultations/{slug}/statements/open",
            post(open_statements),
        )
        .route("/desk/consultations/{slug}/{section}/remove", post(remove))
}

/// Adds to a list or changes one of its entries.
pub(super) async fn save(
    context: &RequestContext,
    slug: &str,
    section: Section,
    form: &Form,
) -> Result<Again, Error> {
    match section {
        Section::Options => option(context, slug, form).await,
        Section::Questions => question(context, slug, form).await,
        Section::Statements => statement(context, slug, form).await,
        Section::Documents => document(context, slug, form).await,
        _ => Err(Error::NotFound),
    }
}

fn key(form: &Form) -> CreationKey {
    CreationKey::typed(form.pairs.one(KEY))
}

fn seen(form: &Form) -> Version {
    Version::typed(form.pairs.one(VERSION))
}

/// The entry that a form changes, if it does not add one.
fn entry(form: &Form) -> Result<Option<i64>, Error> {
    match form.pairs.one("entry") {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::Malformed),
    }
}

/// The form of an entry that was changed. What a colleague removed meanwhile may be added again.
fn changed(state: FormState, outcome: Result<(), Refused<DraftRefused>>) -> Result<Again, Error> {
    if let Err(Refused::Because(DraftRefused::Removed)) = outcome {
        let key = fresh_key()?;
        return Ok(Some(section_forms::as_new(state, key).into()));
    }
    said(state, outcome)
}

async fn option(context: &RequestContext, slug: &str, form: &Form) -> Result<Again, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    let option = section_forms::option(&form.pairs, &mut state);
    if state.is_refused() {
        return Ok(Some(state.into()));
    }
    let (app, on) = (&context.app, slug.to_owned());
    match entry(form)? {
        None => {
            let key = key(form);
            let command = AddOption { on, option, key };
            said_plainly(state, commands::add_option(app, context, command).await)
        }
        Some(which) => {
            let command = ChangeOption {
                on,
                which: which.into(),
                option,
                seen: seen(form),
            };
            changed(state, commands::change_option(app, context, command).await)
        }
    }
}

async fn question(context: &RequestContext, slug: &str, form: &Form) -> Result<Again, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    let Some(question) = forms::question(&form.pairs, &mut state) else {
        return Ok(Some(state.into()));
    };
    let (app, on) = (&context.app, slug.to_owned());
    match entry(form)? {
        None => {
            let key = key(form);
            let command = AddQuestion { on, question, key };
            said(state, commands::add_question(app, context, command).await)
        }
        Some(which) => {
            let command = ChangeQuestion {
                on,
                which: which.into(),
                question,
                seen: seen(form),
            };
            changed(
                state,
                commands::change_question(app, context, command).await,
            )
        }
    }
}

async fn statement(context: &RequestContext, slug: &str, form: &Form) -> Result<Again, Error> {
    let state = FormState::from_pairs(form.pairs.iter());
    let command = AddStatement {
        on: slug.to_owned(),
        text: form.pairs.one("text").to_owned(),
        key: key(form),
    };
    match commands::add_statement(&context.app, context, command).await {
        Ok(()) => Ok(None),
        Err(refused) => again(state, refused, |rule, state| match rule {
            AddStatementRefused::VoteNotAllowed => state.refuse("text", words::NO_VOTE),
            AddStatementRefused::Words(why) => {
                state.refuse("text", app::messages::vote::statement(why));
            }
        })
        .map(Some),
    }
}

async fn document(context: &RequestContext, slug: &str, form: &Form) -> Result<Again, Error> {
    let mut state = FormState::from_pairs(form.pairs.iter());
    forms::at_most(&mut state, &form.pairs, "title", 150);
    if state.is_refused() {
        return Ok(Some(state.into()));
    }
    let sent = form.uploads.iter().find(|upload| upload.field == "file");
    let command = AddDocument {
        on: slug.to_owned(),
        title: form.pairs.one("title").to_owned(),
        file: sent.map(|upload| UploadedFile {
            name: upload.file_name.clone(),
            bytes: upload.bytes.clone(),
        }),
        key: key(form),
    };
    match commands::add_document(&context.app, context, command).await {
        Ok(()) => Ok(None),
        Err(refused) => again(state, refused, |rule, state| {
            state.refuse("file", refused_file(rule));
        })
        .map(Some),
    }
}

fn refused_file(refused: DocumentRefused) -> &'static str {
    match refused {
        DocumentRefused::Missing => words::FILE_MISSING,
        DocumentRefused::TooLarge => words::FILE_TOO_LARGE,
        DocumentRefused::TooManyPixels => words::FILE_OF_TOO_MANY_PIXELS,
        DocumentRefused::NotTurned => words::FILE_NOT_TURNED,
        DocumentRefused::WrongKind => words::FILE_OF_WRONG_KIND,
    }
}

async fn open_statements(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let command = OpenStatements {
        on: slug.clone(),
        open: form.pairs.one("open") == "yes",
        seen: seen(&form),
    };
    let outcome = commands::open_statements(&context.app, &context, command).await;
    match said(FormState::new(), outcome)? {
        None => Ok(see_other(&paths::desk_consultation(&slug, "statements"))),
        Some(FormAgain { state, changed }) => {
            let state = with_fresh_key(state)?;
            draft::refused(
                &context,
                &slug,
                Section::Statements,
                state,
                changed.as_ref(),
            )
            .await
        }
    }
}

async fn remove(
    context: RequestContext,
    Path((slug, section)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let section = Section::from_code(&section).ok_or(Error::NotFound)?;
    let which = entry(&form)?.ok_or(Error::Malformed)?;
    let seen = seen(&form);
    let (app, on) = (&context.app, slug.clone());
    let outcome = match section {
        Section::Options => {
            let which = which.into();
            commands::remove_option(app, &context, RemoveOption { on, which, seen }).await
        }
        Section::Questions => {
            let which = which.into();
            commands::remove_question(app, &context, RemoveQuestion { on, which, seen }).await
        }
        Section::Statements => {
            let which = which.into();
            commands::remove_statement(app, &context, RemoveStatement { on, which }).await
        }
        Section::Documents => {
            let which = which.into();
            commands::remove_document(app, &context, RemoveDocument { on, which }).await
        }
        _ => return Err(Error::NotFound),
    };
    match outcome {
        Ok(()) => Ok(see_other(&paths::desk_consultation(&slug, section.code()))),
        Err(denied) => {
            let state = not_removed(denied)?;
            draft::refused(&context, &slug, section, state, None).await
        }
    }
}
