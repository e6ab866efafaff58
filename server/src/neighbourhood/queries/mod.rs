//! Reads of concerns. Who raised one is read only for the page of its team.

mod area;
mod concern;
mod due;
mod queue;

pub use crate::neighbourhood::rows::concern::areas_with_concerns;
pub use area::{area_panel, areas_of, is_read, own_area};
pub use concern::{by_code, concern_for};
pub use due::concerns_due;
pub use queue::queue;
