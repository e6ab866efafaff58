//! People: two administrators of one council.

use domain::account::{OrganisationKind, Role};
use server::account::commands::{
    AddStaff, AskReset, ChangePassword, CreateAdministrator, Disable, Enable, GiveRole, Invite,
    InviteAgain, MailHead, SendLetterAgain, SetPasswordByLink, SignHead, SignIn, StaffPerson,
    StaffTeam, TakeRole,
};
use server::account::rows::links::Purpose;

use super::{Sample, Who, example};
use crate::races::world::{NOWHERE, email};
use crate::support::password;

/// The other administrator: each of the two wants the other one gone.
fn other(scene: &super::Scene) -> domain::ids::PersonId {
    match scene.who {
        Who::First => scene.facts.second_administrator,
        Who::Second => scene.facts.first_administrator,
    }
}

pub const ALL: [Sample; 15] = [
    example!(account, NOWHERE, mail_head, |s| s.anyone(), MailHead),
    example!(account, NOWHERE, sign_head, |s| s.anyone(), SignHead),
    example!(
        account,
        NOWHERE,
        add_staff,
        |s| s.anyone(),
        AddStaff {
            // One team, two people.
            teams: vec![StaffTeam {
                organisation: "Demonstration Borough Council".to_owned(),
                kind: OrganisationKind::Council,
                name: "Parks".to_owned(),
                email: "parks@council.example".to_owned(),
            }],
            people: vec![StaffPerson {
                name: s.words("Robin"),
                email: email(&format!("{:?}@parks.example", s.who)),
                password: "a longer password".to_owned(),
                roles: vec![("Parks".to_owned(), Role::Officer)],
            }],
        }
    ),
    example!(
        account,
        NOWHERE,
        ask_reset,
        |s| s.anyone(),
        AskReset {
            email: "officer@council.example".to_owned(),
            key: s.key(),
        }
    ),
    example!(
        account,
        NOWHERE,
        change_password,
        |s| s.owner(),
        ChangePassword {
            present: password("officer@council.example").to_owned(),
            new: s.words("a longer password"),
            key: s.key(),
        }
    ),
    example!(
        account,
        NOWHERE,
        create_administrator,
        |s| s.anyone(),
        CreateAdministrator {
            // One address: one of the two makes them.
            name: s.words("Robin"),
            email: email("robin@canal.example"),
            organisation: "Canal Trust".to_owned(),
            kind: OrganisationKind::Voluntary,
            team: "Office".to_owned(),
            password: Some("a longer password".to_owned()),
        }
    ),
    example!(
        account,
        NOWHERE,
        disable,
        |s| s.administrator(),
        Disable { person: other(s) }
    ),
    example!(
        account,
        NOWHERE,
        enable,
        |s| s.administrator(),
        Enable {
            person: s.facts.disabled
        }
    ),
    example!(
        account,
        NOWHERE,
        give_role,
        |s| s.administrator(),
        GiveRole {
            person: s.facts.invited,
            team: s.facts.planning,
            role: Role::Moderator,
        }
    ),
    example!(
        account,
        NOWHERE,
        invite,
        |s| s.administrator(),
        Invite {
            name: "Noor Ali".to_owned(),
            email: email("noor@council.example"),
            team: s.facts.planning,
            role: Role::Analyst,
            key: s.key(),
        }
    ),
    example!(
        account,
        NOWHERE,
        invite_again,
        |s| s.administrator(),
        InviteAgain {
            person: s.facts.invited,
            key: s.key(),
        }
    ),
    example!(
        account,
        NOWHERE,
        send_letter_again,
        |s| s.administrator(),
        SendLetterAgain {
            letter: s.facts.ready.failed_letter,
        }
    ),
    example!(
        account,
        NOWHERE,
        set_password_by_link,
        |s| s.anyone(),
        SetPasswordByLink {
            token: s.facts.ready.reset_token.clone(),
            purpose: Purpose::Reset,
            password: "a password that is long".to_owned(),
        }
    ),
    // What it gives is a session, which its door keeps.
    Sample {
        only_answers: true,
        ..example!(
            account,
            NOWHERE,
            sign_in,
            |s| s.anyone(),
            SignIn {
                email: "officer@council.example".to_owned(),
                password: password("officer@council.example").to_owned(),
                known_browser: false,
            }
        )
    },
    example!(
        account,
        NOWHERE,
        take_role,
        |s| s.administrator(),
        TakeRole {
            person: other(s),
            team: s.facts.democratic,
            role: Role::Administrator,
        }
    ),
];
