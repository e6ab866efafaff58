//! Use cases of organisations, teams and areas.

pub mod import_areas;
pub mod set_up;
pub mod teams;
