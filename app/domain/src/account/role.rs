//! Roles that staff hold, each within one team.
//!
//! Deliberately not here: what a role lets people do (`policy` of each slice).

use serde::{Deserialize, Serialize};

/// The kind of public body that a team belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// A local planning authority.
    Council,
    /// A police force with neighbourhood teams.
    Police,
    /// A voluntary, community or faith body.
    Voluntary,
}

/// What a member of staff may do for a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Drafts, watches, answers and decides.
    Officer,
    /// The second pair of eyes on publishing and deciding.
    Approver,
    /// Approves, holds or rejects what residents wrote.
    Moderator,
    /// Tabulates; sees no names.
    Analyst,
    /// Sees outcomes for a ward; no private data.
    Councillor,
    /// Reviews neighbourhood feedback for a police team.
    NeighbourhoodOfficer,
    /// Manages people, teams and areas; reads no responses.
    Administrator,
    /// Verifies the record and changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order of the permission matrix.
    pub const ALL: [Role; 8] = [
        Role::Officer,
        Role::Approver,
        Role::Moderator,
        Role::Analyst,
        Role::Councillor,
        Role::NeighbourhoodOfficer,
        Role::Administrator,
        Role::Auditor,
    ];

    /// The word stored for this role and used in forms.
    pub fn code(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::Approver => "approver",
            Role::Moderator => "moderator",
            Role::Analyst => "analyst",
            Role::Councillor => "councillor",
            Role::NeighbourhoodOfficer => "neighbourhood-officer",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
        }
    }

    /// The role of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

impl OrganisationKind {
    /// The word stored for this kind.
    pub fn code(self) -> &'static str {
        match self {
            OrganisationKind::Council => "council",
            OrganisationKind::Police => "police",
            OrganisationKind::Voluntary => "voluntary",
        }
    }

    /// The kind of a stored word, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Council, Self::Police, Self::Voluntary]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}
