//! Who may do what with a consultation, at each stage, written out so that a council officer can
//! read it and say where it is wrong: `policy_matrix.txt` beside this file.
//!
//! Invariant: the checked-in text is what the policy says. `UPDATE_SNAPSHOTS=1` rewrites it, and
//! the difference is then read like any other change.

use std::fmt::Write;
use std::path::PathBuf;

use domain::account::{Actor, Member, Membership, NotPermitted, OrganisationKind, Role};
use domain::consultation::Stage;
use domain::consultation::policy::{Context, Permission, may, may_create};
use domain::ids::{OrganisationId, PersonId, TeamId};

const OWNER: TeamId = TeamId(1);
const PARTNER: TeamId = TeamId(2);
const ELSEWHERE: TeamId = TeamId(3);
const AUTHOR: PersonId = PersonId(1);
const COLLEAGUE: PersonId = PersonId(2);

fn member(person: PersonId, team: TeamId, kind: OrganisationKind, role: Role) -> Actor {
    Actor::Member(Member {
        person,
        name: String::new(),
        roles: vec![Membership {
            team,
            organisation: OrganisationId(team.0),
            kind,
            role,
        }],
    })
}

/// Everybody of the table, by the words an officer would use.
fn people() -> Vec<(&'static str, Actor)> {
    use OrganisationKind::{Council, Police, Voluntary};
    use Role::*;
    let of = |team, kind, role| member(COLLEAGUE, team, kind, role);
    vec![
        ("Anybody, not signed in", Actor::Anyone),
        (
            "Officer who wrote it",
            member(AUTHOR, OWNER, Council, Officer),
        ),
        ("Officer of the team", of(OWNER, Council, Officer)),
        (
            "Approver who wrote it",
            member(AUTHOR, OWNER, Council, Approver),
        ),
        ("Approver of the team", of(OWNER, Council, Approver)),
        ("Moderator of the team", of(OWNER, Council, Moderator)),
        ("Analyst of the team", of(OWNER, Council, Analyst)),
        ("Councillor of the team", of(OWNER, Council, Councillor)),
        (
            "Administrator of the team",
            of(OWNER, Council, Administrator),
        ),
        ("Officer of a partner team", of(PARTNER, Council, Officer)),
        ("Approver of a partner team", of(PARTNER, Council, Approver)),
        (
            "Voluntary partner’s officer",
            of(PARTNER, Voluntary, Officer),
        ),
        (
            "Police partner’s officer",
            of(PARTNER, Police, NeighbourhoodOfficer),
        ),
        ("Officer of another team", of(ELSEWHERE, Council, Officer)),
        ("Approver of another team", of(ELSEWHERE, Council, Approver)),
        (
            "Moderator of another team",
            of(ELSEWHERE, Council, Moderator),
        ),
        ("Councillor elsewhere", of(ELSEWHERE, Council, Councillor)),
        (
            "Administrator elsewhere",
            of(ELSEWHERE, Council, Administrator),
        ),
        ("Auditor of the council", of(ELSEWHERE, Council, Auditor)),
        ("Auditor of the police", of(ELSEWHERE, Police, Auditor)),
        (
            "Police officer, not a partner",
            of(ELSEWHERE, Police, NeighbourhoodOfficer),
        ),
        (
            "Voluntary officer elsewhere",
            of(ELSEWHERE, Voluntary, Officer),
        ),
    ]
}

fn act_words(permission: Permission) -> &'static str {
    match permission {
        Permission::View => "Read it",
        Permission::Edit => "Change its words, options, questions, documents",
        Permission::SubmitForReview => "Send it for review",
        Permission::Approve => "Approve it, or send it back",
        Permission::Publish => "Publish it",
        Permission::Withdraw => "Withdraw it",
        Permission::Respond => "Respond and vote",
        Permission::Watch => "Watch responses come in",
        Permission::Moderate => "Moderate what residents wrote",
        Permission::Answer => "Answer themes",
        Permission::Decide => "Record the decision",
        Permission::Export => "Export responses",
    }
}

fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "draft",
        Stage::InReview => "review",
        Stage::Approved => "approved",
        Stage::Scheduled => "scheduled",
        Stage::Open => "open",
        Stage::Closed => "closed",
        Stage::Answered => "answered",
        Stage::Decided => "decided",
        Stage::Withdrawn => "withdrawn",
    }
}

fn answer(result: Result<(), NotPermitted>) -> &'static str {
    match result {
        Ok(()) => "YES",
        Err(NotPermitted::Forbidden | NotPermitted::NotNow) => "no",
        Err(NotPermitted::Unknown) => "-",
        Err(NotPermitted::SignInFirst) => "sign in",
    }
}

fn on(stage: Stage) -> Context {
    Context {
        teams: vec![OWNER, PARTNER],
        stage,
        authors: vec![AUTHOR],
    }
}

fn matrix() -> String {
    let mut out = String::from(
        "Who may do what with a consultation, at each stage.\n\n\
         YES      may do it\n\
         no       knows of it, but may not\n\
         -        is told that there is no such page\n\
         sign in  is asked to sign in first\n\n\
         The team is the one that owns the consultation; partner teams share it.\n",
    );
    for permission in Permission::ALL {
        let _ = write!(out, "\n{}\n{:32}", act_words(permission), "");
        for stage in Stage::ALL {
            let _ = write!(out, "{:10}", stage_words(stage));
        }
        out.push('\n');
        for (name, actor) in people() {
            let mut line = format!("  {name:30}");
            for stage in Stage::ALL {
                let _ = write!(line, "{:10}", answer(may(&actor, permission, &on(stage))));
            }
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    let _ = writeln!(out, "\nBegin a consultation for the team");
    for (name, actor) in people() {
        let _ = writeln!(out, "  {name:30}{}", answer(may_create(&actor, OWNER)));
    }
    out.lines().fold(String::new(), |mut whole, line| {
        whole.push_str(line.trim_end());
        whole.push('\n');
        whole
    })
}

#[test]
fn the_matrix_that_officers_read_is_what_the_policy_says() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/policy_matrix.txt");
    let said = matrix();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &said).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (at, (now, before)) in said.lines().zip(kept.lines()).enumerate() {
        assert_eq!(
            now,
            before,
            "line {} of policy_matrix.txt; UPDATE_SNAPSHOTS=1 rewrites it",
            at + 1
        );
    }
    assert_eq!(said, kept, "UPDATE_SNAPSHOTS=1 rewrites policy_matrix.txt");
}

#[test]
fn nobody_approves_what_they_wrote_at_any_stage() {
    for stage in Stage::ALL {
        for role in Role::ALL {
            let author = member(AUTHOR, OWNER, OrganisationKind::Council, role);
            assert!(
                may(&author, Permission::Approve, &on(stage)).is_err(),
                "{role:?} at {stage:?}"
            );
        }
    }
}

#[test]
fn only_who_may_at_another_stage_hears_that_it_is_the_stage() {
    let officer = member(COLLEAGUE, OWNER, OrganisationKind::Council, Role::Officer);
    let approver = member(COLLEAGUE, OWNER, OrganisationKind::Council, Role::Approver);
    let author = member(AUTHOR, OWNER, OrganisationKind::Council, Role::Approver);
    let now = |actor, permission, stage| may(actor, permission, &on(stage));
    let cases = [
        (
            &officer,
            Permission::Edit,
            Stage::InReview,
            NotPermitted::NotNow,
        ),
        (
            &approver,
            Permission::Approve,
            Stage::Draft,
            NotPermitted::NotNow,
        ),
        (
            &approver,
            Permission::Edit,
            Stage::InReview,
            NotPermitted::Forbidden,
        ),
        (
            &author,
            Permission::Approve,
            Stage::Draft,
            NotPermitted::Forbidden,
        ),
        (
            &author,
            Permission::Approve,
            Stage::InReview,
            NotPermitted::Forbidden,
        ),
    ];
    for (actor, permission, stage, why) in cases {
        assert_eq!(
            now(actor, permission, stage),
            Err(why),
            "{permission:?} {stage:?}"
        );
    }
}

#[test]
fn before_publication_nobody_outside_learns_that_it_exists() {
    for stage in [
        Stage::Draft,
        Stage::InReview,
        Stage::Approved,
        Stage::Withdrawn,
    ] {
        assert_eq!(
            may(&Actor::Anyone, Permission::View, &on(stage)),
            Err(NotPermitted::Unknown)
        );
        for kind in [OrganisationKind::Council, OrganisationKind::Police] {
            for role in Role::ALL {
                if role == Role::Auditor && kind == OrganisationKind::Council {
                    continue;
                }
                let stranger = member(COLLEAGUE, ELSEWHERE, kind, role);
                for permission in Permission::ALL {
                    assert_eq!(
                        may(&stranger, permission, &on(stage)),
                        Err(NotPermitted::Unknown),
                        "{kind:?} {role:?} {permission:?} {stage:?}"
                    );
                }
            }
        }
    }
}
