//! What the pages about places show.

use super::{Area, Team};
use crate::account::OrganisationKind;
use crate::edit::Version;
use crate::ids::{AreaId, TeamId};

/// A ring of a boundary: longitude and latitude in degrees, WGS 84.
pub type Ring = Vec<(f64, f64)>;

/// An area in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaLine {
    /// Its code, such as E05015903.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many people live there; 0 where that is not known.
    pub residents: u64,
    /// Its boundary; every ring, outer ones and holes.
    pub rings: Vec<Ring>,
}

/// What came of looking up a postcode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LookUp {
    /// Nothing was asked.
    #[default]
    NotAsked,
    /// What was typed can't be a postcode.
    NotAPostcode(String),
    /// A postcode that is not in this borough.
    Elsewhere(String),
}

/// The page of all areas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreasView {
    /// By name.
    pub areas: Vec<AreaLine>,
    /// The look-up.
    pub look_up: LookUp,
}

/// A consultation as a page about a place shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearbyConsultation {
    /// Its address part.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// The team that holds it.
    pub team: String,
    /// Where it stands.
    pub stage: crate::consultation::Stage,
    /// The first moment at which responses are taken.
    pub opens: Option<jiff::Timestamp>,
    /// The first moment at which they are no longer taken.
    pub closes: Option<jiff::Timestamp>,
    /// When the decision was recorded.
    pub decided: Option<jiff::Timestamp>,
}

/// Census figures that belong together, such as age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What it is: "age".
    pub measure: String,
    /// Label and count, in the order of the source.
    pub counts: Vec<(String, u64)>,
}

/// The page of one area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaView {
    /// The area.
    pub area: AreaLine,
    /// All areas, for the map that shows where it is.
    pub all: Vec<AreaLine>,
    /// Public consultations that are about it, those open first.
    pub consultations: Vec<NearbyConsultation>,
    /// Its census profile.
    pub profiles: Vec<Profile>,
}

/// What changed because people spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The consultation's address part.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// When the decision was recorded.
    pub decided: Option<jiff::Timestamp>,
    /// What was done about each theme of which something was.
    pub done: Vec<String>,
    /// The decision in Markdown.
    pub decision: String,
}

/// What the home page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomeView {
    /// Open, closing soonest first.
    pub open: Vec<NearbyConsultation>,
    /// How many are open in all.
    pub open_total: u64,
    /// Opening soonest first.
    pub coming: Vec<NearbyConsultation>,
    /// Decided, latest first.
    pub decided: Vec<Changed>,
    /// The wards by name; none before any area has been brought in.
    pub wards: Vec<AreaLine>,
    /// The borough by name, or the council whose it is; empty before there is either.
    pub place: String,
}

/// How to reach a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its organisation.
    pub organisation: String,
    /// Its name.
    pub team: String,
    /// Its address.
    pub email: String,
}

/// A team in the list of administrators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamView {
    /// Identity.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// How many people hold a role in it.
    pub people: usize,
    /// How many areas it looks after.
    pub areas: usize,
}

/// An organisation with its teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationView {
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Whether the administrator who looks administers it.
    pub administered: bool,
    /// Its teams by name.
    pub teams: Vec<TeamView>,
}

/// What an administrator may change about a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamDetail {
    /// The team.
    pub team: Team,
    /// The areas it looks after.
    pub areas: Vec<AreaId>,
    /// The wards to choose from, by name; none where it can look after none.
    pub wards: Vec<Area>,
    /// The version that is shown.
    pub version: Version,
}

/// Every organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamsView {
    /// By name.
    pub organisations: Vec<OrganisationView>,
    /// Whether the administrator who looks may add a team somewhere.
    pub may_add_team: bool,
    /// Whether they may add an organisation.
    pub may_add_organisation: bool,
}
