//! Islands of the dashboards.

mod live;

pub use live::Live;
