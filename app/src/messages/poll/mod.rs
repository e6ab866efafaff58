//! Words of polls: for voters, for the desk, of the result.

pub mod desk;
pub mod result;
pub mod voter;
