//! Pages about places, and the home page, which begins with one's own place.

mod area;
mod areas;
mod home;
mod map;
mod near;
mod teams;

pub use area::area;
pub use areas::areas;
pub use home::home;
pub use teams::{new_organisation, new_team, team, teams};
