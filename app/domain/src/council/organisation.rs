//! Public bodies and their teams, as everything that asks about them sees them.

use crate::account::OrganisationKind;
use crate::ids::{OrganisationId, TeamId};

/// A council, a police force or a voluntary body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Identity.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
}

/// A team of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Identity.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The address that residents may write to.
    pub email: String,
    /// The organisation that it belongs to, for good.
    pub organisation: Organisation,
}

impl Team {
    /// Its name with its organisation's.
    pub fn full_name(&self) -> String {
        format!("{}, {}", self.name, self.organisation.name)
    }
}

/// All organisations together: what somebody joins who is added to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partnership;
