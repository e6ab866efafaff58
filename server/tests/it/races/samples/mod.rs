//! An example of each use case, on things of the demonstration. The first and the second of a pair are
//! two people of one role, and say different things.

mod account;
mod consultation;
mod council;
mod insight;
mod neighbourhood;
mod poll;
mod response;
mod vote;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use domain::edit::CreationKey;
use server::App;
use server::error::{Denied, Fault, Refused};
use server::granted::Caller;

use super::pair::Answer;
use super::world::Facts;

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    First,
    Second,
}

/// Where an example runs, and for whom.
pub struct Scene {
    pub app: App,
    pub facts: Arc<Facts>,
    pub who: Who,
    /// The consultation that both are about.
    pub on: String,
}

impl Scene {
    pub fn new(app: App, facts: Arc<Facts>, who: Who, on: &str) -> Self {
        Self {
            app,
            facts,
            who,
            on: on.to_owned(),
        }
    }

    /// Words of this person.
    pub fn words(&self, about: &str) -> String {
        match self.who {
            Who::First => format!("{about}, as Lee puts it"),
            Who::Second => format!("{about}, as Kim puts it"),
        }
    }

    /// The key of this person's form.
    pub fn key(&self) -> CreationKey {
        CreationKey::typed(&format!("the form of {:?}", self.who))
    }

    /// One of two people who hold this role.
    pub fn caller(&self, pair: &(Caller, Caller)) -> Caller {
        let (first, second) = pair;
        let caller = match self.who {
            Who::First => first,
            Who::Second => second,
        };
        Caller {
            now: self.app.clock.now(),
            ..caller.clone()
        }
    }

    pub fn officer(&self) -> Caller {
        self.caller(&self.facts.officers)
    }

    /// One person in two browsers.
    pub fn owner(&self) -> Caller {
        Caller {
            now: self.app.clock.now(),
            ..self.facts.officers.0.clone()
        }
    }

    pub fn approver(&self) -> Caller {
        self.caller(&self.facts.approvers)
    }

    pub fn moderator(&self) -> Caller {
        self.caller(&self.facts.moderators)
    }

    pub fn administrator(&self) -> Caller {
        self.caller(&self.facts.administrators)
    }

    pub fn neighbourhood(&self) -> Caller {
        self.caller(&self.facts.neighbourhood)
    }

    pub fn anyone(&self) -> Caller {
        Caller::anyone(self.app.clock.now())
    }
}

/// What was said instead of yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A refusal, in the words of the program.
    Refused(String),
    /// A fault: never right.
    Fault(String),
}

impl From<Denied> for Said {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Fault(fault) => Self::from(fault),
            // Who and when differ from run to run.
            Denied::Changed(changed) => Self::Refused(format!("changed by {}", changed.by)),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<Fault> for Said {
    fn from(fault: Fault) -> Self {
        Self::Fault(format!("{fault:?}"))
    }
}

impl<R: std::fmt::Debug> From<Refused<R>> for Said {
    fn from(refused: Refused<R>) -> Self {
        match refused {
            Refused::Because(rule) => Self::Refused(format!("{rule:?}")),
            Refused::Denied(denied) => denied.into(),
        }
    }
}

/// What an example does.
pub type Run = for<'a> fn(&'a Scene) -> Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// An example of one use case.
#[derive(Clone, Copy)]
pub struct Sample {
    pub slice: &'static str,
    pub name: &'static str,
    /// The consultation at which there is something for it to do.
    pub home: &'static str,
    pub run: Run,
    /// Whether its whole effect is its answer: nothing in the database is different afterwards but
    /// what a comparison leaves out.
    pub only_answers: bool,
}

impl std::fmt::Display for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}::{}", self.slice, self.name)
    }
}

/// Every example.
pub fn all() -> Vec<Sample> {
    let mut all = Vec::new();
    all.extend(account::ALL);
    all.extend(council::ALL);
    all.extend(consultation::ALL);
    all.extend(poll::ALL);
    all.extend(insight::ALL);
    all.extend(neighbourhood::ALL);
    all.extend(response::ALL);
    all.extend(vote::ALL);
    all.sort_by_key(|sample| (sample.slice, sample.name));
    all
}

/// `example!(slice, home, use_case, |scene| caller, command)`.
macro_rules! example {
    ($slice:ident, $home:expr, $name:ident, |$scene:ident| $caller:expr, $command:expr) => {
        $crate::races::samples::Sample {
            slice: stringify!($slice),
            name: stringify!($name),
            home: $home,
            run: |$scene| {
                Box::pin(async move {
                    server::$slice::commands::$name(&$scene.app, &$caller, $command)
                        .await
                        .map(drop)
                        .map_err(Into::into)
                })
            },
            only_answers: false,
        }
    };
}

pub(crate) use example;
