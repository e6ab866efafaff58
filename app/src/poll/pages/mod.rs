//! The pages of polls.

mod ballot_paper;
mod desk;
mod desk_frame;
mod desk_options;
mod desk_register;
mod desk_sections;
mod letters;
mod result;
mod result_budget;
mod result_points;
mod result_ranked;

pub use ballot_paper::{ballot_paper, mark_field, paper_votes, refused as paper_refused};
pub use desk::{desk_polls, new_poll, poll as desk_poll, polls as desk_poll_list};
pub use desk::{publish as desk_publish, remove as desk_remove};
pub use desk_options::options as desk_options;
pub use desk_register::register as desk_register;
pub use desk_sections::section as desk_section;
pub use letters::letters;
pub use result::{result, sealed, turnout};
pub mod voter;
