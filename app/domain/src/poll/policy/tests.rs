//! Who may do what with a poll, and when: each policy as the list of stages in which it says yes.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what can't be expected or unwrapped fails the test"
)]

use crate::account::{Actor, NotPermitted, OrganisationKind, Role};
use crate::consultation::Stage::{
    Answered, Approved, Closed, Decided, Draft, InReview, Open, Scheduled, Withdrawn,
};
use crate::consultation::{Consultation, Milestones, Stage};
use crate::ids::{ConsultationId, TeamId};
use crate::made_up::{self, council, member};
use crate::poll::policy::{
    CastRefused, Hidden, Policy, hidden, may_cast, may_keep_register, may_key_paper, may_publish,
    may_see_desk, may_see_form, may_set_up, may_vote_in,
};
use crate::poll::{Method, Poll};
use jiff::Timestamp;

const NOW: i64 = 1_000;

fn at(second: i64) -> Option<Timestamp> {
    Some(Timestamp::from_second(second).expect("in range"))
}

fn now() -> Timestamp {
    Timestamp::from_second(NOW).expect("in range")
}

/// A consultation that is in this stage now.
fn on(stage: Stage) -> Consultation {
    let reached = |first: Stage, second: i64| at(second).filter(|_| stage.place() >= first.place());
    let (opens, closes) = match stage {
        Draft | InReview | Approved | Scheduled => (NOW + 10, NOW + 20),
        Open => (NOW, NOW + 1),
        _ => (NOW - 20, NOW),
    };
    let withdrawn = stage == Withdrawn;
    Consultation {
        id: ConsultationId(1),
        slug: "one".to_owned(),
        title: "One".to_owned(),
        summary: String::new(),
        teams: vec![TeamId(1)],
        authors: Vec::new(),
        milestones: Milestones {
            submitted: reached(InReview, 1),
            approved: reached(Approved, 2),
            published: reached(Scheduled, 3).filter(|_| !withdrawn),
            opens: at(opens),
            closes: at(closes),
            answered: reached(Answered, NOW).filter(|_| !withdrawn),
            decided: reached(Decided, NOW).filter(|_| !withdrawn),
            withdrawn: at(4).filter(|_| withdrawn),
        },
        statements_open: false,
        voting_allowed: true,
        publication_profile: String::new(),
        invented: true,
    }
}

fn poll() -> Poll {
    let method = Method::beginning("approval").expect("a method");
    made_up::poll(method, &["One", "Two"])
}

fn somebody(role: Role, team: i64, kind: OrganisationKind) -> Actor {
    Actor::Member(member(kind, &[(role, team)]))
}

/// The stages in which this is allowed.
fn stages(allowed: impl Fn(Stage) -> bool) -> Vec<Stage> {
    Stage::ALL.into_iter().filter(|one| allowed(*one)).collect()
}

fn stages_of(policy: Policy, actor: &Actor) -> Vec<Stage> {
    stages(|stage| policy(actor, &on(stage), now()).is_ok())
}

#[test]
fn each_made_up_consultation_is_in_its_stage() {
    for stage in Stage::ALL {
        assert_eq!(on(stage).stage(now()), stage);
    }
}

#[test]
fn a_ballot_is_cast_while_it_is_open_and_otherwise_it_is_said_why_not() {
    for stage in Stage::ALL {
        let right = match stage {
            Open => Ok(()),
            Scheduled => Err(CastRefused::NotYetOpen),
            Closed | Answered | Decided => Err(CastRefused::Closed),
            Draft | InReview | Approved | Withdrawn => Err(CastRefused::Unknown),
        };
        assert_eq!(may_cast(&on(stage), now()), right, "{stage:?}");
        assert_eq!(may_vote_in(&on(stage), &poll(), false, now()), right);
        let without = Consultation {
            voting_allowed: false,
            ..on(stage)
        };
        let refused = Err(CastRefused::NotUnderThisRegime);
        assert_eq!(may_cast(&without, now()), refused, "{stage:?}");
    }
    let unfit = Poll {
        options: Vec::new(),
        ..poll()
    };
    let refused = may_vote_in(&on(Open), &unfit, false, now());
    assert_eq!(refused, Err(CastRefused::Unknown));
    let late = may_vote_in(&on(Open), &poll(), true, now());
    assert_eq!(late, Err(CastRefused::Closed));
}

#[test]
fn nobody_sees_a_result_before_the_counting_is_complete() {
    for published in [false, true] {
        for stage in Stage::ALL {
            let right = match stage {
                Closed | Answered | Decided if published => Ok(None),
                Closed | Answered | Decided => Ok(Some(Hidden::BeingCounted)),
                Open => Ok(Some(Hidden::Voting)),
                Scheduled => Ok(Some(Hidden::NotOpen)),
                Draft | InReview | Approved | Withdrawn => Err(NotPermitted::Unknown),
            };
            let said = hidden(&on(stage), published, now());
            assert_eq!(said, right, "{stage:?} {published}");
            let without = Consultation {
                voting_allowed: false,
                ..on(stage)
            };
            let said = hidden(&without, published, now());
            assert_eq!(said, Err(NotPermitted::Unknown), "{stage:?}");
        }
    }
    let words = [Hidden::Voting, Hidden::NotOpen, Hidden::BeingCounted].map(Hidden::code);
    assert_eq!(words, ["voting", "not-open", "being-counted"]);
}

#[test]
fn each_policy_of_the_desk_holds_for_its_people_in_its_stages() {
    let officer = council(Role::Officer, 1);
    let public = [Scheduled, Open, Closed, Answered, Decided];
    let closed = [Closed, Answered, Decided];
    assert_eq!(stages_of(may_see_desk, &officer), Stage::ALL);
    assert_eq!(stages_of(may_set_up, &officer), [Draft]);
    assert_eq!(stages_of(may_see_form, &officer), Stage::ALL);
    assert_eq!(stages_of(may_publish, &officer), closed);
    let register = [Draft, InReview, Approved, Scheduled, Open];
    assert_eq!(stages_of(may_keep_register, &officer), register);
    let paper = [Open, Closed, Answered];
    assert_eq!(stages_of(may_key_paper, &officer), paper);
    let auditor = council(Role::Auditor, 2);
    assert_eq!(stages_of(may_see_desk, &auditor), Stage::ALL);
    let police = somebody(Role::Auditor, 2, OrganisationKind::Police);
    assert_eq!(stages_of(may_see_desk, &police), public);
    let changing: [Policy; 5] = [
        may_set_up,
        may_see_form,
        may_publish,
        may_keep_register,
        may_key_paper,
    ];
    for nobody in [
        Actor::Anyone,
        council(Role::Moderator, 1),
        council(Role::Approver, 1),
        council(Role::Officer, 2),
        auditor,
        police,
    ] {
        for policy in changing {
            assert_eq!(stages_of(policy, &nobody), [], "{nobody:?}");
        }
    }
    for stranger in [council(Role::Officer, 2), Actor::Anyone] {
        assert_eq!(stages_of(may_see_desk, &stranger), []);
    }
}

#[test]
fn who_is_refused_hears_no_more_than_they_may_know() {
    let refused = |policy: Policy, actor: &Actor, stage| policy(actor, &on(stage), now());
    let stranger = council(Role::Officer, 2);
    for policy in [may_see_desk as Policy, may_keep_register, may_key_paper] {
        let draft = refused(policy, &stranger, Draft);
        assert_eq!(draft, Err(NotPermitted::Unknown));
        let open = refused(policy, &stranger, Open);
        assert_eq!(open, Err(NotPermitted::Forbidden));
        let nobody = refused(policy, &Actor::Anyone, Open);
        assert_eq!(nobody, Err(NotPermitted::SignInFirst));
    }
    assert_eq!(
        refused(may_publish, &stranger, Approved),
        Err(NotPermitted::Unknown)
    );
    assert_eq!(
        refused(may_publish, &stranger, Closed),
        Err(NotPermitted::Forbidden)
    );
    let officer = council(Role::Officer, 1);
    assert_eq!(
        refused(may_publish, &officer, Open),
        Err(NotPermitted::NotNow)
    );
    assert_eq!(
        refused(may_keep_register, &officer, Closed),
        Err(NotPermitted::NotNow)
    );
    assert_eq!(
        refused(may_key_paper, &officer, Decided),
        Err(NotPermitted::NotNow)
    );
    let without = Consultation {
        voting_allowed: false,
        ..on(Open)
    };
    assert_eq!(
        may_key_paper(&officer, &without, now()),
        Err(NotPermitted::Forbidden)
    );
}
