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

/// A name as an address has it: lower-case letters and digits joined by dashes.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_an_address_has_letters_digits_and_single_dashes() {
        assert_eq!(slug(" Parks & Streets, 2026! "), "parks-streets-2026");
        assert_eq!(slug("---"), "");
    }
}
