//! A draft, its parts, its review.

use domain::consultation::draft::{About, Contact, Dates, NewOption, NewQuestion, Places, Scope};
use domain::consultation::{Choices, QuestionKind};
use domain::edit::Version;
use domain::ids::{DocumentId, OptionId, QuestionId, StatementId};
use server::consultation::commands::{
    AddDocument, AddOption, AddQuestion, AddStatement, Approve, BeginDraft, ChangeAbout,
    ChangeContact, ChangeDates, ChangeOption, ChangePlaces, ChangeQuestion, ChangeScope,
    OpenStatements, Publish, RemoveDocument, RemoveOption, RemoveQuestion, RemoveStatement,
    SendBack, SubmitForReview, UploadedFile, Withdraw,
};

use super::{Sample, Scene, example};
use crate::races::world::{APPROVED, DRAFT, IN_REVIEW, NOWHERE};

fn option(scene: &Scene) -> NewOption {
    NewOption {
        title: scene.words("A bridge"),
        description: "What it means".to_owned(),
        do_nothing: false,
    }
}

fn question(scene: &Scene) -> NewQuestion {
    NewQuestion {
        page: 1,
        kind: QuestionKind::LongText,
        prompt: scene.words("Why?"),
        hint: String::new(),
        required: false,
        published: true,
        choices: Choices::default(),
    }
}

pub const ALL: [Sample; 22] = [
    example!(
        consultation,
        DRAFT,
        add_document,
        |s| s.officer(),
        AddDocument {
            on: s.on.clone(),
            title: s.words("The plan"),
            file: Some(UploadedFile {
                name: "plan.txt".to_owned(),
                bytes: s.words("A plan").into_bytes().into(),
            }),
            key: s.key(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        add_option,
        |s| s.officer(),
        AddOption {
            on: s.on.clone(),
            option: option(s),
            key: s.key(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        add_question,
        |s| s.officer(),
        AddQuestion {
            on: s.on.clone(),
            question: question(s),
            key: s.key(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        add_statement,
        |s| s.officer(),
        AddStatement {
            on: s.on.clone(),
            text: s.words("Cars should wait"),
            key: s.key(),
        }
    ),
    example!(
        consultation,
        IN_REVIEW,
        approve,
        |s| s.approver(),
        Approve {
            on: s.on.clone(),
            seen: s.facts.submission,
        }
    ),
    example!(
        consultation,
        NOWHERE,
        begin_draft,
        |s| s.officer(),
        BeginDraft {
            title: "Benches in the park".to_owned(),
            team: s.facts.planning,
            regime: "non-statutory".to_owned(),
            invented: true,
            key: s.key(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        change_about,
        |s| s.officer(),
        ChangeAbout {
            on: s.on.clone(),
            about: About {
                title: s.words("A crossing"),
                summary: s.words("Where to cross"),
                body: s.words("Because"),
                topic: "Streets".to_owned(),
            },
            seen: Version(1),
        }
    ),
    example!(
        consultation,
        DRAFT,
        change_contact,
        |s| s.officer(),
        ChangeContact {
            on: s.on.clone(),
            contact: Contact {
                name: s.words("Planning"),
                email: "planning@council.example".to_owned(),
            },
            seen: Version(1),
        }
    ),
    example!(
        consultation,
        DRAFT,
        change_dates,
        |s| s.officer(),
        ChangeDates {
            on: s.on.clone(),
            dates: Dates {
                regime: "non-statutory".to_owned(),
                opens: Some(s.facts.opens),
                closes: Some(s.facts.closes),
                reason: s.words("Six weeks"),
            },
            seen: Version(1),
        }
    ),
    example!(
        consultation,
        DRAFT,
        change_option,
        |s| s.officer(),
        ChangeOption {
            on: s.on.clone(),
            which: OptionId(s.facts.option),
            option: option(s),
            seen: Version::default(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        change_places,
        |s| s.officer(),
        ChangePlaces {
            on: s.on.clone(),
            places: Places {
                areas: vec![s.facts.area],
                partners: vec![match s.who {
                    super::Who::First => s.facts.planning,
                    super::Who::Second => s.facts.democratic,
                }],
            },
            seen: Version::default(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        change_question,
        |s| s.officer(),
        ChangeQuestion {
            on: s.on.clone(),
            which: QuestionId(s.facts.question),
            question: question(s),
            seen: Version::default(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        change_scope,
        |s| s.officer(),
        ChangeScope {
            on: s.on.clone(),
            scope: Scope {
                open: s.words("Where it goes"),
                limited: String::new(),
                fixed: "The budget".to_owned(),
                reason: "The grant".to_owned(),
            },
            seen: Version(1),
        }
    ),
    example!(
        consultation,
        DRAFT,
        open_statements,
        |s| s.officer(),
        OpenStatements {
            on: s.on.clone(),
            open: s.who == super::Who::First,
            seen: Version::default(),
        }
    ),
    example!(
        consultation,
        APPROVED,
        publish,
        |s| s.officer(),
        Publish { on: s.on.clone() }
    ),
    example!(
        consultation,
        DRAFT,
        remove_document,
        |s| s.officer(),
        RemoveDocument {
            on: s.on.clone(),
            which: DocumentId(s.facts.document),
        }
    ),
    example!(
        consultation,
        DRAFT,
        remove_option,
        |s| s.officer(),
        RemoveOption {
            on: s.on.clone(),
            which: OptionId(s.facts.option),
            seen: Version::default(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        remove_question,
        |s| s.officer(),
        RemoveQuestion {
            on: s.on.clone(),
            which: QuestionId(s.facts.question),
            seen: Version::default(),
        }
    ),
    example!(
        consultation,
        DRAFT,
        remove_statement,
        |s| s.officer(),
        RemoveStatement {
            on: s.on.clone(),
            which: StatementId(s.facts.seed_statement),
        }
    ),
    example!(
        consultation,
        IN_REVIEW,
        send_back,
        |s| s.approver(),
        SendBack {
            on: s.on.clone(),
            note: s.words("Say more"),
        }
    ),
    example!(
        consultation,
        DRAFT,
        submit_for_review,
        |s| s.officer(),
        SubmitForReview { on: s.on.clone() }
    ),
    example!(
        consultation,
        APPROVED,
        withdraw,
        |s| s.officer(),
        Withdraw { on: s.on.clone() }
    ),
];
