//! Concerns, and what was done about an area.

use domain::edit::Version;
use domain::ids::ConcernId;
use domain::neighbourhood::{Category, NewAnswer, NewConcern, Ownership, Saying, Status};
use domain::retention::CONCERN_CONTACT_DAYS;
use server::granted::Caller;
use server::neighbourhood::commands::{
    AnswerConcern, ForgetContacts, MailConcernReceipt, RaiseConcern, ReleaseConcerns,
    SayWhatWasDone,
};
use server::neighbourhood::key::ConcernKey;

use super::{Sample, Who, example};
use crate::races::world::NOWHERE;
use jiff::SignedDuration;

/// When it is time to forget how to reach whoever raised a concern that has ended.
fn long_after(scene: &super::Scene) -> Caller {
    let days = SignedDuration::from_hours(24 * (CONCERN_CONTACT_DAYS + 1));
    Caller::anyone(scene.app.clock.now() + days)
}

pub const ALL: [Sample; 6] = [
    example!(
        neighbourhood,
        NOWHERE,
        answer_concern,
        |s| s.neighbourhood(),
        AnswerConcern {
            concern: ConcernId(s.facts.concern),
            answer: NewAnswer {
                ownership: Some(match s.who {
                    Who::First => Ownership::Council,
                    Who::Second => Ownership::Ours,
                }),
                sent_to: String::new(),
                status: Some(Status::LookingInto),
                reply: s.words("We were there on Monday"),
            },
            seen: Version::default(),
            key: s.key(),
        }
    ),
    example!(
        neighbourhood,
        NOWHERE,
        forget_contacts,
        |s| long_after(s),
        ForgetContacts
    ),
    example!(
        neighbourhood,
        NOWHERE,
        mail_concern_receipt,
        |s| s.anyone(),
        MailConcernReceipt {
            of: s.facts.ready.raised.clone(),
            to: "jo@example.org".to_owned(),
            key: s.key(),
        }
    ),
    example!(
        neighbourhood,
        NOWHERE,
        raise_concern,
        |s| s.anyone(),
        RaiseConcern {
            area: s.facts.ward.clone(),
            concern: NewConcern {
                category: Some(Category::Roads),
                what: s.words("Cars race past"),
                place: "Priory Road".to_owned(),
                may_contact: false,
                name: String::new(),
                email: String::new(),
            },
            // The same form, sent by two clicks.
            key: ConcernKey::of("one form"),
            invented: true,
        }
    ),
    example!(
        neighbourhood,
        NOWHERE,
        release_concerns,
        |s| s.anyone(),
        ReleaseConcerns {
            area: s.facts.ward.clone(),
        }
    ),
    example!(
        neighbourhood,
        NOWHERE,
        say_what_was_done,
        |s| s.neighbourhood(),
        SayWhatWasDone {
            area: s.facts.ward.clone(),
            saying: Saying {
                said: s.words("It is dark"),
                done: "There is a lamp".to_owned(),
            },
            key: s.key(),
        }
    ),
];
