//! Concerns about places: raised by residents, reviewed by neighbourhood teams, answered within
//! 72 hours (Neighbourhood Policing Guarantee, 2025). Never reports of crimes.

mod answer;
mod clock;
mod concern;
pub mod crime;
mod event;
pub mod policy;
pub mod read;
mod saying;

pub use answer::{Answer, AnswerRefused, MOST_REPLY, MOST_SENT_TO, NewAnswer, Route, check_answer};
pub use clock::{REPLY_HOURS, ReplyClock, reply_clock, reply_due};
pub use concern::{
    Category, ConcernRefused, MOST_CHARACTERS, NewConcern, Ownership, Status, check_concern,
};
pub use event::{Concern, Happened, changes};
pub use saying::{MOST_OF_A_SAYING, Saying, SayingRefused, check_saying};
