//! The register of a poll, its letters, and ballots on paper.

use app::messages::poll::desk as words;
use app::poll::pages;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use domain::account::Member;
use domain::consultation::Consultation;
use domain::poll::policy::{may_keep_register, may_key_paper};
use domain::poll::read::LetterView;
use domain::poll::{Choice, Choices, Electorate, Poll};

use crate::App;
use crate::consultation::queries::detail;
use crate::http::{Error, Form, RequestContext};
use crate::poll::code;
use crate::poll::commands::register_file::{self, FileRefused};
use crate::poll::commands::{self, PaperRefused, RegisterRefused};
use crate::poll::http::desk::{desk_poll, poll_of, seen};
use crate::secret;

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
        .route(
            "/desk/consultations/{slug}/polls/{number}/ballot-paper",
            get(ballot_paper),
        )
        .route(
            "/desk/consultations/{slug}/polls/{number}/paper-votes",
            get(ask_paper).post(key_paper),
        )
}

type Found = (Member, Consultation, Poll);

async fn found(context: &RequestContext, slug: &str, number: i32) -> Result<Found, Error> {
    let (member, on) = seen(context, slug).await?;
    let poll = poll_of(context, &on, number).await?;
    Ok((member, on, poll))
}

/// The same, for somebody who keeps its register.
async fn keeping(context: &RequestContext, slug: &str, number: i32) -> Result<Found, Error> {
    let (member, on) = seen(context, slug).await?;
    may_keep_register(&context.actor, &on, context.now)?;
    let poll = poll_of(context, &on, number).await?;
    if poll.electorate != Electorate::Register {
        return Err(Error::NotFound);
    }
    Ok((member, on, poll))
}

async fn page(
    context: &RequestContext,
    on: &Consultation,
    poll: &Poll,
    state: FormState,
) -> Result<Response, Error> {
    let view = desk_poll(context, on, poll).await?;
    let title = format!("Register: {}", poll.question);
    Ok(if state.is_refused() {
        context.refused(&title, || pages::desk_register(&view, &state))
    } else {
        context.page(&title, || pages::desk_register(&view, &state))
    })
}

async fn show(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on, poll) = keeping(&context, &slug, number).await?;
    page(&context, &on, &poll, FormState::new()).await
}

fn refused_file(refused: FileRefused, state: &mut FormState) {
    match refused {
        FileRefused::TooLarge => state.refuse("file", words::REGISTER_TOO_LARGE),
        FileRefused::NotText => state.refuse("file", words::REGISTER_NOT_TEXT),
        FileRefused::Columns => state.refuse("file", words::REGISTER_COLUMNS),
        FileRefused::Empty => state.refuse("file", words::REGISTER_NOBODY),
        FileRefused::Rows(rows) => {
            for (line, row) in rows {
                state.refuse("file", words::register_row(line, row));
            }
        }
    }
}

async fn upload(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on, poll) = keeping(&context, &slug, number).await?;
    let mut state = FormState::new();
    let file = form.uploads.iter().find(|upload| upload.field == "file");
    let electors = match file.filter(|file| !file.bytes.is_empty()) {
        None => {
            state.refuse("file", words::FILE_MISSING);
            Vec::new()
        }
        Some(file) => {
            let bytes = file.bytes.clone();
            let read = tokio::task::spawn_blocking(move || register_file::read(&bytes))
                .await
                .map_err(Error::unexpected)?;
            read.unwrap_or_else(|refused| {
                refused_file(refused, &mut state);
                Vec::new()
            })
        }
    };
    if state.is_refused() {
        return page(&context, &on, &poll, state).await;
    }
    let (app, now) = (&context.app, context.now);
    match commands::replace_register(app, &member, &on, &poll, electors, now).await? {
        Ok(letters) => letter_page(&context, &on, &poll, &letters).await,
        Err(RegisterRefused::InUse) => {
            state.refuse("file", words::REGISTER_IN_USE);
            page(&context, &on, &poll, state).await
        }
    }
}

async fn new_letters(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on, poll) = keeping(&context, &slug, number).await?;
    if form.pairs.one("confirm") != "yes" {
        let mut state = FormState::from_pairs(form.pairs.iter());
        state.refuse("confirm", words::NOT_CONFIRMED);
        return page(&context, &on, &poll, state).await;
    }
    let letters = commands::new_letters(&context.app, &member, &on, &poll, context.now).await?;
    letter_page(&context, &on, &poll, &letters).await
}

/// Whom people can ask.
async fn contact(context: &RequestContext, on: &Consultation) -> Result<(String, String), Error> {
    let view = detail::consultation_detail(context.app.db.read(), on.id, context.now).await?;
    Ok(view.map(|view| view.contact).unwrap_or_default())
}

async fn letter_page(
    context: &RequestContext,
    on: &Consultation,
    poll: &Poll,
    letters: &[LetterView],
) -> Result<Response, Error> {
    let view = desk_poll(context, on, poll).await?.view;
    let contact = contact(context, on).await?;
    Ok(context.page("Letters", || {
        pages::letters(&view, &context.app.config.base_url, &contact, letters)
    }))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asked {
    large: String,
}

async fn ballot_paper(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (_, on, poll) = found(&context, &slug, number).await?;
    let view = desk_poll(&context, &on, &poll).await?;
    let contact = contact(&context, &on).await?;
    Ok(
        context.page(&format!("Ballot paper: {}", poll.question), || {
            pages::ballot_paper(&view, &contact, asked.large == "yes")
        }),
    )
}

/// Somebody who may key ballots from paper.
async fn keying(context: &RequestContext, slug: &str, number: i32) -> Result<Found, Error> {
    let (member, on) = seen(context, slug).await?;
    may_key_paper(&context.actor, &on, context.now)?;
    let poll = poll_of(context, &on, number).await?;
    Ok((member, on, poll))
}

async fn paper_page(
    context: &RequestContext,
    on: &Consultation,
    poll: &Poll,
    state: FormState,
    first: &str,
    counted: bool,
) -> Result<Response, Error> {
    let view = desk_poll(context, on, poll).await?;
    let keyed = counted.then_some(view.turnout.paper);
    let title = format!("Paper ballots: {}", poll.question);
    Ok(if state.is_refused() {
        context.refused(&title, || pages::paper_votes(&view, &state, first, keyed))
    } else {
        context.page(&title, || pages::paper_votes(&view, &state, first, keyed))
    })
}

fn fresh() -> Result<FormState, Error> {
    Ok(FormState::new().with("key", secret::token().map_err(Error::unexpected)?))
}

async fn ask_paper(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let (_, on, poll) = keying(&context, &slug, number).await?;
    paper_page(&context, &on, &poll, fresh()?, "", false).await
}

/// The marks as keyed, within the rules of the paper.
fn keyed(form: &Form, poll: &Poll, state: &mut FormState) -> Option<Choices> {
    let mut marks = Vec::new();
    for one in &poll.options {
        let field = pages::mark_field(one.position);
        match form.pairs.one(&field) {
            "" => {}
            text => match text.parse() {
                Ok(value) => marks.push(Choice {
                    option: one.position,
                    value,
                }),
                Err(_) => state.refuse(field, words::MARK_UNREADABLE),
            },
        }
    }
    match poll.choices(&marks) {
        Ok(choices) if !state.is_refused() => Some(choices),
        Ok(_) => None,
        Err(refused) => {
            let (field, message) = pages::paper_refused(poll, refused);
            state.refuse(field, message);
            None
        }
    }
}

async fn key_paper(
    context: RequestContext,
    Path((slug, number)): Path<(String, i32)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, on, poll) = keying(&context, &slug, number).await?;
    let pairs = &form.pairs;
    let key = pairs.one("key");
    if key.is_empty() || key.len() > 64 {
        return Err(Error::Malformed);
    }
    let mut state = FormState::from_pairs(pairs.iter());
    let register = poll.electorate == Electorate::Register;
    let code = code::typed(pairs.one("code")).letters().to_owned();
    if register && code.is_empty() {
        state.refuse("code", words::CODE_UNKNOWN);
    }
    let first = pairs.one("first").to_owned();
    let Some(choices) = keyed(&form, &poll, &mut state).filter(|_| !state.is_refused()) else {
        return paper_page(&context, &on, &poll, state, &first, false).await;
    };
    let secrets = &context.app.config.secret;
    let said = secret::hash(&format!("{key}\n{code}\n{}", choices.text()));
    if first.is_empty() {
        // The second keying begins empty, so that it is a second reading of the paper.
        let signed = secrets.sign("first-keying", &said);
        let again = FormState::new().with("key", key);
        return paper_page(&context, &on, &poll, again, &signed, false).await;
    }
    if secrets.verify("first-keying", &first) != Some(said.as_str()) {
        state.refuse("", words::KEYED_DIFFERENTLY);
        return paper_page(&context, &on, &poll, state, "", false).await;
    }
    let (app, now) = (&context.app, context.now);
    match commands::key_paper(app, &member, &on, &poll, (key, &code), &choices, now).await? {
        Ok(()) => paper_page(&context, &on, &poll, fresh()?, "", true).await,
        Err(refused) => {
            state.refuse(
                "code",
                match refused {
                    PaperRefused::CodeUnknown => words::CODE_UNKNOWN,
                    PaperRefused::CodeUsed => words::CODE_USED,
                    PaperRefused::Published => words::ALREADY_PUBLISHED,
                },
            );
            paper_page(&context, &on, &poll, state, "", false).await
        }
    }
}
