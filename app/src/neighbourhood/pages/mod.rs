//! Pages of concerns.

mod desk;
mod raise;
mod thread;

pub use desk::{answer_state, area_form, concern, queue};
pub use raise::{check, choose_area, first, form, may_be_a_crime, nobody_reads, receipt};
pub use thread::{area_page, area_panel, follow, thread};
