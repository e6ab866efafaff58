//! A consultation with a poll that is open, made through the use cases.

use domain::account::Member;
use domain::consultation::Consultation;
use domain::edit::{CreationKey, Version};
use domain::ids::AreaId;
use domain::poll::model::BudgetForm;
use domain::poll::{Electorate, Method, NewElector, NewOption, NewPoll, Poll, PollAddress};
use domain::vote::{ranked, tally};
use server::granted::Caller;
use server::poll::commands::{self, AddOption, AddPoll, ReplaceRegister};
use server::poll::queries;

use crate::consultation::{OFFICER, publish, whole_draft};
use crate::support::{Browser, Page, TestApp};

/// A poll in its consultation.
pub struct Polled {
    pub slug: String,
    /// The codes of the letters, where there is a register.
    pub letters: Vec<String>,
}

impl Polled {
    pub fn path(&self, part: &str) -> String {
        format!("/consultations/{}/polls/1{part}", self.slug)
    }

    pub fn address(&self) -> PollAddress {
        PollAddress {
            slug: self.slug.clone(),
            number: 1,
        }
    }

    pub async fn found(&self, app: &TestApp) -> (Consultation, Poll) {
        let db = app.app.db.read();
        let on = server::consultation::rows::by_slug(db, &self.slug)
            .await
            .expect("reads")
            .expect("a consultation");
        let poll = queries::poll(db, &on, 1).await.expect("reads");
        (on, poll.expect("a poll"))
    }

    /// Marks the paper of this browser and casts it. The receipt.
    pub async fn vote(&self, voter: &Browser, marks: &[(&str, &str)]) -> Page {
        let paper = voter.get(&self.path("/paper")).await.expect(200);
        let check = voter
            .submit(&paper, "main form.app-ballot", marks)
            .await
            .expect(200);
        let form = format!("form[action='{}']", self.path("/cast"));
        let cast = voter.submit(&check, &form, &[]).await.expect(303);
        voter
            .get(&cast.location().expect("a page"))
            .await
            .expect(200)
    }

    /// Gets the paper of a letter into this browser.
    pub async fn open_letter(&self, voter: &Browser, letter: &str) -> Page {
        let entry = voter.get(&self.path("/paper")).await.expect(200);
        let form = format!("form[action='{}']", self.path("/issue"));
        voter.submit(&entry, &form, &[("letter", letter)]).await
    }
}

pub fn ranked() -> Method {
    Method::Ranked {
        rule: ranked::Rule::Irv,
        seats: 1,
    }
}

pub fn approval() -> Method {
    Method::Points {
        form: tally::Rule::Approval { most: None },
        seats: 1,
    }
}

pub fn knapsack() -> Method {
    Method::Budget {
        total: 5_000_000,
        form: BudgetForm::Knapsack,
        rule: "greedy".to_owned(),
    }
}

/// Somebody of the council's staff.
pub async fn member(app: &TestApp, email: &str) -> Member {
    let id = app.person(email).await;
    let found = server::account::rows::member::member(app.app.db.read(), id).await;
    found.expect("reads").expect("a member")
}

/// The same, as the caller of a use case now.
pub async fn caller(app: &TestApp, email: &str) -> Caller {
    Caller::member(member(app, email).await, app.app.clock.now())
}

/// A poll that opened, with three options; projects of £20,000, £30,000 and £40,000 in a budget.
pub async fn open(app: &TestApp, method: Method, electorate: Electorate) -> Polled {
    let officer = app.sign_in(OFFICER).await;
    let slug = whole_draft(app, &officer, "Put to a vote").await;
    let by = caller(app, OFFICER).await;
    let budget = method.is_budget();
    let register = electorate == Electorate::Register;
    let poll = NewPoll {
        electorate,
        ..NewPoll::beginning("Which one?", method)
    };
    let add = AddPoll {
        on: slug.clone(),
        poll,
        key: CreationKey::default(),
    };
    let number = commands::add_poll(&app.app, &by, add).await;
    let at = PollAddress {
        slug: slug.clone(),
        number: number.expect("allowed"),
    };
    for (name, cost) in [
        ("North", 2_000_000),
        ("South", 3_000_000),
        ("East", 4_000_000),
    ] {
        let add = AddOption {
            poll: at.clone(),
            option: NewOption {
                name: name.to_owned(),
                cost: budget.then_some(cost),
                ..NewOption::default()
            },
            picture: None,
            key: CreationKey::default(),
        };
        let added = commands::add_option(&app.app, &by, add).await;
        added.expect("on the paper");
    }
    let mut polled = Polled {
        slug,
        letters: Vec::new(),
    };
    if register {
        let electors = (1..=40)
            .map(|n| NewElector {
                name: format!("Elector {n}"),
                address: format!("{n} High Street"),
            })
            .collect();
        let command = ReplaceRegister {
            poll: at,
            seen: Version(0),
            electors,
            key: CreationKey::default(),
        };
        let letters = commands::replace_register(&app.app, &by, command).await;
        let letters = letters.expect("a register");
        polled.letters = letters.into_iter().map(|letter| letter.code).collect();
    }
    publish(app, &polled.slug).await;
    app.later(48);
    polled
}

/// The ward of a postcode of the borough.
pub async fn ward(app: &TestApp) -> (String, AreaId) {
    use sea_orm::EntityTrait;
    let row = entity::postcode::Entity::find()
        .one(app.app.db.read())
        .await
        .expect("reads")
        .expect("a postcode");
    (row.postcode, AreaId(row.area_id))
}
