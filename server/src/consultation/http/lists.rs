//! The sections of a draft that are lists: add, change and take away.

use app::consultation::forms;
use app::messages::consultation as words;
use app::paths;
use app::ui::form::FormState;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::post;
use domain::account::Member;
use domain::consultation::QuestionKind;
use domain::consultation::read::ConsultationDetail;
use domain::ids::ConsultationId;
use domain::vote::statement::check_statement;

use crate::App;
use crate::consultation::commands::{self, Change, NewOption, NewQuestion};
use crate::consultation::http::sections::editing;
use crate::http::{Error, Form, RequestContext, see_other};

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/desk/consultations/{slug}/statements/open",
            post(open_statements),
        )
        .route("/desk/consultations/{slug}/{section}/remove", post(remove))
}

/// Whether a section is a list.
pub(super) fn is_list(section: &str) -> bool {
    matches!(
        section,
        "options" | "questions" | "statements" | "documents"
    )
}

/// The form below a list: empty, or of the entry that is to be changed.
///
/// # Errors
/// Not found where there is no such entry.
pub(super) fn form_of(
    view: &ConsultationDetail,
    section: &str,
    change: Option<i64>,
) -> Result<FormState, Error> {
    let Some(id) = change else {
        return Ok(forms::empty_entry());
    };
    match section {
        "options" => view
            .options
            .iter()
            .find(|option| option.id.0 == id)
            .map(forms::of_option),
        "questions" => view
            .questions
            .iter()
            .find(|question| question.id.0 == id)
            .map(forms::of_question),
        _ => None,
    }
    .ok_or(Error::NotFound)
}

/// Who changes which consultation.
pub(super) struct Editing<'a> {
    pub context: &'a RequestContext,
    pub member: &'a Member,
    pub view: &'a ConsultationDetail,
    pub id: ConsultationId,
}

impl Editing<'_> {
    /// Adds to a list or changes one of its entries; false where it was refused in `state`.
    pub async fn save(
        &self,
        section: &str,
        form: &Form,
        state: &mut FormState,
    ) -> Result<bool, Error> {
        match section {
            "options" => self.option(form, state).await,
            "questions" => self.question(form, state).await,
            "statements" => self.statement(form, state).await,
            "documents" => self.document(form, state).await,
            _ => Err(Error::NotFound),
        }
    }

    async fn option(&self, form: &Form, state: &mut FormState) -> Result<bool, Error> {
        let pairs = &form.pairs;
        forms::needed(state, pairs, "title", words::OPTION_MISSING, 150);
        forms::at_most(state, pairs, "description", 5_000);
        if state.is_refused() {
            return Ok(false);
        }
        let new = NewOption {
            title: pairs.one("title").to_owned(),
            description: pairs.one("description").to_owned(),
            do_nothing: pairs.has("do_nothing"),
        };
        let (app, member, now) = (&self.context.app, self.member, self.context.now);
        match entry(form)? {
            None => commands::add_option(app, member, self.id, new, now).await?,
            Some(which) => {
                commands::change_option(app, member, self.id, which.into(), new, now).await?;
            }
        }
        Ok(true)
    }

    async fn question(&self, form: &Form, state: &mut FormState) -> Result<bool, Error> {
        let pairs = &form.pairs;
        let Some(question) = forms::question(pairs, state) else {
            return Ok(false);
        };
        if question.kind == QuestionKind::StatementBlock && !self.view.voting_allowed {
            state.refuse("kind", words::NO_VOTE);
            return Ok(false);
        }
        let new = NewQuestion {
            page: question.page,
            kind: question.kind,
            prompt: pairs.one("prompt").to_owned(),
            hint: pairs.one("hint").to_owned(),
            required: pairs.has("required"),
            published: pairs.has("published"),
            choices: question.choices,
        };
        let (app, member, now) = (&self.context.app, self.member, self.context.now);
        match entry(form)? {
            None => {
                commands::add_question(app, member, self.id, new, now).await?;
            }
            Some(which) => {
                commands::change_question(app, member, self.id, which.into(), new, now).await?;
            }
        }
        Ok(true)
    }

    async fn statement(&self, form: &Form, state: &mut FormState) -> Result<bool, Error> {
        if !self.view.voting_allowed {
            state.refuse("text", words::NO_VOTE);
            return Ok(false);
        }
        match check_statement(form.pairs.one("text"), 0) {
            Ok(text) => {
                let (app, now) = (&self.context.app, self.context.now);
                commands::add_statement(app, self.member, self.id, text, now).await?;
                Ok(true)
            }
            Err(refused) => {
                state.refuse("text", app::messages::vote::statement(refused));
                Ok(false)
            }
        }
    }

    async fn document(&self, form: &Form, state: &mut FormState) -> Result<bool, Error> {
        forms::at_most(state, &form.pairs, "title", 150);
        if state.is_refused() {
            return Ok(false);
        }
        let upload = form.uploads.iter().find(|upload| upload.field == "file");
        let (app, now) = (&self.context.app, self.context.now);
        let title = form.pairs.one("title");
        match commands::add_document(app, self.member, self.id, title, upload, now).await? {
            Ok(()) => Ok(true),
            Err(refused) => {
                state.refuse("file", refused_file(refused));
                Ok(false)
            }
        }
    }
}

fn refused_file(refused: commands::DocumentRefused) -> &'static str {
    use commands::DocumentRefused::{Missing, TooLarge, WrongKind};
    match refused {
        Missing => words::FILE_MISSING,
        TooLarge => words::FILE_TOO_LARGE,
        WrongKind => words::FILE_OF_WRONG_KIND,
    }
}

/// The entry that a form changes, if it does not add one.
fn entry(form: &Form) -> Result<Option<i64>, Error> {
    match form.pairs.one("entry") {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::Malformed),
    }
}

async fn open_statements(
    context: RequestContext,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (member, view, id) = editing(&context, &slug).await?;
    let open = form.pairs.one("open") == "yes" && view.voting_allowed;
    let change = Change::StatementsOpen(open);
    commands::edit(&context.app, &member, id, change, context.now).await?;
    Ok(see_other(&paths::desk_consultation(&slug, "statements")))
}

async fn remove(
    context: RequestContext,
    Path((slug, section)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (member, _, id) = editing(&context, &slug).await?;
    let which = entry(&form)?.ok_or(Error::Malformed)?;
    let (app, now) = (&context.app, context.now);
    match section.as_str() {
        "options" => commands::remove_option(app, &member, id, which.into(), now).await?,
        "questions" => commands::remove_question(app, &member, id, which.into(), now).await?,
        "statements" => commands::remove_statement(app, &member, id, which.into(), now).await?,
        "documents" => commands::remove_document(app, &member, id, which.into(), now).await?,
        _ => return Err(Error::NotFound),
    }
    Ok(see_other(&paths::desk_consultation(&slug, &section)))
}
