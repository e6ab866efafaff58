//! Concerns about places: raised by residents, reviewed by neighbourhood teams, answered within
//! 72 hours (Neighbourhood Policing Guarantee, 2025). Never reports of crimes.

mod clock;
mod concern;
pub mod policy;
pub mod read;

pub use clock::{REPLY_HOURS, ReplyClock, reply_clock, reply_due};
pub use concern::{Category, ConcernRefused, NewConcern, Ownership, Status, check_concern};
