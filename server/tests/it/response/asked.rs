//! A consultation that is open: ten questions on three pages, made through the use cases.

use domain::account::Member;
use domain::consultation::draft::{About, Contact, Dates, NewOption, NewQuestion, Places, Scope};
use domain::consultation::{Choices, QuestionKind};
use domain::ids::{QuestionId, TeamId};
use jiff::{SignedDuration, Timestamp};
use server::App;
use server::granted::Caller;
use workshop::draft::{self, Draft, Written};

/// A published consultation.
#[derive(Clone, Debug)]
pub struct Asked {
    pub slug: String,
    /// Two one-line, two long, two single choice with "other" on the second, two multiple choice
    /// with "other" on the second, two scales; the first of each is required.
    pub questions: Vec<QuestionId>,
}

impl Asked {
    pub fn path(&self, part: &str) -> String {
        format!("/consultations/{}/{part}", self.slug)
    }

    pub fn answer(&self, at: usize) -> String {
        format!("answer.{}", self.questions[at])
    }

    pub fn other(&self, at: usize) -> String {
        format!("other.{}", self.questions[at])
    }

    /// A whole response in fields, with this text as its long answer.
    pub fn fields(&self, text: &str) -> Vec<(String, String)> {
        let values = [
            (0, "Narrow"),
            (2, text),
            (4, "1"),
            (6, "0"),
            (6, "2"),
            (8, "4"),
        ];
        let mut fields: Vec<(String, String)> = values
            .iter()
            .map(|(at, value)| (self.answer(*at), (*value).to_owned()))
            .collect();
        fields.push(("publication".to_owned(), "anonymous".to_owned()));
        fields
    }
}

async fn member(app: &App, email: &str) -> Member {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let row = entity::person::Entity::find()
        .filter(entity::person::Column::Email.eq(email))
        .one(app.db.read())
        .await
        .expect("reads")
        .expect("a person");
    let id = domain::ids::PersonId(row.id);
    let found = server::account::rows::member::member(app.db.read(), id).await;
    found.expect("reads").expect("a member")
}

/// A consultation that opened an hour ago and closes in 30 days.
pub async fn open(app: &App) -> Asked {
    open_with(app, &[]).await
}

/// The same, with statements to vote on.
pub async fn open_with(app: &App, statements: &[&str]) -> Asked {
    let statements = statements.iter().map(|words| (*words).to_owned()).collect();
    open_as(app, |draft| draft.statements = statements).await
}

/// The same with these questions instead.
pub async fn open_asking(app: &App, questions: Vec<NewQuestion>) -> Asked {
    open_as(app, |draft| draft.questions = questions).await
}

/// The same with something of it written otherwise.
pub async fn open_as(app: &App, otherwise: impl FnOnce(&mut Draft)) -> Asked {
    let officer = member(app, "officer@council.example").await;
    let approver = member(app, "approver@council.example").await;
    let team = officer
        .teams_as(domain::account::Role::Officer)
        .into_iter()
        .next()
        .expect("a team");
    let now = app.clock.now();
    let officer = Caller::member(officer, now);
    let approver = Caller::member(approver, now);
    let mut whole = whole(team, now);
    otherwise(&mut whole);
    let Written { draft, questions } = whole.write(app, &officer).await.expect("a draft");
    let slug = draft.slug;
    draft::publish(app, &officer, &approver, &slug)
        .await
        .expect("published");
    Asked { slug, questions }
}

fn whole(team: TeamId, now: Timestamp) -> Draft {
    let text = str::to_owned;
    Draft {
        team,
        about: About {
            title: text("A crossing in High Street"),
            summary: text("Where people should cross."),
            body: text("We want a crossing."),
            topic: text("transport"),
        },
        scope: Scope {
            open: text("Where it is"),
            limited: String::new(),
            fixed: text("The budget"),
            reason: text("The grant is for one crossing"),
        },
        places: Places::default(),
        dates: Dates {
            regime: text("non-statutory"),
            opens: Some(now - SignedDuration::from_hours(1)),
            closes: Some(now + SignedDuration::from_hours(30 * 24)),
            reason: text("Thirty days from the notice"),
        },
        contact: Contact {
            name: text("Streets"),
            email: text("streets@council.example"),
        },
        options: [("Build it", false), ("Do nothing", true)]
            .map(|(title, do_nothing)| NewOption {
                title: text(title),
                description: text("As it says"),
                do_nothing,
            })
            .to_vec(),
        questions: asked(),
        statements: Vec::new(),
        statements_open: true,
    }
}

fn asked() -> Vec<NewQuestion> {
    let kinds = [
        (1, QuestionKind::ShortText),
        (1, QuestionKind::LongText),
        (2, QuestionKind::SingleChoice),
        (2, QuestionKind::MultipleChoice),
        (3, QuestionKind::Scale),
    ];
    kinds
        .into_iter()
        .flat_map(|(page, kind)| [(page, kind, true), (page, kind, false)])
        .map(|(page, kind, required)| NewQuestion {
            page,
            kind,
            prompt: format!("{} {}?", kind.code(), if required { "one" } else { "two" }),
            hint: String::new(),
            required,
            published: true,
            choices: match kind {
                QuestionKind::Scale => Choices {
                    from: 1,
                    to: 5,
                    low: "Not at all".to_owned(),
                    high: "Very".to_owned(),
                    ..Choices::default()
                },
                QuestionKind::SingleChoice | QuestionKind::MultipleChoice => Choices {
                    items: ["North", "Middle", "South"].map(str::to_owned).to_vec(),
                    other: !required,
                    ..Choices::default()
                },
                _ => Choices::default(),
            },
        })
        .collect()
}
