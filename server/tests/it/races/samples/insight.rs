//! Themes, answers, decisions, promises, and decisions of moderators.

use domain::edit::Version;
use domain::ids::{ConsultationId, ThemeId};
use domain::insight::{Outcome, Theme};
use domain::moderation::{Decision, Reason, SubjectKind};
use jiff::SignedDuration;
use server::granted::Caller;
use server::insight::commands::{
    AddTheme, ChangeTheme, Decide, KeepPromise, PublishAnswers, ReleaseCounts, RemoveTheme,
    TellTakenPart,
};
use server::moderation::commands::TakeDecision;

use super::{Sample, Scene, Who, example};
use crate::races::world::{ANSWERED, CLOSED, DECIDED, OPEN};

fn theme(scene: &Scene) -> Theme {
    Theme {
        title: scene.words("Saturdays"),
        we_asked: "When?".to_owned(),
        you_said: scene.words("Open on Saturdays"),
        outcome: Some(Outcome::Did),
        we_did: "It opens".to_owned(),
        because: "Most asked for it".to_owned(),
        id: None,
        promise: String::new(),
        promise_due: None,
        kept: false,
    }
}

/// When no more can come.
fn after_the_close(scene: &Scene) -> Caller {
    Caller::anyone(scene.facts.closes + SignedDuration::from_hours(2))
}

pub const ALL: [Sample; 9] = [
    example!(
        insight,
        CLOSED,
        add_theme,
        |s| s.officer(),
        AddTheme {
            on: s.on.clone(),
            theme: theme(s),
            key: s.key(),
        }
    ),
    example!(
        insight,
        CLOSED,
        change_theme,
        |s| s.officer(),
        ChangeTheme {
            on: s.on.clone(),
            theme: ThemeId(s.facts.theme),
            says: theme(s),
            seen: Version::default(),
        }
    ),
    example!(
        insight,
        ANSWERED,
        decide,
        |s| s.officer(),
        Decide {
            on: s.on.clone(),
            words: s.words("It opens on Saturdays"),
            equality_assessed: Some(s.facts.today),
            read: s.facts.themes_answered.clone(),
        }
    ),
    example!(
        insight,
        DECIDED,
        keep_promise,
        |s| s.officer(),
        KeepPromise {
            on: s.on.clone(),
            theme: ThemeId(s.facts.promised),
        }
    ),
    example!(
        insight,
        CLOSED,
        publish_answers,
        |s| s.officer(),
        PublishAnswers {
            on: s.on.clone(),
            read: s.facts.themes_closed.clone(),
        }
    ),
    example!(
        insight,
        CLOSED,
        remove_theme,
        |s| s.officer(),
        RemoveTheme {
            on: s.on.clone(),
            theme: ThemeId(s.facts.theme),
            seen: Version::default(),
        }
    ),
    example!(
        insight,
        OPEN,
        tell_taken_part,
        |s| s.anyone(),
        TellTakenPart {
            consultation: ConsultationId(s.facts.open),
            attempt: s.facts.ready.attempt,
        }
    ),
    example!(
        moderation,
        OPEN,
        take_decision,
        |s| s.moderator(),
        TakeDecision {
            kind: SubjectKind::Answer,
            id: s.facts.held_answer,
            decision: match s.who {
                Who::First => Decision::Reject(Reason::Advertising),
                Who::Second => Decision::Approve,
            },
            seen: Version::default(),
        }
    ),
    example!(
        insight,
        OPEN,
        release_counts,
        |s| after_the_close(s),
        ReleaseCounts {
            on: ConsultationId(s.facts.open),
        }
    ),
];
