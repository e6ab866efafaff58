//! People and polls that tests make up.

use crate::account::{Actor, Member, Membership, OrganisationKind, Role};
use crate::digest::hash;
use crate::ids::{ConsultationId, OrganisationId, PersonId, PollId, PollOptionId, TeamId};
use crate::poll::{Electorate, Method, Poll, PollOption};

/// A member with these roles, each in the team of this number, of organisations of this kind.
pub fn member(kind: OrganisationKind, roles: &[(Role, i64)]) -> Member {
    Member {
        person: PersonId(1),
        name: "Lee".to_owned(),
        roles: roles
            .iter()
            .map(|(role, team)| Membership {
                team: TeamId(*team),
                organisation: OrganisationId(1),
                kind,
                role: *role,
            })
            .collect(),
    }
}

/// Somebody signed in with one role in a team of a council.
pub fn council(role: Role, team: i64) -> Actor {
    Actor::Member(member(OrganisationKind::Council, &[(role, team)]))
}

/// An open poll with these options, which cost nothing. Their ids are not their places.
pub fn poll(method: Method, options: &[&str]) -> Poll {
    let seed = "a seed".to_owned();
    Poll {
        id: PollId(1),
        consultation: ConsultationId(1),
        number: 1,
        question: "Which?".to_owned(),
        help: String::new(),
        method,
        electorate: Electorate::Open,
        binding: false,
        options: (1..)
            .zip(options)
            .map(|(position, name)| PollOption {
                id: PollOptionId(i64::from(position) * 10),
                position,
                name: (*name).to_owned(),
                description: String::new(),
                cost: None,
                area: None,
                picture: None,
            })
            .collect(),
        seed_hash: hash(&seed),
        seed,
    }
}
