//! Words of polls: for voters, and for the desk.

pub mod voter;
