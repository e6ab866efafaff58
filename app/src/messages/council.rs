//! Words about organisations and teams.

use domain::account::OrganisationKind;
use domain::council::TeamRefused;

use super::account::manage;

/// No organisation chosen.
pub const ORGANISATION_MISSING: &str = "Choose the organisation that the team belongs to";

/// What kind of body it is.
pub fn kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Council => "Council",
        OrganisationKind::Police => "Police",
        OrganisationKind::Voluntary => "Voluntary, community or faith body",
    }
}

/// Why it is not as it was wanted.
pub fn team(refused: TeamRefused) -> &'static str {
    match refused {
        TeamRefused::NameTaken => "There is already one with this name. Choose another name",
        TeamRefused::Manage(why) => manage(why),
    }
}
