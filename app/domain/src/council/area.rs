//! A ward or the borough by name, and the teams that look after it.

use crate::ids::{AreaId, TeamId};

/// A ward, or the borough, without its boundary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Which one.
    pub id: AreaId,
    /// Its code in addresses.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// An area with the neighbourhood teams that look after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaInCare {
    /// The area.
    pub area: Area,
    /// The teams, by rising id.
    pub teams: Vec<TeamId>,
}
