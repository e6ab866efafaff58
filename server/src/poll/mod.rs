//! Polls: set up by officers, voted in by residents, counted by anybody.
//!
//! Invariant: an elector's row and a ballot's row are joined by nothing. What a voter holds is a
//! code; the ballot keeps its hash, the elector only the day on which a paper was issued.

mod code;
pub mod commands;
pub mod http;
mod link;
pub mod queries;
pub mod rows;
pub mod signs;
