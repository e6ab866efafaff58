//! Rows of this slice, and what they mean. Only this slice names its tables: organisation, team,
//! team_area, area, area_figure and postcode.

pub mod areas;
pub mod care;
pub mod locks;
pub mod owner;
pub mod places;
pub mod residents;
pub mod teams;
pub mod write;
