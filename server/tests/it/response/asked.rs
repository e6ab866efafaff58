//! A consultation that is open: ten questions on three pages, made through the use cases.

use domain::account::Member;
use domain::consultation::{Choices, QuestionKind};
use domain::ids::QuestionId;
use jiff::{SignedDuration, Timestamp};
use server::App;
use server::consultation::commands::Change;
use server::consultation::commands::NewDraft;
use server::consultation::commands::NewOption;
use server::consultation::commands::NewQuestion;
use server::consultation::commands::add_option;
use server::consultation::commands::add_question;
use server::consultation::commands::add_statement;
use server::consultation::commands::approve;
use server::consultation::commands::create;
use server::consultation::commands::edit;
use server::consultation::commands::publish;
use server::consultation::commands::submit_for_review;

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
    let officer = member(app, "officer@council.example").await;
    let approver = member(app, "approver@council.example").await;
    let team = officer
        .teams_as(domain::account::Role::Officer)
        .into_iter()
        .next()
        .expect("a team");
    let now = app.clock.now();
    let draft = NewDraft {
        title: "A crossing in High Street".to_owned(),
        team,
        regime: "non-statutory".to_owned(),
        invented: true,
    };
    let (id, slug) = create(app, &officer, draft, now).await.expect("a draft");
    for change in changes(now) {
        edit(app, &officer, id, change, now).await.expect("edits");
    }
    for (title, do_nothing) in [("Build it", false), ("Do nothing", true)] {
        let option = NewOption {
            title: title.to_owned(),
            description: "As it says".to_owned(),
            do_nothing,
        };
        add_option(app, &officer, id, option, now)
            .await
            .expect("an option");
    }
    for words in statements {
        add_statement(app, &officer, id, (*words).to_owned(), now)
            .await
            .expect("a statement");
    }
    let mut questions = Vec::new();
    for question in asked() {
        questions.push(
            add_question(app, &officer, id, question, now)
                .await
                .expect("a question"),
        );
    }
    submit_for_review(app, &officer, id, now)
        .await
        .expect("sent")
        .expect("gates");
    approve(app, &approver, id, now)
        .await
        .expect("approved")
        .expect("gates");
    publish(app, &officer, id, now)
        .await
        .expect("published")
        .expect("gates");
    Asked { slug, questions }
}

fn changes(now: Timestamp) -> [Change; 5] {
    let text = str::to_owned;
    [
        Change::About {
            title: text("A crossing in High Street"),
            summary: text("Where people should cross."),
            body: text("We want a crossing."),
            topic: text("transport"),
        },
        Change::Scope {
            open: text("Where it is"),
            limited: String::new(),
            fixed: text("The budget"),
            reason: text("The grant is for one crossing"),
        },
        Change::Dates {
            regime: text("non-statutory"),
            opens: Some(now - SignedDuration::from_hours(1)),
            closes: Some(now + SignedDuration::from_hours(30 * 24)),
            reason: text("Thirty days from the notice"),
        },
        Change::Contact {
            name: text("Streets"),
            email: text("streets@council.example"),
        },
        Change::StatementsOpen(true),
    ]
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
