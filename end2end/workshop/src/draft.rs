//! A whole consultation written, reviewed and published by the use cases that officers use.

use domain::consultation::draft::{About, Contact, Dates, NewOption, NewQuestion, Places, Scope};
use domain::edit::{CreationKey, Version};
use domain::ids::{QuestionId, TeamId};
use server::App;
use server::cli::CliError;
use server::consultation::commands::{
    self, AddOption, AddQuestion, AddStatement, Approve, BeginDraft, BegunDraft, ChangeAbout,
    ChangeContact, ChangeDates, ChangePlaces, ChangeScope, OpenStatements, Publish,
    SubmitForReview,
};
use server::granted::Caller;

/// What a consultation says. Its title and its regime are those of `about` and `dates`.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The owner team.
    pub team: TeamId,
    /// What it is about.
    pub about: About,
    /// What can change.
    pub scope: Scope,
    /// Where, and with whom.
    pub places: Places,
    /// When, and under which regime.
    pub dates: Dates,
    /// Whom to ask.
    pub contact: Contact,
    /// Its options.
    pub options: Vec<NewOption>,
    /// Its questions.
    pub questions: Vec<NewQuestion>,
    /// The owner's statements.
    pub statements: Vec<String>,
    /// Whether residents may add statements.
    pub statements_open: bool,
}

/// A draft as it was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its number and its name in addresses.
    pub draft: BegunDraft,
    /// Its questions in their order.
    pub questions: Vec<QuestionId>,
}

impl Draft {
    /// Writes it.
    ///
    /// # Errors
    /// Whatever a use case refuses.
    pub async fn write(self, app: &App, officer: &Caller) -> Result<Written, CliError> {
        let begin = BeginDraft {
            title: self.about.title.clone(),
            team: self.team,
            regime: self.dates.regime.clone(),
            invented: true,
            key: CreationKey::default(),
        };
        let draft = commands::begin_draft(app, officer, begin).await?;
        let on = || draft.slug.clone();
        let (seen, key) = (Version::default(), CreationKey::default());
        let about = ChangeAbout {
            on: on(),
            about: self.about,
            seen,
        };
        commands::change_about(app, officer, about).await?;
        let scope = ChangeScope {
            on: on(),
            scope: self.scope,
            seen,
        };
        commands::change_scope(app, officer, scope).await?;
        let places = ChangePlaces {
            on: on(),
            places: self.places,
            seen,
        };
        commands::change_places(app, officer, places).await?;
        let dates = ChangeDates {
            on: on(),
            dates: self.dates,
            seen,
        };
        commands::change_dates(app, officer, dates).await?;
        let contact = ChangeContact {
            on: on(),
            contact: self.contact,
            seen,
        };
        commands::change_contact(app, officer, contact).await?;
        if self.statements_open {
            let open = OpenStatements {
                on: on(),
                open: true,
                seen,
            };
            commands::open_statements(app, officer, open).await?;
        }
        for option in self.options {
            let (on, key) = (on(), key.clone());
            commands::add_option(app, officer, AddOption { on, option, key }).await?;
        }
        let mut questions = Vec::new();
        for question in self.questions {
            let (on, key) = (on(), key.clone());
            let command = AddQuestion { on, question, key };
            questions.push(commands::add_question(app, officer, command).await?);
        }
        for text in self.statements {
            let (on, key) = (on(), key.clone());
            commands::add_statement(app, officer, AddStatement { on, text, key }).await?;
        }
        Ok(Written { draft, questions })
    }
}

/// Sends it for review, and says which text waits.
///
/// # Errors
/// What the gates miss.
pub async fn submit(app: &App, officer: &Caller, slug: &str) -> Result<Version, CliError> {
    let on = slug.to_owned();
    Ok(commands::submit_for_review(app, officer, SubmitForReview { on }).await?)
}

/// Sends it for review, approves it and publishes it.
///
/// # Errors
/// What the gates miss.
pub async fn publish(
    app: &App,
    officer: &Caller,
    approver: &Caller,
    slug: &str,
) -> Result<(), CliError> {
    let seen = submit(app, officer, slug).await?;
    let on = slug.to_owned();
    commands::approve(app, approver, Approve { on, seen }).await?;
    let on = slug.to_owned();
    commands::publish(app, officer, Publish { on }).await?;
    Ok(())
}
