//! Responses: what was answered, by which rules it is taken, counted and shown.
//!
//! Deliberately not here: storage, signatures and randomness (the idempotency key is made by the
//! server). Invariant: what is counted and what is stored come from the same [`Submission`].

pub mod answer;
pub mod cell;
mod export;
pub mod grace;
pub mod model;
pub mod read;
pub mod tally;

pub use answer::{AnswerRefused, NotAnswered, check_answer, check_answers};
pub use export::ExportFormat;
pub use grace::GRACE_MINUTES;
pub use model::{Answer, Channel, Publication, Respondent, Submission};
