//! What is measured: a database with an open consultation of ten questions, and servers on it.
//!
//! The demonstration is made first, so that pages have real content, then the consultation, all
//! through the use cases. Invariant: nothing outside the bench's own folder and databases is used.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use domain::account::Member;
use domain::consultation::draft::{About, Contact, Dates, NewOption, NewQuestion, Places, Scope};
use domain::consultation::{Choices, QuestionKind};
use domain::ids::{ConsultationId, QuestionId, TeamId};
use jiff::{Timestamp, ToSpan};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::bench::client::{Client, encoded};
use crate::bench::process::{Process, free_port, soundings};
use crate::draft::Draft;
use crate::seed;
use server::App;
use server::cli::{CliError, application};
use server::config::Options;
use server::consultation::commands::BegunDraft;
use server::granted::Caller;
use server::secret::Secret;

/// The secret of the servers here; it protects nothing.
const SECRET: &str = "measured on loopback and thrown away";
/// Who owns the consultation.
pub const OFFICER: &str = "officer@council.example";
/// Where nothing listens: for what only needs the database.
const LISTEN: &str = "127.0.0.1:3000";
const TITLE: &str = "Crossings and pavements around the market";

/// An open consultation to answer.
#[derive(Clone, Debug)]
pub struct Open {
    pub id: ConsultationId,
    pub slug: String,
    /// Its ten questions, with how each is answered.
    pub questions: Vec<(QuestionId, QuestionKind)>,
}

fn options(folder: &Path, url: &str, listen: &str) -> Options {
    Options {
        database_url: url.to_owned(),
        listen: listen.to_owned(),
        base_url: None,
        mail: format!("file:{}", folder.join("mail").display()),
        secret: Some(SECRET.to_owned()),
        record_key: None,
        metrics: None,
        trusted_proxies: 0,
    }
}

/// The secret that the servers here sign with.
pub fn secret() -> Secret {
    Secret::new(SECRET)
}

/// A running application in this process, on this database.
pub async fn open(folder: &Path, url: &str) -> Result<App, CliError> {
    let config = options(folder, url, LISTEN)
        .check()
        .map_err(|refused| CliError::Failed(refused.to_string()))?;
    application(config).await
}

fn environment(folder: &Path, url: &str, listen: &str) -> [(&'static str, String); 5] {
    [
        ("SOUNDINGS_DATABASE_URL", url.to_owned()),
        ("SOUNDINGS_LISTEN", listen.to_owned()),
        ("SOUNDINGS_BASE_URL", format!("http://{listen}")),
        (
            "SOUNDINGS_MAIL",
            format!("file:{}", folder.join("mail").display()),
        ),
        ("SOUNDINGS_SECRET", SECRET.to_owned()),
    ]
}

/// Starts a server on this database and waits until it is ready.
pub async fn serve(folder: &Path, url: &str) -> Result<Process, CliError> {
    let address = free_port()?;
    let environment = environment(folder, url, &address.to_string());
    let arguments = ["serve", "--no-limits"];
    Process::start(
        &soundings()?,
        address,
        &arguments,
        &environment,
        "/health/ready",
    )
    .await
}

/// Makes the demonstration in an empty database, by the command that everybody uses; what that
/// prints is not ours to print.
fn demonstration(folder: &Path, url: &str) -> Result<(), CliError> {
    let status = Command::new(std::env::current_exe()?)
        .args(["seed", "demo"])
        .envs(environment(folder, url, LISTEN))
        .stdout(Stdio::null())
        .status()?;
    if status.success() {
        return Ok(());
    }
    Err(CliError::Failed(format!(
        "The demonstration can't be made: {status}."
    )))
}

/// Makes the demonstration and a published, open consultation in an empty database, and opens it.
pub async fn prepare(folder: &Path, url: &str) -> Result<(App, Open), CliError> {
    demonstration(folder, url)?;
    let app = open(folder, url).await?;
    let officer = member(&app, OFFICER).await?;
    let approver = member(&app, "approver@council.example").await?;
    let consultation = consultation(&app, &officer, &approver).await?;
    Ok((app, consultation))
}

async fn member(app: &App, email: &str) -> Result<Member, CliError> {
    let missing = || CliError::Failed(format!("The demonstration has no {email}."));
    let row = entity::person::Entity::find()
        .filter(entity::person::Column::Email.eq(email))
        .one(app.db.read())
        .await?
        .ok_or_else(missing)?;
    server::account::rows::member::member(app.db.read(), domain::ids::PersonId(row.id))
        .await?
        .ok_or_else(missing)
}

async fn consultation(app: &App, by: &Member, approver: &Member) -> Result<Open, CliError> {
    let now = app.clock.now();
    let team = by
        .roles
        .iter()
        .map(|held| held.team)
        .find(|team| approver.belongs_to(&[*team]))
        .ok_or_else(|| CliError::Failed("Nobody may approve.".into()))?;
    let asked: Vec<NewQuestion> = (1..=10).map(question).collect();
    let kinds: Vec<QuestionKind> = asked.iter().map(|question| question.kind).collect();
    let officer = Caller::member(by.clone(), now);
    let approver = Caller::member(approver.clone(), now);
    let written = draft(team, asked, now)?.write(app, &officer).await?;
    let BegunDraft { id, slug } = written.draft;
    crate::draft::publish(app, &officer, &approver, &slug).await?;
    Ok(Open {
        id,
        slug,
        questions: written.questions.into_iter().zip(kinds).collect(),
    })
}

fn draft(team: TeamId, questions: Vec<NewQuestion>, now: Timestamp) -> Result<Draft, CliError> {
    // As long as the consultations people publish: the page is 20 to 25 kB.
    let body: String = (1..=55)
        .map(|number| {
            format!(
                "### Place {number}\n\nPeople cross between parked cars to reach stall {number} \
                 of the market. We have money for two crossings and for wider pavements on one \
                 side, and want to know where they help most, whom they would hinder, and what we \
                 have overlooked at place {number}.\n\n"
            )
        })
        .collect();
    let option = |(title, do_nothing): (&str, bool)| NewOption {
        title: title.to_owned(),
        description: "What it would mean, what it costs, and who gains and loses.".to_owned(),
        do_nothing,
    };
    Ok(Draft {
        team,
        about: About {
            title: TITLE.to_owned(),
            summary: "Where two new crossings and wider pavements would help most.".to_owned(),
            body: format!("## What we propose\n\n{body}"),
            topic: "Transport".to_owned(),
        },
        scope: Scope {
            open: "Where the crossings go and how wide the pavements are.".to_owned(),
            limited: "The number of parking places that are lost.".to_owned(),
            fixed: "The budget.".to_owned(),
            reason: "The grant is for this street and this year.".to_owned(),
        },
        places: Places::default(),
        dates: Dates {
            regime: "non-statutory".to_owned(),
            opens: Some(now.checked_sub(1.hour())?),
            closes: Some(now.checked_add((60 * 24).hours())?),
            reason: "Eight weeks, as the summer holidays fall into them.".to_owned(),
        },
        contact: Contact {
            name: "The streets team".to_owned(),
            email: "streets@council.example".to_owned(),
        },
        options: [("Leave it as it is", true), ("Two new crossings", false)]
            .map(option)
            .to_vec(),
        questions,
        statements: Vec::new(),
        statements_open: false,
    })
}

/// Four to choose one, two scales, two to choose several, one short and one long text.
fn question(number: i32) -> NewQuestion {
    let kind = match number {
        1..=4 => QuestionKind::SingleChoice,
        5 | 6 => QuestionKind::Scale,
        7 | 8 => QuestionKind::MultipleChoice,
        9 => QuestionKind::ShortText,
        _ => QuestionKind::LongText,
    };
    let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect();
    let choices = match kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => Choices {
            items: words(&["On foot", "By bicycle", "By bus", "By car"]),
            ..Choices::default()
        },
        QuestionKind::Scale => Choices {
            from: 1,
            to: 5,
            low: "Not at all".to_owned(),
            high: "Very much".to_owned(),
            ..Choices::default()
        },
        _ => Choices::default(),
    };
    NewQuestion {
        page: 1 + (number - 1) / 5,
        kind,
        prompt: format!("Question {number}: what matters to you on this street?"),
        hint: String::new(),
        required: false,
        published: true,
        choices,
    }
}

/// The answers of one response, one row each when stored.
pub fn answers(open: &Open, number: usize) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = open
        .questions
        .iter()
        .map(|(id, kind)| {
            let value = match kind {
                QuestionKind::Scale => (1 + number % 5).to_string(),
                QuestionKind::SingleChoice | QuestionKind::MultipleChoice => {
                    (number % 4).to_string()
                }
                QuestionKind::ShortText => "The corner by the station".to_owned(),
                _ => "I cross there with two children every morning, and drivers who turn left do \
                      not see us until they are on the crossing."
                    .to_owned(),
            };
            (app::response::forms::answer_field(*id), value)
        })
        .collect();
    fields.push(("publication".to_owned(), "anonymous".to_owned()));
    fields
}

/// Signs the officer in and returns the cookie of their session.
pub async fn sign_in(address: SocketAddr) -> Result<String, CliError> {
    let officer = seed::PEOPLE
        .iter()
        .find(|person| person.email == OFFICER)
        .ok_or_else(|| CliError::Failed("The demonstration has no officer.".into()))?;
    let fields = [("email", officer.email), ("password", officer.password)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut client = Client::connect(address).await?;
    let path = app::paths::SIGN_IN;
    let answer = client.post(path, &encoded(&fields), "").await?;
    if answer.status != 303 {
        return Err(CliError::Failed("The officer can't sign in.".into()));
    }
    Ok(answer.cookies())
}
